"""Which of the candidates pass a clause, over their fact columns: the same answer an engine gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within
from service.search.engine.base import Candidates
from service.search.engine.distance import exact_m
from service.search.index.fields import COLUMNS, places

Flags = NDArray[np.bool_]
Bits = int
"""Some of the candidates: bit i for candidate i. A clause has many more parts than columns that it looks at,
and to join two numbers of 400 bits takes a tenth of the time of joining two arrays."""

_NUMBERS = np.arange(256, dtype=np.uint8)[:, None]
_EACH_BIT = np.left_shift(np.uint64(1), np.arange(64, dtype=np.uint64))[:, None]
_FEW = 16  # codes; beyond it to take a column apart is dearer than the questions to it


class Masks:
    """Evaluates clauses over the facts of one set of candidates; each question to a column once.

    ``centre`` is where the distances of the candidates are from. ``size`` is the number of candidates.
    """

    def __init__(
        self,
        candidates: Candidates,
        open_codes: Callable[[str], Sequence[str]],
        centre: tuple[float, float] | None = None,
    ) -> None:
        self.size = len(candidates)
        self._facts = candidates.facts
        self._distance_m = candidates.distance_m
        self._centre = centre
        self._open_codes = open_codes
        self._kept: dict[tuple[Any, ...], Bits] = {}
        self._short = _short_columns()
        self._by_code: dict[str, dict[str, Bits]] = {}
        self.everyone: Bits = (1 << self.size) - 1

    def bits(self, clause: Clause) -> Bits:
        """The candidates that pass. Raises KeyError for a column that the index does not have."""
        kind = type(clause)
        if kind is AllOf:
            found = self.everyone
            for part in clause.parts:  # type: ignore[union-attr] # not narrowed by its type, which is quicker
                found &= self.bits(part)
            return found
        if kind is OneOf:
            found = 0
            for part in clause.parts:  # type: ignore[union-attr]
                found |= self.bits(part)
            return found
        if kind is Not:
            return self.everyone ^ self.bits(clause.part)  # type: ignore[union-attr]
        return self._of_column(clause)  # type: ignore[arg-type]

    def passing(self, clause: Clause) -> Flags:
        """One flag per candidate. Raises KeyError for a column that the index does not have."""
        return self.flags(self.bits(clause))

    def flags(self, bits: Bits) -> Flags:
        """The same as one flag per candidate."""
        held = np.frombuffer(bits.to_bytes((self.size + 7) // 8, "little"), np.uint8)
        flags: Flags = np.unpackbits(held, count=self.size, bitorder="little").view(np.bool_)
        return flags

    def _of_column(self, clause: Has | Known | Between | Within) -> Bits:
        if isinstance(clause, Has | Known) and clause.column in self._short:
            return self._of_short(clause)
        # Clauses are many and questions to a column few; a clause itself takes long to compare.
        key: tuple[Any, ...]
        if isinstance(clause, Has):
            key = (clause.column, clause.values)
        elif isinstance(clause, Known):
            key = (clause.column,)
        elif isinstance(clause, Between):
            key = (clause.column, clause.low, clause.high)
        else:
            key = ("", clause.lat, clause.lon, clause.radius_m)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = _bits(self._flags(clause))
        return kept

    def _of_short(self, clause: Has | Known) -> Bits:
        """A column with few codes is taken apart once: the candidates of each code."""
        by_code = self._by_code.get(clause.column)
        if by_code is None:
            by_code = self._by_code[clause.column] = _taken_apart(clause.column, self._facts[clause.column])
        found = 0
        for code in clause.values if isinstance(clause, Has) else by_code:
            found |= by_code.get(code, 0)
        return found

    def _flags(self, clause: Has | Known | Between | Within) -> Flags:
        match clause:
            case Within(lat, lon, radius_m):
                near: Flags = self._metres(lat, lon) <= radius_m  # NaN is not near
                return near
            case Between(column, low, high):
                between: Flags = (self._facts[column] >= low) & (self._facts[column] <= high)
                return between
            case Known(column):
                return _known(column, self._facts[column])
            case Has(column, values):
                return self._has(column, values)

    def _metres(self, lat: float, lon: float) -> NDArray[np.float64]:
        if (lat, lon) == self._centre:
            return self._distance_m
        points = self._facts["point"]
        return exact_m(points[:, 0], points[:, 1], (lat, lon))

    def _has(self, column: str, values: frozenset[str]) -> Flags:
        held = self._facts[column]
        if COLUMNS[column].kind == "set":
            return _any_word(held & set_bits(column, values, held.shape[1]))
        wanted = [i for i, text in enumerate(self._open_codes(column)) if text and text in values]
        has: Flags = np.isin(held, wanted)
        return has


def rows_of(bits: Bits) -> Iterator[int]:
    """The candidates of these bits, in ascending order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _bits(flags: Flags) -> Bits:
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def _taken_apart(column: str, held: NDArray[Any]) -> dict[str, Bits]:
    codes = tuple(places(column))
    if COLUMNS[column].kind == "code":
        flags = held == _NUMBERS[1 : len(codes) + 1]  # a row per code, a flag per candidate
    else:
        flags = (held[:, 0] & _EACH_BIT[: len(codes)]) != 0
    rows = np.packbits(flags, axis=1, bitorder="little")
    size, joined = rows.shape[1], rows.tobytes()
    return {
        code: int.from_bytes(joined[place * size : (place + 1) * size], "little")
        for place, code in enumerate(codes)
    }


def _known(column: str, held: NDArray[Any]) -> Flags:
    kind = COLUMNS[column].kind
    if kind == "set":
        return _any_word(held)
    is_number = kind in ("number", "point")
    known: Flags = ~np.isnan(held[:, 0] if held.ndim > 1 else held) if is_number else held != 0
    return known


def _any_word(bits: NDArray[np.uint64]) -> Flags:
    joined = bits[:, 0]
    for word in range(1, bits.shape[1]):  # one or two: a third of the time of asking for any along an axis
        joined = joined | bits[:, word]
    found: Flags = joined != 0
    return found


@cache
def _short_columns() -> frozenset[str]:
    return frozenset(name for name, column in COLUMNS.items() if 0 < len(column.vocabulary()) <= _FEW)


@lru_cache(maxsize=10_000)
def set_bits(column: str, values: frozenset[str], words: int) -> NDArray[np.uint64]:
    """The codes as bits of so many 64-bit words, as the engine holds a set."""
    bits = [0] * words
    for value in values:
        place = places(column).get(value)
        if place is not None:
            bits[place // 64] |= 1 << (place % 64)
    return np.array(bits, np.uint64)
