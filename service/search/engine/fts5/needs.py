"""How surely documents help with the needs of a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from service.search.engine.fts5.order import Keys, Scores
from service.search.engine.fts5.table import Table
from service.search.index.fields import COLUMNS

NeedScores = Callable[[Keys], Scores]


def need_scores(table: Table, needs: Mapping[str, float]) -> NeedScores:
    """For documents by row key the confidence of the best need that they answer, 0 for none."""
    codes = COLUMNS["needs"].vocabulary()
    members = table.members["needs"]
    best = np.zeros(len(members), np.float32)
    for code, confidence in needs.items():
        if code in codes:
            best = np.maximum(best, members[:, codes.index(code)] * np.float32(confidence))
    held = table.columns["needs"]

    def scores(rows: Keys) -> Scores:
        found: Scores = best.take(held.take(rows))
        return found

    return scores
