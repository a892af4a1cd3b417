"""Conditions over the fact columns of a listing, as data: what a filter or a criterion asks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Has:
    """The column holds at least one of ``values``; a listing of which nothing is known does not pass."""

    column: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody said something about the column."""

    column: str


@dataclass(frozen=True, slots=True)
class Between:
    """The number in the column is known and lies from ``low`` to ``high``, both included."""

    column: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Within:
    """The listing has a point at most ``radius_m`` metres, straight line, from the centre."""

    lat: float
    lon: float
    radius_m: float


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part passes; no parts pass."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one part passes; with no parts nothing passes."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not pass. Of an unknown fact this is true, so say Known beside it where that matters."""

    part: Clause


Clause = Has | Known | Between | Within | AllOf | OneOf | Not
