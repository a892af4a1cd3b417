"""Which documents help with the needs of a question, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from service.model.clauses import Has, OneOf
from service.search.engine.fts5.mask import passing
from service.search.engine.fts5.order import Keys, Scores
from service.search.engine.fts5.table import Flags, Table
from service.search.index.fields import COLUMNS

NeedScores = Callable[[Keys], Scores]


def with_need(table: Table, needs: Mapping[str, float]) -> Flags:
    """The living documents with one of the needs that have any confidence."""
    # A clause per need: the flags of each are kept, and there are few needs but many sets of them.
    each = tuple(Has("needs", frozenset((code,))) for code, confidence in needs.items() if confidence > 0)
    return passing(table, [OneOf(each)])


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
