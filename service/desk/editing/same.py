"""When two values of a field are the same to a person, and a short mark of a value to see it by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from service.database.json_text import dump_json
from service.desk.editing.hours import write_hours
from service.desk.editing.hours_read import read_hours
from service.desk.editing.layout import HOURS, POINT
from service.errors import BadValue
from service.model.fields import fields
from service.model.values import Value

UNKNOWN = "-"
"""The mark of what is not known."""

_SIGNS = 10  # hexadecimal digits: two texts of one field are never mistaken for each other by chance
_UNORDERED = ("code", "need", "language", "zone")
_POINT_DIGITS = 5  # of a degree: a metre


def mark_of(key: str, value: Value | None, today: date) -> str:
    """The same for two values that say the same: however a week is written, lists are ordered, lines end."""
    if value is None or value in ("", []):
        return UNKNOWN
    plain = dump_json(_plain(key.partition("@")[0], value, today))
    return hashlib.sha256(plain.encode()).hexdigest()[:_SIGNS]


def marks(values: Mapping[str, Value], keys: tuple[str, ...], today: date) -> dict[str, str]:
    """The marks of what a form shows."""
    return {key: mark_of(key, values.get(key), today) for key in keys}


def write_marks(held: Mapping[str, str]) -> str:
    """As a hidden field of the form holds them."""
    return " ".join(f"{key}:{mark}" for key, mark in held.items())


def read_marks(text: str) -> dict[str, str]:
    """What `write_marks` wrote, as far as it can be read."""
    pairs = (each.rpartition(":") for each in text.split())
    return {key: mark for key, _colon, mark in pairs if key.partition("@")[0] in fields()}


def _plain(path: str, value: Value, today: date) -> Any:  # noqa: ANN401 (whatever JSON holds)
    if path == HOURS and isinstance(value, str):
        return _week(value, today)
    if path == POINT and isinstance(value, list):
        return [round(float(each), _POINT_DIGITS) for each in value]
    if isinstance(value, list):
        return sorted(map(str, value)) if fields()[path].type.partition(":")[0] in _UNORDERED else value
    if isinstance(value, str):
        lines = value.replace("\r\n", "\n").strip().split("\n")
        return "\n".join(" ".join(line.split()) for line in lines)
    return value


def _week(osm: str, today: date) -> str:
    try:
        hours = read_hours(osm, today)
    except BadValue:
        return osm
    return write_hours(hours) if hours else osm
