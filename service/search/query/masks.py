"""Which of the candidates pass a clause, over their fact columns: the same answer an engine gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.geo.point import EARTH_RADIUS_M
from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within
from service.search.index.fields import COLUMNS

Flags = NDArray[np.bool_]
Facts = Mapping[str, NDArray[Any]]


class Masks:
    """Evaluates clauses over the facts of one set of candidates; each question to a column once."""

    def __init__(self, facts: Facts, size: int, open_codes: Callable[[str], Sequence[str]]) -> None:
        self._facts = facts
        self._open_codes = open_codes
        self._all, self._none = np.ones(size, np.bool_), np.zeros(size, np.bool_)
        self._kept: dict[Clause, Flags] = {}

    def passing(self, clause: Clause) -> Flags:
        """One flag per candidate. Raises KeyError for a column that the index does not have."""
        match clause:
            case AllOf(parts):
                return reduce(np.logical_and, map(self.passing, parts)) if parts else self._all
            case OneOf(parts):
                return reduce(np.logical_or, map(self.passing, parts)) if parts else self._none
            case Not(part):
                return ~self.passing(part)
        kept = self._kept.get(clause)
        if kept is None:
            kept = self._kept[clause] = self._of_column(clause)
        return kept

    def texts(self, column: str) -> Sequence[str]:
        """The interned texts of an open_code column."""
        return self._open_codes(column)

    def _of_column(self, clause: Has | Known | Between | Within) -> Flags:
        match clause:
            case Within(lat, lon, radius_m):
                points = self._facts["point"]
                near: Flags = metres(points[:, 0], points[:, 1], lat, lon) <= radius_m  # NaN is not near
                return near
            case Between(column, low, high):
                between: Flags = (self._facts[column] >= low) & (self._facts[column] <= high)
                return between
            case Known(column):
                return self._known(column)
            case Has(column, values):
                return self._has(column, values)

    def _known(self, column: str) -> Flags:
        held = self._facts[column]
        kind = COLUMNS[column].kind
        if kind == "number":
            return ~np.isnan(held)
        if kind == "point":
            return ~np.isnan(held[:, 0])
        return _any_word(held) if kind == "set" else held != 0

    def _has(self, column: str, values: frozenset[str]) -> Flags:
        held = self._facts[column]
        kind = COLUMNS[column].kind
        if kind == "set":
            return _any_word(held & set_bits(column, values, held.shape[1]))
        if kind == "code":
            return np.take(code_flags(column, values), held)
        wanted = [i for i, text in enumerate(self._open_codes(column)) if text and text in values]
        has: Flags = np.isin(held, wanted)
        return has


def _any_word(bits: NDArray[np.uint64]) -> Flags:
    found: Flags = bits[:, 0] != 0 if bits.shape[1] == 1 else (bits != 0).any(axis=1)
    return found


@cache
def places(column: str) -> Mapping[str, int]:
    """The place of each code in a column's vocabulary."""
    return {code: place for place, code in enumerate(COLUMNS[column].vocabulary())}


@lru_cache(maxsize=10_000)
def code_flags(column: str, values: frozenset[str]) -> Flags:
    """Whether each number of a column of codes (0: unknown, place + 1) is one of the values."""
    flags = np.zeros(len(places(column)) + 1, np.bool_)
    flags[[places(column)[each] + 1 for each in values if each in places(column)]] = True
    return flags


@lru_cache(maxsize=10_000)
def set_bits(column: str, values: frozenset[str], words: int) -> NDArray[np.uint64]:
    """The codes as bits of so many 64-bit words, as the engine holds a set."""
    bits = [0] * words
    for value in values:
        place = places(column).get(value)
        if place is not None:
            bits[place // 64] |= 1 << (place % 64)
    return np.array(bits, np.uint64)


def metres(lats: NDArray[Any], lons: NDArray[Any], lat: float, lon: float) -> NDArray[np.float64]:
    """Metres from many points to one, along the surface (haversine formula, as `service.geo.point`)."""
    here, there = np.radians(lat), np.radians(lats, dtype=np.float64)
    by_lat = np.sin((there - here) / 2) ** 2
    by_lon = np.sin(np.radians(lons - lon, dtype=np.float64) / 2) ** 2
    share = by_lat + np.cos(here) * np.cos(there) * by_lon
    along: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(share, 1.0)))
    return along
