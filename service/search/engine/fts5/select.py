"""Which documents answer a question: by filters, needs and words."""

from __future__ import annotations

import numpy as np

from service.model.clauses import AllOf, Clause, Has, Not, OneOf, Within
from service.search.engine.base import EngineQuery
from service.search.engine.fts5.mask import passing
from service.search.engine.fts5.selection import Selection
from service.search.engine.fts5.table import Flags, Table
from service.search.engine.fts5.words import Match


def select(table: Table, query: EngineQuery, match: Match | None) -> Selection:
    """What has one of the needs or holds the words, of what passes the filters; see `EngineQuery`.

    Without words and without a place in the filters the same is asked again and again: it is kept for as
    long as the index stays as it is, with what was counted over it.
    """
    needs = tuple([code for code, confidence in query.needs.items() if confidence > 0])
    if not query.where and not query.needs and match is None:
        return table.everything
    if match is not None or any(map(_has_place, query.where)):
        return _selection(_flags(table, query, needs, match))
    key = (query.where, needs, bool(query.needs))
    kept = table.selections.get(key)
    if kept is None:
        kept = _selection(_flags(table, query, needs, None))
        table.selections.put(key, kept, kept.nbytes)
    return kept


def _selection(flags: Flags) -> Selection:
    return Selection(flags, np.flatnonzero(flags))


def _flags(table: Table, query: EngineQuery, needs: tuple[str, ...], match: Match | None) -> Flags:
    remaining = passing(table, query.where)
    if query.needs:
        # A clause per need: the flags of each are kept, and there are few needs but many sets of them.
        wanted = passing(table, [OneOf(tuple([Has("needs", frozenset((code,))) for code in needs]))])
        if match is not None and match.holds_all is not None:
            wanted = wanted | match.holds_all
        return remaining & wanted
    if match is None or match.holds_all is None or match.holds_any is None:
        return remaining
    every = remaining & match.holds_all
    return every if every.any() else remaining & match.holds_any


def _has_place(clause: Clause) -> bool:
    if isinstance(clause, AllOf | OneOf):
        return any(map(_has_place, clause.parts))
    return isinstance(clause, Within) or (isinstance(clause, Not) and _has_place(clause.part))
