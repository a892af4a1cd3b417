"""The nearest of large selections, looked for in boxes around the centre."""

from __future__ import annotations

import math
from collections.abc import Mapping

from service.search.engine.meilisearch.filters import PLACED, in_box
from service.search.engine.meilisearch.marks import marked
from service.search.engine.meilisearch.squares import Spread
from service.search.engine.meilisearch.wire import Wire

_FARTHEST_M = 300_000.0  # a circle as large is all of the land
_WIDER = 1.8  # times the radius where too few were found: three times the ground


class Nearby:
    """Looks in the index called ``index`` around a ``centre`` for as many as are ``wanted``.

    For its own order by distance the server reads the tree of all points anew at each question, 4 ms of
    100,000 and 70 of a million, and finds and tells each listing for 40 microseconds more; a box is two
    ranges of numbers, and by their marks listings take one.
    """

    def __init__(self, wire: Wire, index: str, centre: tuple[float, float], wanted: int) -> None:
        self._wire, self._index = wire, index
        self._centre, self._wanted = centre, wanted

    def nearest(
        self, selections: Mapping[str, float], squares: Mapping[str, int]
    ) -> dict[str, dict[int, str]]:
        """For each selection keys and ids of as many as are wanted, none farther than any that is left out.

        ``squares`` is how many lie in each square, and of these each selection has a share. A selection that
        may have too few with a point is left out.
        """
        spread = Spread(squares, self._centre)
        guesses = {each: spread.radius_m(self._wanted, share) for each, share in selections.items()}
        found: dict[str, dict[int, str]] = {}
        while guesses := {each: radius for each, radius in guesses.items() if not math.isinf(radius)}:
            boxes = [self._box(each, radius) for each, radius in guesses.items()]
            told = marked(self._wire, self._index, boxes)
            for (each, radius), inside in zip(list(guesses.items()), told, strict=True):
                is_last = radius >= _FARTHEST_M
                near = inside.nearest(self._centre, self._wanted, math.inf if is_last else radius)
                if is_last or len(near) == self._wanted:
                    found[each] = near
                    del guesses[each]
                else:
                    guesses[each] = radius * _WIDER
        return found

    def _box(self, selection: str, radius: float) -> str:
        return f"{selection} AND {PLACED if radius >= _FARTHEST_M else in_box(self._centre, radius)}"
