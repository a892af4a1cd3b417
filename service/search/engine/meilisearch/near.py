"""The nearest of large selections, looked for in boxes around the centre."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from service.search.engine.meilisearch.filters import in_box
from service.search.engine.meilisearch.hindsight import Hindsight
from service.search.engine.meilisearch.marks import marked, marks_of
from service.search.engine.meilisearch.squares import Spread, Squares
from service.search.engine.meilisearch.wire import Found, Query, Wire

_FARTHEST_M = 300_000.0  # a circle as large is all of the land: its marks would be those of everything
# Times the radius where too few were found. A few more looks cost 3 ms each; of more than 3,000 listings the
# server counts the marks by going through those of the whole index: 100 ms at a million.
_WIDER, _WIDEST = 1.2, 1.35


class Nearby:
    """Looks in the index called ``index`` around a ``centre`` for as many as are ``wanted``.

    For its own order by distance the server reads the tree of all points anew at each question, 4 ms of
    100,000 and 70 of a million, and finds and tells each listing for 40 microseconds more; a box is two
    ranges of numbers, and by their marks listings take one. ``squares`` are those of all listings,
    ``hindsight`` is what earlier looks have taught.
    """

    def __init__(
        self, wire: Wire, index: str, centre: tuple[float, float], wanted: int, squares: Squares,
        hindsight: Hindsight,
    ) -> None:  # fmt: skip
        self._wire, self._index = wire, index
        self._centre, self._wanted = centre, wanted
        self._spread, self._hindsight = Spread(squares, centre), hindsight

    def radii(self, shares: Mapping[str, float]) -> dict[str, float]:
        """For each selection, which is such a share of all listings, a guess at the radius (metres) that
        holds enough; one that may have too few with a point, or only far away, is left out.
        """
        guesses = {each: self._spread.radius_m(self._wanted, share) for each, share in shares.items()}
        return {each: radius for each, radius in guesses.items() if radius < _FARTHEST_M}

    def nearest(
        self, radii: Mapping[str, float], beside: Sequence[Query] = ()
    ) -> tuple[dict[str, dict[int, str]], list[Found]]:
        """For each selection keys and ids of as many as are wanted, none farther than any that is left out;
        and the answers to questions ``beside``, which the server works on meanwhile. A selection that has
        not so many anywhere near is left out.
        """
        found: dict[str, dict[int, str]] = {}
        told: list[Found] = []
        guesses = {
            each: min(self._hindsight.corrected_m(self._centre, radius), _FARTHEST_M)
            for each, radius in radii.items()
        }
        while guesses:
            boxes = [
                marks_of(f"{each} AND {in_box(self._centre, radius)}") for each, radius in guesses.items()
            ]
            answers = self._wire.ask_at_once(self._index, [*beside, *boxes])
            told += answers[: len(beside)]
            for each, answer in zip(list(guesses), answers[len(beside) :], strict=True):
                radius = guesses.pop(each)
                near, enough_m = marked(answer).nearest(self._centre, self._wanted, radius)
                if len(near) == self._wanted:
                    found[each] = near
                    self._hindsight.learn(self._centre, radii[each], enough_m)
                elif (wider := radius * self._wider(len(near))) < _FARTHEST_M:
                    guesses[each] = wider
            beside = ()
        return found, told

    def _wider(self, found: int) -> float:
        """How much farther to look, by how few were found: they grow with the ground, if not more slowly."""
        return min(max(math.sqrt(1.5 * self._wanted / max(found, 1)), _WIDER), _WIDEST)
