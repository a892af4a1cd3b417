"""The one table of what the index knows of a listing: its fact columns and its text columns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from service.geo.zones import ZoneBook
from service.model import terms
from service.model.fields import fields

ColumnKind = Literal["set", "code", "number", "point", "open_code"]


@dataclass(frozen=True, slots=True)
class Column:
    """A fact column.

    ``set`` holds several codes of a closed list, ``code`` at most one, ``number`` a float (NaN: unknown),
    ``point`` a latitude and longitude (NaN: none), ``open_code`` a text that is interned (a municipality's
    NIS code, opening hours). ``vocabulary`` gives the codes of a closed list, in a stable order.
    Unknown is the empty set, no code, NaN: never a value.
    """

    name: str
    kind: ColumnKind
    vocabulary: Callable[[], tuple[str, ...]] = tuple


def _list(name: str) -> Callable[[], tuple[str, ...]]:
    return lambda: tuple(terms.values(name))


@cache
def _zones() -> tuple[str, ...]:
    return tuple(zone.id for zone in ZoneBook().zones)


def _languages() -> tuple[str, ...]:
    return LANGUAGE_CODES


_CODES = (
    "nl fr en de ar tr uk es pl ro ru it pt fa ps ku so ti am sq bg sr hr bs mk el hu cs sk hi ur bn ne pa ta"
    " zh ja ko vi th tl sw ln rw rn ff wo bm ha yo ig he hy ka az uz kk mn id lt lv et fi sv da no is ga mt"
)
LANGUAGE_CODES = tuple(_CODES.split(" "))
"""Languages that a filter can ask for; a further one goes to the end, since positions are stored."""

COLUMNS: Mapping[str, Column] = {
    column.name: column
    for column in (
        Column("needs", "set", lambda: tuple(terms.needs())),
        Column("theme", "set", lambda: tuple(terms.themes())),
        Column("audience", "set", _list("audience")),
        Column("languages", "set", _languages),
        Column("channels", "set", _list("channel")),
        Column("zone", "set", _zones),
        Column("serves", "set", _zones),
        Column("municipality", "open_code"),
        Column("hours", "open_code"),
        Column("coverage", "code", _list("coverage")),
        Column("cost", "code", _list("cost")),
        Column("appointment", "code", _list("appointment")),
        Column("referral", "code", lambda: ("yes", "no")),
        Column("wheelchair", "code", _list("wheelchair")),
        Column("readiness", "code", _list("readiness")),
        Column("provision", "code", _list("provision")),
        Column("contact", "set", lambda: ("phone", "email", "website", "address")),
        Column("times", "set", lambda: ("day", "evening", "weekend")),
        Column("documents", "code", lambda: ("asked", "none")),
        Column("price_note", "code", lambda: ("yes",)),
        Column("anonymous", "code", lambda: ("yes", "no")),
        Column("described", "set", lambda: ("nl", "fr", "en", "de")),
        Column("said_on", "number"),
        Column("checked_on", "number"),
        Column("minimum_age", "number"),
        Column("maximum_age", "number"),
        Column("point", "point"),
    )
}
"""Dates are days since 1 January 1970; ages are years."""

TEXT_COLUMNS: Mapping[str, float] = {"name": 4.0, "labels": 3.0, "place": 1.5, "body": 1.0}
"""Text columns with their weight: a word in a name says more than one in a description."""


def fingerprint() -> str:
    """Changes whenever an index built before can no longer be read with this table."""
    table = [(c.name, c.kind, c.vocabulary()) for c in COLUMNS.values()]
    known = json.dumps([table, sorted(TEXT_COLUMNS), sorted(fields())], sort_keys=True)
    return hashlib.sha256(known.encode()).hexdigest()[:16]
