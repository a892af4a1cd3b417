"""One value of a listing as a cell of a spreadsheet, and the cell back to the value, strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from service.desk.bulk.columns import choices_of
from service.i18n.hours_in_words import hours_in_words
from service.i18n.messages import N_, translator
from service.model.fields import Field, fields
from service.model.phone import format_phone
from service.model.values import WHOLE, Value, parse_value
from service.written.hours.read import read_hours

Cell = str | int | float | date
"""What a cell of a workbook holds; CSV has its text."""

UNKNOWN = frozenset({
    "?", "unknown", "onbekend", "inconnu", "unbekannt", "desconocido", "necunoscut", "nieznane", "bilinmiyor",
    "невідомо", "غير معروف", "weten we niet", "on ne sait pas", "not known",
})  # fmt: skip
"""A cell with one of these words says that the field is not known; an empty one says nothing."""

YES, NO = N_("Yes"), N_("No")
_SIGNS = r"=+\-@\t\r"
_RISKY = re.compile(rf"'*[{_SIGNS}]")
_MARKED = re.compile(rf"'+[{_SIGNS}]")
_BREAKS = re.compile(r"\r\n?|_x000D_\n?")
_APART = re.compile(r"\s*[|;,\n]\s*")
_YES = frozenset({"yes", "ja", "oui", "sí", "si", "da", "tak", "evet", "так", "نعم", "true", "1", "x"})
_NO = frozenset({"no", "nee", "non", "nein", "nu", "nie", "hayır", "ні", "لا", "false", "0"})


def cell_of(path: str, value: Value, language: str) -> Cell:
    """A value as it stands in a typed cell, its codes in the words of a language."""
    field = fields()[path]
    if isinstance(value, list):
        return _listed(field, value, language)
    if isinstance(value, bool):
        return translator(language).gettext(YES if value else NO)
    if field.type in WHOLE and isinstance(value, int):
        return value
    text = str(value)
    if field.type == "date":
        return date.fromisoformat(text)
    if field.type == "amount":
        return float(text) if "." in text else int(text)
    return _written(field, text, language)


def _written(field: Field, text: str, language: str) -> str:
    """A text the way that people write it, where it is read back as it was."""
    if field.type == "phone":
        return format_phone(text)
    if field.type == "opening_hours":
        words = hours_in_words(text, language)
        return words if _hours(words, language) == text else text
    choices = choices_of(field)
    return choices[text].label(language) if text in choices else text


def _hours(said: str, language: str | None) -> str | None:
    """What hours in words say, where they say nothing else and leave nothing open.

    The language of who writes decides words that are days in two (*di*, *ma*); where the words by themselves
    say something else than in that language, nobody can be sure.
    """
    own, alone = read_hours(said, language), read_hours(said)
    if own.flags or own.appointment or (alone.osm is not None and alone.osm != own.osm):
        return None
    return own.osm


def text_of(cell: Cell) -> str:
    """What a typed cell says as text, the way that a reader of spreadsheets gives it back."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def value_of(path: str, text: str, language: str | None = None) -> Value | None:
    """What a cell that is not empty says of a field: None for a word for not knowing.

    ``language`` is that of who wrote it, where it is known. Codes may be written as they are or as their
    label in any language. Raises BadValue.
    """
    field, said = fields()[path], tidy(text)
    if said.casefold() in UNKNOWN:
        return None
    if field.type == "point":
        return parse_value(path, [part for part in re.split(r"\s*[;,|]\s*|\s+", said) if part])
    if field.many:
        return parse_value(path, [_one(field, part, language) for part in _parts(field, said) if part])
    return parse_value(path, _one(field, said, language))


def tidy(text: str) -> str:
    """A cell without what programs of spreadsheets change on their way: ends of lines, blanks around."""
    return _BREAKS.sub("\n", text).strip()


def armed(text: str) -> str:
    """A text of CSV that no spreadsheet runs: an apostrophe before what would begin a formula (OWASP)."""
    return f"'{text}" if _RISKY.match(text) else text


def marked(text: str) -> str:
    """A text of a workbook, which runs nothing that it says is text, so that `disarmed` gives it back."""
    return f"'{text}" if _MARKED.match(text) else text


def disarmed(text: str) -> str:
    """The text that `armed` or `marked` was given."""
    return text[1:] if _MARKED.match(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run it where it stands so."""
    return text.startswith("=")


def _listed(field: Field, value: list[str] | list[float], language: str) -> str:
    if field.type == "point":
        return ", ".join(str(number) for number in value)
    words = [_written(field, str(each), language) for each in value]
    return "\n".join(words) if any("|" in word for word in words) else " | ".join(words)


def _parts(field: Field, said: str) -> list[str]:
    if field.type == "text":
        return [part.strip() for part in said.split("\n" if "\n" in said else "|")]
    if choices_of(field):  # labels may hold a comma
        return [part.strip() for part in re.split(r"[|;\n]", said)]
    return _APART.split(said)


def _one(field: Field, said: str, language: str | None) -> object:
    if field.type == "yes_no":
        word = said.casefold()
        return True if word in _YES else False if word in _NO else said
    if field.type in WHOLE:
        return int(said) if re.fullmatch(r"[0-9]{1,7}", said) else said
    choices = choices_of(field)
    if choices:
        return said if said in choices else _codes(field.type).get(said.casefold(), said)
    if field.type == "amount":
        return said.replace("€", "").strip()
    if field.type == "opening_hours":
        return _hours(said, language) or said
    if field.type == "language":
        return said.casefold()
    return said


@cache
def _codes(kind: str) -> Mapping[str, str]:
    """The codes of a closed list by their labels in every language; a label of two codes is none's."""
    choices = choices_of(next(each for each in fields().values() if each.type == kind))
    found: dict[str, str] = {}
    torn: set[str] = set()
    for code, term in choices.items():
        for label in term.labels.values():
            word = label.casefold()
            if found.setdefault(word, code) != code:
                torn.add(word)
    return {word: code for word, code in found.items() if word not in torn}


def right_for(path: str) -> str:
    """What would be right in a cell of a field, as a message to be translated."""
    return _RIGHT.get(fields()[path].type.partition(":")[0], N_("plain text"))


_RIGHT = {
    "code": N_("one of the words in the list of this column"),
    "need": N_("one of the words in the list of this column"),
    "yes_no": N_("yes or no"),
    "age": N_("a whole number"),
    "days": N_("a whole number"),
    "count": N_("a whole number"),
    "amount": N_("an amount, as in 12.50"),
    "date": N_("a day, as in 2026-11-22"),
    "phone": N_("a phone number, as in 02 512 34 56"),
    "email": N_("an e-mail address"),
    "url": N_("a web address, as in https://example.be"),
    "language": N_("codes of languages, as in nl | fr | ar"),
    "opening_hours": N_("hours, as in Mon-Fri 09:00-12:00"),
    "postal_code": N_("a postal code, as in 1080"),
    "nis": N_("the number of a municipality, as in 21012"),
    "point": N_("two numbers, as in 50.8466, 4.3528"),
    "enterprise_number": N_("an enterprise number, as in 0403.170.701"),
}
