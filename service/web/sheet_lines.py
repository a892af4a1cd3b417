"""What a sheet says of a listing, line by line, in one language: the same for the page and for the PDF."""

from __future__ import annotations

from dataclasses import dataclass

from service.i18n.labels import term_label
from service.i18n.locales import LOCALES
from service.i18n.messages import translator
from service.model.phone import format_phone
from service.web.outline import Outline


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: its label, its text, and whether the text is a number or an address of mail or web."""

    label: str
    text: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A listing in one language."""

    language: str
    direction: str
    name: str
    organization: str
    needs: str
    lines: tuple[Line, ...]
    trust: str


def column(each: Outline, lang: str) -> Column:
    """The listing as somebody reads it who goes there: what is not known has no line, but the hours have."""
    t = translator(lang)
    hours = "\n".join(f"{day}: {text}" for day, text in each.hours) or each.hours_text
    lines = (
        Line(t.gettext("Where"), each.where),
        Line(
            t.gettext("When"),
            "\n".join(filter(None, (hours or t.gettext("Opening hours not known"), each.appointment))),
        ),
        Line(t.gettext("To bring along"), each.documents),
        Line(t.gettext("Price"), each.price),
        Line(t.gettext("They speak"), each.languages),
        *(Line(t.gettext("Call"), format_phone(number), is_number=True) for number in each.phones[:2]),
        Line(t.gettext("E-mail"), each.email or "", is_number=True),
    )
    return Column(
        lang,
        LOCALES[lang].direction,
        each.name.text,
        each.organization,
        " · ".join(term_label("need", code, lang) for code in each.needs[:3]),
        tuple(line for line in lines if line.text),
        each.trust.title,
    )
