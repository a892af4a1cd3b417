"""What came in with the form of a listing, read strictly field by field; nothing empty becomes a fact."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from service.desk.editing.hours_sent import Sent, hours_sent
from service.desk.editing.layout import HOURS
from service.errors import BadValue
from service.geo.names import fold
from service.geo.places import gazetteer
from service.model.fields import Field, fields
from service.model.values import WHOLE, Value, parse_value

NAME = "f."
"""Begins the name of every field of the form; what follows is its key."""
NOT_KNOWN = "u."
"""Begins the name of the tick that says of a list that it is not known."""
_LISTED = ("code", "need", "language", "zone")


@dataclass(frozen=True, slots=True)
class Given:
    """Values by field key (None: said to be not known), and the keys of which the text cannot be."""

    values: Mapping[str, Value | None] = field(default_factory=dict)
    faults: frozenset[str] = field(default_factory=frozenset)
    wrong_rows: frozenset[str] = field(default_factory=frozenset)


def read_sent(sent: Sent, keys: Sequence[str], known: Collection[str], kept: str | None) -> Given:
    """Read the fields ``keys``; in ``known`` ones something stood, ``kept`` are hours that no row shows."""
    values: dict[str, Value | None] = {}
    faults: set[str] = set()
    wrong: frozenset[str] = frozenset()
    for key in keys:
        path = key.partition("@")[0]
        if path == HOURS:
            values[key], wrong = hours_sent(sent, kept)
            faults |= {key} if wrong else set()
            continue
        try:
            raw = _raw(fields()[path], key, sent, key in known)
            values[key] = None if raw is None else parse_value(path, raw)
        except BadValue:
            faults.add(key)
    return Given(values, frozenset(faults), wrong)


def is_list_of_ticks(each: Field) -> bool:
    """Whether the form shows it as boxes to tick."""
    return each.many and each.type.partition(":")[0] in _LISTED


def is_lines(each: Field) -> bool:
    """Whether the form shows it as lines of text, one value a line."""
    return each.many and not is_list_of_ticks(each)


def nis_of(text: str) -> str:
    """The code of a municipality by its name in Dutch or French, or by itself. Raises BadValue."""
    wanted = text.strip()
    found = wanted if gazetteer().municipality(wanted) else _municipalities().get(fold(wanted))
    if found is None:
        raise BadValue("address.municipality", text, "is no municipality of Belgium", "Gent, Molenbeek")
    return found


def _raw(each: Field, key: str, sent: Sent, was_known: bool) -> object:
    """The value as `parse_value` takes it; None for what is said to be not known."""
    held = [text.strip() for text in sent.get(NAME + key, ()) if text.strip()]
    if is_list_of_ticks(each):
        # a box that was ticked before anybody looked says nothing; ticked by somebody it does
        return None if not held or (was_known and NOT_KNOWN + key in sent) else held
    if is_lines(each):
        return [line.strip() for text in held for line in text.splitlines() if line.strip()] or None
    if not held:
        return None
    return _single(each, held[0].replace("\r\n", "\n"))


def _single(each: Field, text: str) -> object:
    kind = each.type.partition(":")[0]
    if kind == "yes_no":
        return {"yes": True, "no": False}.get(text, text)
    if kind in WHOLE:
        return int(text) if text.isdigit() else text
    if kind == "point":
        return text.replace(";", ",").split(",")
    if kind == "nis":
        return nis_of(text)
    return text


@cache
def _municipalities() -> dict[str, str]:
    towns = (place for place in gazetteer().places.values() if place.kind == "municipality" and place.nis)
    return {fold(name): str(town.nis) for town in towns for name in (town.name_nl, town.name_fr) if name}
