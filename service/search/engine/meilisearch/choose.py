"""Choosing the candidates among what was found, best first, as the embedded engine does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from service.search.engine.base import EngineQuery
from service.search.engine.choosing import closeness, newness, room_for_placeless

Numbers = NDArray[np.float64]
Rows = NDArray[np.intp]


def choose(query: EngineQuery, text: Numbers, need: Numbers, distance_m: Numbers, newest: Numbers) -> Rows:
    """Places of the chosen: nearest first where there is a centre and no word; by text, need and closeness
    together otherwise. What is equal stays in the order that it came in.
    """
    fresh = newness(newest)
    if query.point is not None and not query.words:
        placed = np.flatnonzero(~np.isnan(distance_m))
        placeless = np.flatnonzero(np.isnan(distance_m))
        room = room_for_placeless(query.limit, len(placed))
        placeless = _highest((need + fresh)[placeless], placeless)[:room]
        near = placed[np.lexsort((-newest[placed], distance_m[placed]))][: query.limit - len(placeless)]
        return np.concatenate([near, placeless])
    score = text + need + fresh + (closeness(distance_m) if query.point is not None else 0)
    return _highest(score, np.arange(len(score)))[: query.limit]


def _highest(values: Numbers, rows: Rows) -> Rows:
    found: Rows = rows[np.argsort(-values, kind="stable")]
    return found
