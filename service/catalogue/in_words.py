"""The value of a field in words, for a reader of a language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from service.geo.places import gazetteer
from service.i18n import formats
from service.i18n.hours_in_words import hours_in_words
from service.i18n.labels import language_name, term_label
from service.i18n.messages import translator
from service.model.fields import fields
from service.model.phone import format_phone

_MOST = 12  # of a list of zones; an area served may hold sixty


def in_words(path: str, value: Any, language: str) -> str:  # noqa: ANN401 (a value of any field)
    """The value of a field as a reader of the language understands it."""
    t = translator(language)
    kind, _, list_name = fields()[path].type.partition(":")
    if value in (None, "", (), []):
        return t.gettext("said to be not known")
    if kind == "point":
        return f"{value[0]:.5f}, {value[1]:.5f}"
    if kind == "zone" and len(value) > _MOST:
        return t.ngettext("%(num)s care zone", "%(num)s care zones", len(value))
    if isinstance(value, list | tuple):
        return formats.listed((_one(kind, list_name, each, language) for each in value), language)
    return _one(kind, list_name, value, language)


def _one(kind: str, list_name: str, value: Any, language: str) -> str:  # noqa: ANN401
    t = translator(language)
    words: Mapping[str, Callable[[Any], str]] = {
        "code": lambda code: term_label(list_name, code, language),
        "need": lambda code: term_label("need", code, language),
        "yes_no": lambda yes: t.gettext("yes") if yes else t.gettext("no"),
        "language": lambda code: language_name(code, language),
        "phone": format_phone,
        "opening_hours": lambda osm: hours_in_words(osm, language),
        "days": lambda days: t.ngettext("%(num)s day", "%(num)s days", int(days)),
        "amount": lambda amount: formats.euro(float(amount), language),
        "date": lambda day: _day(day, language),
        "nis": lambda nis: _municipality(nis, language),
        "zone": lambda zone: str(gazetteer().zones.zone(zone).name(language)),
    }
    return words[kind](value) if kind in words else str(value)


def _day(value: date | str, language: str) -> str:
    return formats.day(value if isinstance(value, date) else date.fromisoformat(value), language)


def _municipality(nis: str, language: str) -> str:
    place = gazetteer().municipality(nis)
    return place.name(language) if place else nis
