"""What a letter says, once, and from that its plain text and its HTML, which so say the same."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from service.i18n.locales import LOCALES
from service.i18n.spaces import keep_together

WIDTH = 72
"""Signs in a line of plain text; an address of a page is never broken."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line breaks in it stay."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Things with their name; a value may have several lines."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Buttons:
    """Each the words on it and the address that it opens, the main one first."""

    links: Sequence[tuple[str, str]]


Part = Text | Heading | Facts | Buttons


@dataclass(frozen=True, slots=True)
class Section:
    """What is said in one language."""

    language: str
    parts: Sequence[Part]


def plain_of(sections: Sequence[Section]) -> str:
    """The plain text; a line of strokes between two languages."""
    told = ["\n\n".join(_plain(part, each.language) for part in each.parts) for each in sections]
    return f"\n\n{'-' * WIDTH}\n\n".join(told) + "\n"


def html_of(title: str, sections: Sequence[Section]) -> str:
    """The HTML; everything that is filled in is escaped, and nothing is fetched from elsewhere."""
    body = Markup('<hr style="{}">').format(_RULE).join(_section(each) for each in sections)
    first = sections[0].language
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}" dir="{}"><head><meta charset="utf-8"><title>{}</title></head>\n'
            '<body style="{}">\n{}</body></html>\n'
        ).format(first, LOCALES[first].direction, title, _BODY, body)
    )


_BODY = "margin:0 auto;max-width:36em;font:16px/1.5 system-ui,sans-serif;color:#1d1d1b;background:#fff"
_RULE = "border:0;border-top:1px solid #767676;margin:2em 0"
_BUTTON = (
    "display:inline-block;margin:0 .5em .5em 0;padding:.6em 1em;border:2px solid #0b5351;border-radius:.4em;"
)
_MAIN = _BUTTON + "background:#0b5351;color:#fff;font-weight:bold;text-decoration:none"
_OTHER = _BUTTON + "background:#fff;color:#0b5351;font-weight:bold;text-decoration:none"


def _plain(part: Part, language: str) -> str:
    match part:
        case Text(text):
            return "\n".join(_wrapped(line) for line in text.split("\n"))
        case Heading(text):
            return f"{_wrapped(text)}\n{'=' * min(len(text), WIDTH)}"
        case Facts(rows):
            return "\n".join(f"{_led(name, language)} {_under(value)}" for name, value in rows)
        case Buttons(links):
            return "\n\n".join(f"{_led(words, language)}\n{address}" for words, address in links)


def _led(words: str, language: str) -> str:
    """Words with the colon that leads to what follows, as the language sets it."""
    return keep_together(f"{words}:", language)


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)


def _under(value: str) -> str:
    lines = value.split("\n")
    return value if len(lines) == 1 else "".join(f"\n    {line}" for line in lines)


def _section(section: Section) -> Markup:
    inside = Markup("").join(_html(part) for part in section.parts)
    direction = LOCALES[section.language].direction
    return Markup('<div lang="{}" dir="{}">\n{}</div>\n').format(section.language, direction, inside)


def _html(part: Part) -> Markup:
    match part:
        case Text(text):
            return Markup("<p>{}</p>\n").format(_lines(text))
        case Heading(text):
            return Markup('<h2 style="font-size:1.2em;margin:1.5em 0 .5em">{}</h2>\n').format(text)
        case Facts(rows):
            inside = Markup("").join(_row(name, value) for name, value in rows)
            return Markup('<table style="border-collapse:collapse">{}</table>\n').format(inside)
        case Buttons(links):
            made = [
                Markup('<a href="{}" style="{}">{}</a> ').format(address, _OTHER if number else _MAIN, words)
                for number, (words, address) in enumerate(links)
            ]
            return Markup("<p>{}</p>\n").format(Markup("").join(made))


def _row(name: str, value: str) -> Markup:
    cell = "padding:.2em .8em .2em 0;vertical-align:top;text-align:start"
    return Markup('<tr><th style="{}">{}</th><td style="{}" dir="auto">{}</td></tr>').format(
        cell, name, cell, _lines(value)
    )


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
