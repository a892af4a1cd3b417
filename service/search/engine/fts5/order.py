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
LADDER_M = (1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000)
SORTED_AT_ONCE = 4_000  # below this looking for a radius takes as long as sorting
NEWEST_DAY = 100_000  # days since 1970 (the year 2243): brings a date below 1


def nearest(
    table: Table, selected: Keys, need: Scores | None, centre: tuple[float, float], limit: int
) -> Keys:
    """The nearest documents, nearest first, then those without a point, best need and newest first."""
    squared = plane_squared(_of(table, "lat", selected), _of(table, "lon", selected), centre)
    placeless = selected[np.flatnonzero(np.isnan(squared))]
    placed_count = len(selected) - len(placeless)
    room = max(int(limit * PLACELESS_SHARE), limit - placed_count)
    placeless = best(table, placeless, None if need is None else need[placeless], room)
    wanted = min(limit - len(placeless), placed_count)
    close = _closest(squared, wanted)
    return np.concatenate([selected[close[_lowest(squared[close], wanted)]], placeless])


def _of(table: Table, column: str, selected: Keys) -> NDArray[Any]:
    """The column's values of the selected; copying the whole column is dearer than all else of a question."""
    values = table.columns[column]
    return values[1:] if len(selected) == table.size - 1 else values[selected]


def _closest(squared: Scores, wanted: int) -> Keys:
    """Places of at least ``wanted`` of the lowest values, when there are so many: sorting few is quick."""
    if len(squared) > SORTED_AT_ONCE:
        for radius_m in LADDER_M:
            close = np.flatnonzero(squared <= radius_m**2)
            if len(close) >= wanted:
                return close
    return np.flatnonzero(~np.isnan(squared))


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
