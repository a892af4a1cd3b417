"""What the reader is told about the whole answer: what was left out, widened, or is not certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import numpy as np

from service.eight_b.thresholds import threshold
from service.search.engine.base import Answer
from service.search.query.ask import FENCES, Asked, without_fences
from service.search.query.criteria import Criteria
from service.search.query.order import rings_m
from service.search.query.rank import Ranked
from service.search.query.result import Notice, Result

TotalOf = Callable[[Criteria, datetime], int]


def notices(
    asked: Asked, answer: Answer | None, ranked: Ranked | None, total_of: TotalOf, shown: tuple[Result, ...]
) -> tuple[Notice, ...]:
    """The notices of an answer, the weightiest first."""
    if answer is None or answer.total == 0:
        return tuple(_nothing(asked, total_of))
    found = []
    if asked.words and not asked.query.words:
        found.append(Notice("words_dropped", tuple(term.token.text for term in asked.words)))
    if ranked is not None:
        found += _widened(asked, answer, ranked)
    if shown and all(result.readiness == "lead" for result in shown):
        found.append(Notice("only_leads"))
    return tuple(found)


def _nothing(asked: Asked, total_of: TotalOf) -> Iterator[Notice]:
    yield Notice("nothing_found", tuple(term.token.text for term in asked.words))
    if any(getattr(asked.criteria, fence) is not None for fence in FENCES):
        wider = without_fences(asked.criteria)
        if total_of(wider, asked.now):
            yield Notice("nothing_in_fence", criteria=wider)


def _widened(asked: Asked, answer: Answer, ranked: Ranked) -> Iterator[Notice]:
    """Nothing around the corner within the person's limit: how far one has to look."""
    candidates = answer.candidates
    asked_for = candidates.need > 0 if asked.query.needs else np.ones(len(candidates), np.bool_)
    distances = candidates.distance_m[asked_for & ~ranked.wide]
    if asked.where.centre is None or not len(distances) or np.isnan(distances).all():
        return
    limit = asked.criteria.minutes or threshold("near_minutes")
    nearest = np.array([np.nanmin(distances)])
    (ring,) = rings_m(nearest, limit, asked.mode)
    (first,) = rings_m(np.zeros(1), limit, asked.mode)
    if ring != first:
        yield Notice("widened", ring_m=ring)
