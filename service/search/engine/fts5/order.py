"""Choosing which of the selected documents are looked at further, best first by the engine's own light."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.choosing import closeness, newness, room_for_placeless
from service.search.engine.distance import plane_squared
from service.search.engine.fts5.selection import Selection
from service.search.engine.fts5.table import Table

Keys = NDArray[np.int64]
Scores = NDArray[np.float32]

SORTED_AT_ONCE = 4_000  # below this looking for a radius takes as long as sorting


def nearest(
    table: Table,
    selection: Selection,
    need: Callable[[Keys], Scores] | None,
    centre: tuple[float, float],
    limit: int,
) -> Keys:
    """The nearest documents, nearest first, then those without a point, best need and newest first."""
    placeless = table.placed.placeless
    if selection.flags is not table.alive:
        placeless = placeless[selection.flags[placeless]]
    placed_count = len(selection.rows) - len(placeless)
    room = room_for_placeless(limit, placed_count)
    if need is not None:
        placeless = best(table, placeless, need(placeless), room)
    placeless = placeless[:room]  # newest first already
    wanted = min(limit - len(placeless), placed_count)
    if len(selection.rows) > SORTED_AT_ONCE:
        rows, squared = table.placed.closest(selection.flags, centre, wanted)
    else:
        rows = selection.rows
        squared = plane_squared(table.columns["lat"].take(rows), table.columns["lon"].take(rows), centre)
    return np.concatenate([rows[_lowest(squared, rows, wanted)], placeless])


def best(table: Table, selected: Keys, score: Scores | None, limit: int) -> Keys:
    """The documents of highest score, best first; among equals the newest word first, then by row key."""
    rank = newness(table.columns["newest"].take(selected))
    if score is not None:
        rank = rank + score
    return selected[_lowest(-rank, selected, limit)]


def near(table: Table, selected: Keys, centre: tuple[float, float]) -> Scores:
    """How close documents are to the centre, from 1 towards 0; 0 without a point."""
    squared = plane_squared(table.columns["lat"].take(selected), table.columns["lon"].take(selected), centre)
    return closeness(np.sqrt(squared))


def _lowest(values: NDArray[Any], rows: Keys, wanted: int) -> Keys:
    """Places of the ``wanted`` lowest values in ascending order, among equals by row; NaN is last."""
    if 0 < wanted < len(values):
        last = np.partition(values, wanted - 1)[wanted - 1]
        pool = np.flatnonzero(~(values > last))  # with every value that is equal to the last
    else:
        pool = np.arange(len(values))
    return pool[np.lexsort((rows[pool], values[pool]))][:wanted]
