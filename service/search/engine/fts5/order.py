"""Choosing which of the selected documents are looked at further, best first by the engine's own light."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.fts5.distance import plane_squared
from service.search.engine.fts5.table import Table

Keys = NDArray[np.int64]
Scores = NDArray[np.float32]

PLACELESS_SHARE = 0.25
"""At most this share of the candidates has no point, so that help by phone is neither lost nor drowns."""

CLOSE_M = 5_000  # at this distance closeness has halved
NEWEST_DAY = 100_000  # days since 1970 (the year 2243): brings a date below 1


def nearest(
    table: Table, selected: Keys, need: Scores | None, centre: tuple[float, float], limit: int
) -> Keys:
    """The nearest documents, nearest first, then those without a point, best need and newest first."""
    squared = plane_squared(table.columns["lat"][selected], table.columns["lon"][selected], centre)
    placeless = selected[np.isnan(squared)]
    placed_count = len(selected) - len(placeless)
    room = max(int(limit * PLACELESS_SHARE), limit - placed_count)
    placeless = best(table, placeless, None if need is None else need[placeless], room)
    wanted = min(limit - len(placeless), placed_count)
    if not wanted:
        return placeless
    chosen = _lowest(squared, wanted)
    return np.concatenate([selected[chosen], placeless])


def best(table: Table, selected: Keys, score: Scores | None, limit: int) -> Keys:
    """The documents of highest score, best first; among equals the newest word first, then by row key."""
    newest = table.columns["newest"][selected]
    # A difference below a hundredth of a hundredth is no difference in match.
    rank = newest / np.float32(NEWEST_DAY * 10_000)
    if score is not None:
        rank = rank + score
    return selected[_lowest(-rank, min(limit, len(selected)))]


def closeness(table: Table, selected: Keys, centre: tuple[float, float]) -> Scores:
    """From 1 at the centre towards 0 far away, one half at CLOSE_M; 0 without a point."""
    squared = plane_squared(table.columns["lat"][selected], table.columns["lon"][selected], centre)
    near: Scores = np.nan_to_num(1 / (1 + np.sqrt(squared) / np.float32(CLOSE_M)))
    return near


def _lowest(values: NDArray[Any], wanted: int) -> Keys:
    """Places of the ``wanted`` lowest values in ascending order; not-a-number comes last."""
    if wanted < len(values):
        pool = np.argpartition(values, wanted)[:wanted] if wanted else np.zeros(0, np.int64)
    else:
        pool = np.arange(len(values))
    return pool[np.lexsort((pool, values[pool]))]
