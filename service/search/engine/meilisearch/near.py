"""The nearest of a large selection, and of its parts, looked for in boxes around the centre."""

from __future__ import annotations

from collections.abc import Sequence

from service.search.engine.meilisearch.filters import in_box, joined
from service.search.engine.meilisearch.selection import counting
from service.search.engine.meilisearch.slips import Slips
from service.search.engine.meilisearch.wire import Wire

_RADII_M = (125.0, 500.0, 2_000.0, 8_000.0, 32_000.0)  # each circle sixteen times as large as the one before
_CIRCLE_SHARE = 0.8  # of what is in a box, how much its inner circle may hold (pi / 4 where evenly spread)
_MANY = 2_500  # so many in a box that one of half its side may do
_SMALLEST_M = 60  # what lies in so small a circle lies at one spot
_MOST = 8_000  # records, more than which take longer than the order of the server
_SMALL = 1_000  # a part up to this is taken whole


class Nearby:
    """Looks in the index called ``index`` around a ``centre`` for as many as are ``wanted``.

    For its own order by distance the server reads the tree of all points anew at each question, 4 ms of
    100,000 and 70 of a million, and finds and tells each listing for 40 microseconds more; a box is two
    ranges of numbers.
    """

    def __init__(
        self, wire: Wire, index: str, slips: Slips, centre: tuple[float, float], wanted: int
    ) -> None:
        self._wire, self._index, self._slips = wire, index, slips
        self._centre, self._wanted = centre, wanted

    def nearest(self, selection: str) -> tuple[float, dict[int, str]]:
        """Keys and ids of at least as many as are wanted, none farther than any that is left out, and the
        radius in metres that they lie in. Nothing where they lie too densely or too thinly for boxes.
        """
        counts = self._counts([self._box(selection, radius_m) for radius_m in _RADII_M])
        for radius_m, count in zip(_RADII_M, counts, strict=True):
            if self._may_do(count):
                tried = self._tried(selection, radius_m, count)
                if tried[1]:
                    return tried
        return 0.0, {}

    def of_parts(self, selection: str, parts: Sequence[str], beyond_m: float) -> dict[int, str]:
        """The nearest of each part of a selection, of which all up to a distance are known; of a small part
        all there is.
        """
        whole = [f"{selection} AND ({part})" for part in parts]
        known = [self._box(each, beyond_m) for each in whole]
        counts = self._counts([*whole, *known])
        asked = []
        for part, count, inside in zip(parts, counts, counts[len(parts) :], strict=False):
            if count == inside or self._may_do(inside):
                continue
            asked += [part] if count <= _SMALL else self._wider(selection, part, beyond_m)
        if not asked:
            return {}
        together = f"{selection} AND ({joined('OR', asked)})"
        return self._slips.listed(together, _MOST)

    def _wider(self, selection: str, part: str, beyond_m: float) -> list[str]:
        """A part of the selection in the smallest box that holds enough of it, or in the largest that holds
        not too many; nothing where the first does.
        """
        boxes = [joined("AND", (part, in_box(self._centre, each))) for each in _RADII_M if each > beyond_m]
        chosen: list[str] = []
        counts = self._counts([f"{selection} AND ({each})" for each in boxes])
        for box, count in zip(boxes, counts, strict=True):
            if count > _MOST:
                break
            chosen = [box]
            if self._may_do(count):
                break
        return chosen

    def _tried(self, selection: str, radius_m: float, count: int) -> tuple[float, dict[int, str]]:
        """Those of a circle, or of one of half its radius, where it holds as many as are wanted."""
        if count > _MANY and radius_m > _SMALLEST_M:
            (fewer,) = self._counts([self._box(selection, radius_m / 2)])
            if self._may_do(fewer):
                tried = self._tried(selection, radius_m / 2, fewer)
                if tried[1]:
                    return tried
        if count > _MOST:
            return 0.0, {}
        boxed = self._slips.listed(self._box(selection, radius_m), _MOST)
        near = self._slips.within(boxed, self._centre, radius_m)
        return radius_m, near if len(near) >= self._wanted else {}

    def _box(self, selection: str, radius_m: float) -> str:
        return f"{selection} AND {in_box(self._centre, radius_m)}"

    def _counts(self, selections: Sequence[str]) -> list[int]:
        asked = [counting(each, ()) for each in selections]
        found = self._wire.ask(self._index, asked) if asked else []
        return [int(each["estimatedTotalHits"]) for each in found]

    def _may_do(self, count: int) -> bool:
        """Whether a box of so many holds enough in its inner circle, by the share of a circle in a box."""
        return count * _CIRCLE_SHARE >= self._wanted
