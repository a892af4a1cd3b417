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
from service.model.fields import LANGUAGES, fields

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
    " vgt sfb"
)
LANGUAGE_CODES = tuple(_CODES.split(" "))
"""Languages that a filter can ask for; a further one goes to the end, since positions are stored."""

STATED = (
    "price_note", "recognised", "complaint_route", "handover_with", "entrance_photo", "other_names",
    "several_sources",
)  # fmt: skip
"""Texts that are there or not; what they say, nobody but a reader can judge."""


_SEVERAL = ("text", "url", "point")  # two texts may say the same in other words


@cache
def features() -> tuple[str, ...]:
    """The facts that are a yes or a no, in the order of fields.csv."""
    return tuple(field.index for field in fields().values() if field.type == "yes_no" and field.index)


@cache
def _topics() -> tuple[str, ...]:
    """What two sources can disagree about: the columns and facts of fields that have one answer."""
    one = (field.index for field in fields().values() if not field.many and field.type not in _SEVERAL)
    return tuple(dict.fromkeys(index for index in one if index not in ("", "text")))


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
        Column("wheelchair", "code", _list("wheelchair")),
        Column("readiness", "code", _list("readiness")),
        Column("provision", "code", _list("provision")),
        Column("contact", "set", lambda: ("phone", "email", "website", "address")),
        Column("times", "set", lambda: ("day", "evening", "weekend", "school_hours")),
        Column("described", "set", lambda: LANGUAGES),
        Column("yes", "set", features),
        Column("no", "set", features),
        Column("stated", "set", lambda: STATED),
        Column("disputed", "set", lambda: tuple(_topics())),
        Column("intake", "code", _list("intake")),
        Column("intake_until", "number"),
        Column("wait_first", "number"),
        Column("wait_first_until", "number"),
        Column("wait_start", "number"),
        Column("wait_start_until", "number"),
        Column("places", "number"),
        Column("places_until", "number"),
        Column("referral_by", "code", _list("referral_by")),
        Column("documents", "set", lambda: (*terms.values("document"), "asked")),
        Column("residence", "set", _list("residence")),
        Column("frequency", "code", _list("frequency")),
        Column("valid_from", "number"),
        Column("valid_to", "number"),
        Column("amount", "number"),
        Column("reduced", "set", _list("reduced_tariff")),
        Column("reduced_amount", "number"),
        Column("extra_costs", "set", _list("extra_cost")),
        Column("exclusions", "set", _list("exclusion")),
        Column("household", "set", _list("household")),
        Column("diet", "set", _list("diet")),
        Column("interpreter", "set", _list("interpreter")),
        Column("leaflets", "set", _languages),
        Column("plain", "set", lambda: LANGUAGES),
        Column("digital", "set", _list("digital_need")),
        Column("training", "set", _list("training")),
        Column("door", "number"),
        Column("recognised_until", "number"),
        Column("said_on", "number"),
        Column("checked_on", "number"),
        Column("stale_on", "number"),
        Column("minimum_age", "number"),
        Column("maximum_age", "number"),
        Column("point", "point"),
    )
}
"""Dates are days since 1 January 1970, ages years, waits days, amounts euros. A column ``…_until`` has the
minute (`service.model.moments`) from which the fact beside it is not known any more; where it is not known,
neither is the fact: its age is unknown. ``yes`` and ``no`` hold the facts that are one or the other,
``stated`` the texts that are written down, ``disputed`` the columns and facts of which two sources say
different things.
"""

TEXT_COLUMNS: Mapping[str, float] = {"name": 4.0, "labels": 3.0, "place": 1.5, "body": 1.0}
"""Text columns with their weight: a word in a name says more than one in a description."""


@cache
def places(column: str) -> Mapping[str, int]:
    """The place of each code in a column's vocabulary."""
    return {code: place for place, code in enumerate(COLUMNS[column].vocabulary())}


def fingerprint() -> str:
    """Changes whenever an index built before can no longer be read with this table."""
    table = [(c.name, c.kind, c.vocabulary()) for c in COLUMNS.values()]
    known = json.dumps([table, sorted(TEXT_COLUMNS), sorted(fields())], sort_keys=True)
    return hashlib.sha256(known.encode()).hexdigest()[:16]
