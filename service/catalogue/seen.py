"""The ids that came in one import, at sixteen bytes each however many they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

_RECENT = 20_000  # of these a set is kept, which is quicker to ask and takes six times the room
_LOW = (1 << 64) - 1

_Halves = NDArray[np.uint64]


class _Sorted(NamedTuple):
    """Ids as their upper halves in ascending order, and the lower halves that belong to them."""

    high: _Halves
    low: _Halves


class SeenIds:
    """A set of ids."""

    def __init__(self, ids: Iterable[UUID] = ()) -> None:
        self._recent: set[int] = set()
        self._older: list[_Sorted] = []  # each at least twice as long as the next
        for each in ids:
            self.add(each)

    def __contains__(self, record: UUID) -> bool:
        number = record.int
        return number in self._recent or any(_holds(some, number) for some in self._older)

    def add(self, record: UUID) -> None:
        """Note an id that is not there yet."""
        self._recent.add(record.int)
        if len(self._recent) < _RECENT:
            return
        high = np.fromiter((each >> 64 for each in self._recent), np.uint64, len(self._recent))
        low = np.fromiter((each & _LOW for each in self._recent), np.uint64, len(self._recent))
        self._recent.clear()
        self._older.append(_ordered(high, low))
        while len(self._older) > 1 and len(self._older[-2].high) < 2 * len(self._older[-1].high):
            last, before = self._older.pop(), self._older.pop()
            self._older.append(_ordered(*map(np.concatenate, zip(before, last, strict=True))))


def _ordered(high: _Halves, low: _Halves) -> _Sorted:
    order = np.argsort(high)
    return _Sorted(high[order], low[order])


def _holds(some: _Sorted, number: int) -> bool:
    high, low = np.uint64(number >> 64), number & _LOW
    at = int(some.high.searchsorted(high))
    while at < len(some.high) and some.high[at] == high:
        if int(some.low[at]) == low:
            return True
        at += 1
    return False
