"""The nearest of a large selection, looked for in boxes around the centre."""

from __future__ import annotations

import numpy as np

from service.search.engine.base import EngineQuery
from service.search.engine.distance import exact_m
from service.search.engine.meilisearch.filters import in_box
from service.search.engine.meilisearch.marks import marked
from service.search.engine.meilisearch.records import records_of
from service.search.engine.meilisearch.selection import counting, few_placeless
from service.search.engine.meilisearch.slips import Slips
from service.search.engine.meilisearch.wire import Found, Wire

_RADII_M = (125, 500, 2_000, 8_000, 32_000)  # each circle is sixteen times as large as the one before
_CIRCLE_SHARE = 0.8  # of what is in a box, how much its inner circle may hold (pi / 4 where evenly spread)
_MANY = 2_500  # so many in a box that one of half its side may do
_SMALLEST_M = 60  # what lies in so small a circle lies at one spot
_MOST = 8_000  # records, more than which take longer than the order of the server


class Nearby:
    """Looks in the index called ``index``.

    For its own order by distance the server reads the tree of all points anew at each question, 4 ms of
    100,000, and finds and tells each listing for 40 microseconds more; a box is two ranges of numbers.
    """

    def __init__(self, wire: Wire, index: str, slips: Slips) -> None:
        self._wire, self._index, self._slips = wire, index, slips

    def find(self, query: EngineQuery, centre: tuple[float, float], selection: str) -> dict[int, str]:
        """Keys and ids of at least as many as are asked for, none farther than any that is left out, and of
        as many without a point as may be chosen. Nothing where they lie too densely or too thinly for boxes.
        """
        boxes = {radius_m: f"{selection} AND {in_box(centre, radius_m)}" for radius_m in _RADII_M}
        asked = [counting(box, ()) for box in boxes.values()]
        found = self._wire.ask(self._index, [*asked, *few_placeless(query, selection)])
        placeless = {hit["key"]: hit["id"] for each in found[len(asked) :] for hit in each["hits"]}
        for radius_m, each in zip(_RADII_M, found, strict=False):
            if _may_do(each, query.limit):
                near = self._tried(selection, centre, radius_m, each, query.limit)
                if near:
                    return near | placeless
        return {}

    def _tried(
        self, selection: str, centre: tuple[float, float], radius_m: float, counted: Found, wanted: int
    ) -> dict[int, str]:
        """Those of a circle, or of one of half its radius, where it holds as many as are ``wanted``."""
        if counted["estimatedTotalHits"] > _MANY and radius_m > _SMALLEST_M:
            half = f"{selection} AND {in_box(centre, radius_m / 2)}"
            (smaller,) = self._wire.ask(self._index, [counting(half, ())])
            if _may_do(smaller, wanted) and (
                near := self._tried(selection, centre, radius_m / 2, smaller, wanted)
            ):
                return near
        if counted["estimatedTotalHits"] > _MOST:
            return {}
        ids = marked(self._wire, self._index, f"{selection} AND {in_box(centre, radius_m)}")
        held = self._slips.of(ids)
        points = records_of(list(held.values()))["point"]
        inside = np.flatnonzero(exact_m(points[:, 0], points[:, 1], centre) <= radius_m).tolist()
        keys = list(held)
        return {keys[at]: held[keys[at]].id for at in inside} if len(inside) >= wanted else {}


def _may_do(counted: Found, wanted: int) -> bool:
    """Whether a box of so many holds enough in its inner circle, by the share of a circle in a box."""
    return bool(counted["estimatedTotalHits"] * _CIRCLE_SHARE >= wanted)
