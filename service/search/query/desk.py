"""A general desk near by, for when nothing in reach helps with what is asked: it can find who does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from service.search.engine.base import Candidates, EngineQuery
from service.search.query.ask import Asked
from service.search.query.result import Notice

DESKS: Mapping[str, float] = {"money.income_support": 1.0, "money.rights": 0.8}
"""Needs that a general desk answers (OCMW or CPAS, social house, rights), by how general it is."""

MOST = 3
_LOOKED_AT = 60
_REACH_M = 15_000  # as far as a desk of another town may lie: what the measure of `near` answers calls near
_LACKING = frozenset(("nothing_found", "nothing_in_fence", "widened"))


def lacking(asked: Asked, notices: Sequence[Notice]) -> tuple[str, ...]:
    """The needs asked that have no listing in reach; none where a general desk itself is asked for."""
    if asked.where.centre is None or not _LACKING & {each.code for each in notices}:
        return ()
    needs = tuple(asked.query.needs)
    return () if DESKS.keys() & set(needs[:1]) else needs


def desk_query(asked: Asked) -> EngineQuery:
    """What any engine is asked for the desks around the same place, whatever else was asked."""
    return EngineQuery(needs=DESKS, point=asked.where.point, limit=_LOOKED_AT)


def desk_rows(
    candidates: Candidates, asked: Asked, open_codes: Callable[[str], Sequence[str]]
) -> NDArray[np.intp]:
    """The desks to show: those of the municipality itself, else the nearest; the most general first.

    A public welfare centre helps who lives in its municipality, so that one of another comes only where the
    municipality has none that we know.
    """
    texts = list(open_codes("municipality"))
    code = texts.index(asked.where.nis) if asked.where.nis in texts else -1
    is_desk = candidates.need > 0
    own = is_desk & (candidates.facts["municipality"] == code)
    near = is_desk & (np.nan_to_num(candidates.distance_m, nan=np.inf) <= _REACH_M)
    chosen = np.flatnonzero(own if own.any() else near)
    few = np.bitwise_count(candidates.facts["needs"]).sum(axis=1)[chosen]
    far = np.nan_to_num(candidates.distance_m[chosen], nan=np.inf)
    by = (few, far, -candidates.need[chosen]) if own.any() else (few, -candidates.need[chosen], far)
    found: NDArray[np.intp] = chosen[np.lexsort(by)][:MOST]
    return found
