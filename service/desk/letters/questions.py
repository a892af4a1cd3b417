"""The form in which a provider says what changed: which fields it asks, in which order, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from service.catalogue.listings import Found
from service.desk.editing.hours import DAYS, Hours
from service.desk.letters.week_form import held_week, lines_of_week
from service.geo.places import gazetteer
from service.i18n.labels import field_label, language_name, term_label
from service.i18n.locales import LOCALES
from service.i18n.messages import translator
from service.model import terms
from service.model.fields import fields
from service.model.listing import Texts
from service.model.phone import format_phone

HOURS = "schedule.opening_hours"
Shape = Literal["line", "lines", "text", "one_of", "some_of", "number", "week"]

ASKED = (
    HOURS, "schedule.description", "phone.numbers", "contact.email", "contact.website", "cost_option.kind",
    "cost_option.note", "service.appointment", "service.languages", "service.description",
)  # fmt: skip
"""What a visitor needs first; what nobody knows and people ask about comes after it."""

WAITING = (
    "organization.name", "service.name", "address.street", "address.house_number", "address.box",
    "address.postal_code", "address.city",
)  # fmt: skip
"""Whom and where it is: a coordinator looks at these before they change."""

MOST_QUESTIONS = 6
_SPOKEN = (
    "nl", "fr", "de", "en", "ar", "tr", "uk", "es", "pl", "ro", "it", "pt", "ru", "fa", "ps", "so", "ti",
    "bg", "sq", "ber", "ln", "sw", "vgt", "sfb",
)  # fmt: skip
_LONG = ("service.description", "schedule.description", "service.exclusion_note")
_NOT_ASKED = ("service.needs", "service.readiness", "service.remark", "service.state", "location.point")


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the form with what the listing says now.

    ``name`` is that of the field in the form: its key. ``text`` is the value as somebody would write it;
    ``choices`` are codes with their words, ``chosen`` those that hold; ``days`` are the lines of a week by
    day. ``waits``: a coordinator looks at it first.
    """

    name: str
    path: str
    label: str
    shape: Shape
    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()
    days: tuple[tuple[str, str, str], ...] = ()
    waits: bool = False


def lines_of(found: Found, today: date, language: str, questions: Iterable[str]) -> list[Line]:
    """The form for a listing; ``questions`` are the paths that nobody knows and people ask about."""
    asked = [path for path in questions if path not in (*ASKED, *WAITING, *_NOT_ASKED) and _shape(path)]
    is_hidden = bool(found.listing.location and found.listing.location.hidden)
    waiting = [path for path in WAITING if not (is_hidden and path.startswith("address."))]
    osm = found.values.get(HOURS)
    in_a_week = held_week(str(osm) if osm else None, today) is not None
    paths = [path for path in ASKED if path not in (HOURS, "schedule.description")]
    first = [HOURS if in_a_week else "schedule.description"]
    return [
        _line(found, path, today, language) for path in (*first, *paths, *asked[:MOST_QUESTIONS], *waiting)
    ]


def _line(found: Found, path: str, today: date, language: str) -> Line:
    key = _key(found, path, language)
    value: Any = found.values.get(key)
    shape = "week" if path == HOURS else _shape(path) or "line"
    label = field_label(path, language)
    waits = path in WAITING
    if path == "address.city":
        label, value = translator(language).gettext("Town"), _town(found, language)
    if shape == "week":
        return Line(key, path, label, shape, days=_days(value, today, language))
    if shape in ("one_of", "some_of"):
        return Line(key, path, label, shape, "", *_choices(path, value, language), waits=waits)
    return Line(key, path, label, shape, _written(path, value), waits=waits)


def _key(found: Found, path: str, language: str) -> str:
    """Of a text the key in the reader's language where it is said in that one, else in the one it is in."""
    if not fields()[path].per_language:
        return path
    texts: Texts = {
        key.partition("@")[2] or "und": "" for key in found.values if key.partition("@")[0] == path
    }
    said = next((code for code in (language, "und", "nl", "fr", *texts) if code in texts), language)
    return path if said == "und" else f"{path}@{said}"


def _shape(path: str) -> Shape | None:
    field = fields()[path]
    kind = field.type.partition(":")[0]
    if path in _LONG:
        return "text"
    if kind in ("code", "language"):
        return "some_of" if field.many else "one_of"
    if kind == "yes_no":
        return "one_of"
    if kind in ("days", "count", "age"):
        return "number"
    if kind in ("text", "phone", "email", "url", "postal_code", "amount"):
        return "lines" if field.many else "line"
    return None


def _choices(path: str, value: Any, language: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:  # noqa: ANN401
    kind, _, list_name = fields()[path].type.partition(":")
    t = translator(language)
    if kind == "yes_no":
        choices: Sequence[tuple[str, str]] = [("yes", t.gettext("yes")), ("no", t.gettext("no"))]
        return tuple(choices), () if value is None else ("yes" if value else "no",)
    chosen = tuple(value if isinstance(value, list) else [value] if value else [])
    if kind == "language":
        codes = [*_SPOKEN, *(code for code in chosen if code not in _SPOKEN)]
        return tuple((code, language_name(code, language)) for code in codes), chosen
    return tuple((code, term_label(list_name, code, language)) for code in terms.values(list_name)), chosen


def _days(value: Any, today: date, language: str) -> tuple[tuple[str, str, str], ...]:  # noqa: ANN401
    names = LOCALES[language].cldr.days["stand-alone"]["wide"]
    lines = lines_of_week(held_week(value, today) or Hours())
    return tuple((day, names[n], line) for n, (day, line) in enumerate(zip(DAYS, lines, strict=True)))


def _written(path: str, value: Any) -> str:  # noqa: ANN401
    if value in (None, "", []):
        return ""
    if path == "phone.numbers":
        return "\n".join(format_phone(each) for each in value)
    return "\n".join(value) if isinstance(value, list) else str(value)


def _town(found: Found, language: str) -> str:
    place = found.listing.location
    known = gazetteer().municipality(place.municipality) if place and place.municipality else None
    return known.name(language) if known else (place.city or "" if place else "")
