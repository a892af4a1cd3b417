"""In which row the document of a key is kept: thousands of keys are looked up at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NO_ROW = -1
_FRESH = 4_000  # keys at most that are not yet sorted among the others, which takes some milliseconds

Rows = NDArray[np.int64]


class RowsByKey:
    """Rows by keys, which are numbers that lie far apart.

    Of a hundred thousand a dictionary tells each in a microsecond, since each lies somewhere else in memory;
    in sorted arrays a thousand are found in a fifth of a millisecond. Any thread may look while one changes.
    """

    def __init__(self) -> None:
        nothing = np.zeros(0, np.int64)
        self._sorted = nothing, nothing
        self._fresh: dict[int, int] = {}

    def of(self, keys: NDArray[np.int64]) -> Rows:
        """The row of each key, `NO_ROW` where there is none."""
        fresh = self._fresh  # before the others, among which they are sorted before they leave here
        known, rows = self._sorted
        found = np.full(len(keys), NO_ROW, np.int64)
        if len(known):
            order = np.argsort(keys)  # neighbours are found sooner one after another
            near = np.minimum(np.searchsorted(known, keys[order]), len(known) - 1)
            found[order] = np.where(known[near] == keys[order], rows[near], NO_ROW)
        for place in np.flatnonzero(found == NO_ROW).tolist() if fresh else ():
            found[place] = fresh.get(int(keys[place]), NO_ROW)
        return found

    def add(self, keys: NDArray[np.int64], first: int) -> None:
        """Note keys that are not known, in rows one after another from ``first`` on."""
        self._fresh.update(zip(keys.tolist(), range(first, first + len(keys)), strict=True))
        if len(self._fresh) > _FRESH:
            size = len(self._fresh)
            known = np.concatenate([self._sorted[0], np.fromiter(self._fresh, np.int64, size)])
            rows = np.concatenate([self._sorted[1], np.fromiter(self._fresh.values(), np.int64, size)])
            order = np.argsort(known)
            self._sorted = known[order], rows[order]
            self._fresh = {}

    def remove_before(self, first: int) -> None:
        """Forget the keys of all rows before ``first``."""
        known, rows = self._sorted
        self._sorted = known[rows >= first], rows[rows >= first]
        self._fresh = {key: row for key, row in self._fresh.items() if row >= first}
