"""Days of the newest word on listings: by how many have each it is guessed since when there is enough."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

_MORE = 1.2  # times as many as are wanted, since no word is spread evenly over the days
_MOST = 2_000  # listings in a guess; the marks of more take the server longer than 400 told in an order
_FAR_TOO_MANY = 6_000  # that were found: 100 ms at a million listings


class Days:
    """How many listings have each day as their ``said`` or ``checked``, by the day (since 1970) as text.

    Where a look found far too many no more guesses are made: words that come from one source are of one day.
    """

    def __init__(self, said: Mapping[str, int], checked: Mapping[str, int]) -> None:
        self._days = np.array(sorted({float(day) for day in (*said, *checked)}, reverse=True))
        each = [self._so_far(held) for held in (said, checked)]
        # A listing that has both has them on two days, and counts once.
        self._least, self._most = np.maximum(*each), np.add(*each)
        self._is_wrong = False

    def _so_far(self, held: Mapping[str, int]) -> NDArray[np.int64]:
        """How many have one of the days up to each, newest first."""
        by_day = {float(day): count for day, count in held.items()}
        return np.array([by_day.get(day, 0) for day in self._days.tolist()], np.int64).cumsum()

    def since(self, wanted: int, share: float) -> float | None:
        """The day since which so many of a share of all listings are new, if the share is as new as all are;
        None where that is hardly any day, or one of so many that they are not told apart by it.
        """
        if self._is_wrong:
            return None
        place = int(np.searchsorted(self._least, wanted * _MORE / share)) if share else len(self._days)
        if place == len(self._days) or self._most[place] * share > _MOST:
            return None
        return float(self._days[place])

    def learn(self, found: int) -> None:
        """Take note of how many a guess has held."""
        self._is_wrong = self._is_wrong or found > _FAR_TOO_MANY
