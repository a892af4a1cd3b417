"""Reading the state of a zone as it was counted last, and over time: from the snapshots alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import quantiles
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.state import (
    ALL,
    MUNICIPALITY,
    NEED,
    SEARCHES,
    THEME,
    state_count,
    state_figures,
    state_reach,
)
from service.desk.state.cell import Figures
from service.desk.state.points import PointsOf
from service.desk.state.reach import Reach
from service.desk.state.store import last_day

FEWEST_ZONES = 5
"""Of fewer zones the lowest and the highest would be somebody's name."""

FEWEST_LISTINGS = 5
"""A zone with fewer says nothing about a share."""

Spot = tuple[float, float, float, str]
"""Latitude, longitude, people and place of a point where people live."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How one figure lies over all zones, none of them named: the lowest, the middle half, the highest."""

    low: float
    quarter: float
    middle: float
    three_quarters: float
    high: float
    zones: int


@dataclass(frozen=True, slots=True)
class State:
    """One zone as it was counted on a day.

    ``groups`` are figures by scope and code, ``history`` those of the whole zone by day, the oldest first;
    ``spreads`` are by the name of a figure, as `value_of` reads it.
    """

    zone: str
    day: date
    counted_at: datetime
    whole: Figures
    groups: Mapping[str, Mapping[str, Figures]]
    history: tuple[tuple[date, Figures], ...]
    spreads: Mapping[str, Spread]
    reach: tuple[Reach, ...]
    points_of: PointsOf
    points: tuple[Spot, ...]


def read_state(connection: Connection, zone: str) -> State | None:
    """The newest count of a zone with all that came before; None when nothing was counted yet."""
    day = last_day(connection)
    if day is None:
        return None
    own = state_count.c
    counted = connection.execute(sa.select(state_count).where(own.day == day, own.zone == zone)).first()
    if counted is None:
        return None
    groups = _groups(connection, zone, day)
    return State(
        zone,
        day,
        counted.counted_at,
        groups[ALL][""],
        groups,
        _history(connection, zone),
        spreads(_wholes(connection, day)),
        _reach(connection, zone, day),
        counted.points_of,
        tuple((lat, lon, people, place) for lat, lon, people, place in counted.points),
    )


def value_of(figures: Figures, name: str) -> float | None:
    """One figure as a number that can be laid beside others: a share from 0 to 1, or what it is; None where
    there is nothing to tell. ``unknown.betaalbaar`` is that of one B, ``questions.price`` of one question."""
    part, _, code = name.partition(".")
    held: Any = figures.get(part)
    if code:
        held = (held or {}).get(code)
    if isinstance(held, list):
        return held[0] / held[1] if held[1] else None
    return None if held is None else float(held)


def spreads(wholes: Collection[Figures]) -> dict[str, Spread]:
    """How each figure of zones lies over all of them, where enough have one."""
    telling = [each for each in wholes if each["listings"] >= FEWEST_LISTINGS]
    names = {name for each in telling for name in _names(each)}
    found = {}
    for name in sorted(names):
        values = [value for each in telling if (value := value_of(each, name)) is not None]
        if len(values) >= FEWEST_ZONES:
            quarter, middle, three = quantiles(values, n=4, method="inclusive")
            found[name] = Spread(min(values), quarter, middle, three, max(values), len(values))
    return found


def _names(figures: Figures) -> list[str]:
    whole = [name for name, held in figures.items() if not isinstance(held, dict)]
    parts = [f"{name}.{code}" for name, held in figures.items() if isinstance(held, dict) for code in held]
    return whole + parts


def _groups(connection: Connection, zone: str, day: date) -> dict[str, dict[str, Figures]]:
    own = state_figures.c
    found: dict[str, dict[str, Figures]] = {ALL: {}, THEME: {}, NEED: {}, MUNICIPALITY: {}, SEARCHES: {}}
    wanted = sa.select(own.scope, own.code, own.figures).where(own.zone == zone, own.day == day)
    for row in connection.execute(wanted):
        found[row.scope][row.code] = row.figures
    return found


def _history(connection: Connection, zone: str) -> tuple[tuple[date, Figures], ...]:
    own = state_figures.c
    wanted = sa.select(own.day, own.figures).where(own.zone == zone, own.scope == ALL)
    return tuple((row.day, row.figures) for row in connection.execute(wanted.order_by(own.day)))


def _wholes(connection: Connection, day: date) -> list[Figures]:
    own = state_figures.c
    return list(connection.scalars(sa.select(own.figures).where(own.day == day, own.scope == ALL)))


def _reach(connection: Connection, zone: str, day: date) -> tuple[Reach, ...]:
    own = state_reach.c
    wanted = sa.select(state_reach).where(own.zone == zone, own.day == day)
    return tuple(
        Reach(row.need, tuple(row.people), row.in_reach, tuple(tuple(each) for each in row.far))
        for row in connection.execute(wanted)
    )
