"""A general desk near by, for when nothing in reach helps with what is asked: it can find who does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from service.model.clauses import Has
from service.search.engine.base import MAX_CANDIDATES, Candidates, EngineQuery
from service.search.engine.masks import Masks
from service.search.query.ask import Asked
from service.search.query.result import Notice

DESKS: Mapping[str, float] = {"money.income_support": 1.0, "money.rights": 0.8}
"""Needs that a general desk answers (OCMW or CPAS, social house, rights), by how general it is."""

MOST = 3
_KINDS = 3  # of help, from which a desk for a region is a general one
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
    return EngineQuery(needs=DESKS, point=asked.where.point, limit=MAX_CANDIDATES)


def desk_rows(
    candidates: Candidates, asked: Asked, masks: Masks, open_codes: Callable[[str], Sequence[str]]
) -> NDArray[np.intp]:
    """The desks to show: those of the municipality itself, else those near by, else those of the region.

    A public welfare centre helps who lives in its municipality, so that one of another is left out. Of a
    desk for a whole region several kinds of help are asked, or every guide to one tariff would be a desk.
    """
    texts = list(open_codes("municipality"))
    code = texts.index(asked.where.nis) if asked.where.nis in texts else -1
    is_desk = candidates.need > 0
    own = is_desk & (candidates.facts["municipality"] == code)
    for_its_town = masks.passing(Has("coverage", frozenset(("municipality",))))
    near = is_desk & (np.nan_to_num(candidates.distance_m, nan=np.inf) <= _REACH_M) & ~for_its_town
    kinds = np.bitwise_count(candidates.facts["needs"]).sum(axis=1)
    region = frozenset(("belgium", asked.where.region or "belgium"))
    wide = is_desk & masks.passing(Has("coverage", region)) & (kinds >= _KINDS)
    chosen = np.flatnonzero(next((each for each in (own, near, wide) if each.any()), own))
    far = np.nan_to_num(candidates.distance_m[chosen], nan=np.inf)
    found: NDArray[np.intp] = chosen[np.lexsort((far, -kinds[chosen], -candidates.need[chosen]))][:MOST]
    return found
