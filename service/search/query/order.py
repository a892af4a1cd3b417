"""The order of the results: by points, with both lanes and both kinds of help in sight."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from service.geo.travel import radius_m
from service.model.clauses import Clause, Has, Known, Not, OneOf
from service.search.engine.base import Candidates
from service.search.engine.masks import Bits, Flags, Masks
from service.search.query.ask import Asked, is_sure
from service.search.query.rank import AT_LIMIT, Ranked
from service.search.query.result import Nearest

IN_SIGHT = 5
"""Both of two kinds stand among so many first results where both are found."""

RINGS = 9
"""Rings of distance: the person's limit, then twice as far each; the ninth goes beyond the country."""

_HELD = 0.5  # from here a listing holds the words: all in its text, or most in its name
_AROUND_PER_WIDE = 2  # around the corner before far away; alone where nobody said where
_Order = NDArray[np.intp]


def ordered(
    candidates: Candidates, ranked: Ranked, asked: Asked, masks: Masks, nearest: Mapping[int, Nearest]
) -> _Order:
    """Places of the candidates, best first.

    What answers a need stands before what only holds the words, where the need is sure. Within each, both
    lanes by points (among equals the nearer, then the better text), one of the wide lane after two of the
    other; then what would be out of sight is brought into it: the first of each kind, and the ``nearest``
    with and without something in the way.
    """
    # Not-a-number is sorted behind every distance.
    by_points = np.lexsort((-candidates.text, candidates.distance_m, -ranked.total))
    answers = _answers(candidates, asked)
    found: list[int] = []
    for tier in (answers, ~answers):
        rows = by_points[tier[by_points]]
        mixed = _lanes(rows, ranked, has_centre=asked.where.centre is not None)
        kinds = [masks.bits(kind) for kind in _kinds(asked)]
        kinds += [1 << row for row in nearest]
        mixed = _in_sight(mixed, kinds)
        found += mixed
    return np.array(found, np.intp)


def rings_m(distance_m: NDArray[np.float64], limit_minutes: float, mode: str) -> list[int | None]:
    """The outer edge of the ring that each distance lies in; None without a distance."""
    edges = _edges_m(limit_minutes, mode)
    at = np.minimum(np.searchsorted(edges, distance_m), RINGS - 1).tolist()
    metres = distance_m.tolist()
    return [None if math.isnan(d) else round(edges[i]) for d, i in zip(metres, at, strict=True)]


@lru_cache(maxsize=1_000)
def _edges_m(limit_minutes: float, mode: str) -> list[float]:
    return [radius_m(limit_minutes * 2**ring, mode) for ring in range(RINGS)]


def _answers(candidates: Candidates, asked: Asked) -> Flags:
    if not asked.query.needs:
        return np.ones(len(candidates), np.bool_)
    answers: Flags = candidates.need > 0
    return answers if is_sure(asked.query.needs) else answers | (candidates.text >= _HELD)


def _lanes(rows: _Order, ranked: Ranked, *, has_centre: bool) -> list[int]:
    """Both lanes in turn, each in its own order; wide help leads where it is better and nothing is near."""
    is_wide = ranked.wide[rows]
    wide: list[int] = rows[is_wide].tolist()
    around: list[int] = rows[~is_wide].tolist()
    turn = _AROUND_PER_WIDE if has_centre else 1
    mixed: list[int] = []
    if wide and around:
        is_near = has_centre and ranked.parts["distance"][around[0]] >= AT_LIMIT
        if not is_near and ranked.total[wide[0]] > ranked.total[around[0]]:
            mixed.append(wide.pop(0))
    turns = min(len(wide), -(-len(around) // turn))
    for at in range(turns):
        mixed += [*around[at * turn : (at + 1) * turn], wide[at]]
    return mixed + around[turns * turn :] + wide[turns:]


def nearest_options(
    candidates: Candidates, ranked: Ranked, asked: Asked, barred: Flags
) -> dict[int, Nearest]:
    """The nearest option where something is in the way and the nearest without, if the first is nearer."""
    distance_m = np.where(ranked.wide | ~_answers(candidates, asked), np.nan, candidates.distance_m)
    free_m = np.where(barred, np.nan, distance_m)
    if np.isnan(free_m).all():
        return {}
    first, free = int(np.nanargmin(distance_m)), int(np.nanargmin(free_m))
    return {} if not barred[first] else {first: "with_barrier", free: "without_barrier"}


def _kinds(asked: Asked) -> list[Clause]:
    """Kinds of help of which none may be out of sight."""
    kinds: list[Clause] = [Has("provision", frozenset((each,))) for each in ("informal", "professional")]
    if asked.situation.audience:
        universal = OneOf((Has("audience", frozenset({"everyone"})), Not(Known("audience"))))
        kinds += [Has("audience", asked.situation.audience), universal]
    return kinds


def _in_sight(rows: list[int], kinds: Sequence[Bits]) -> list[int]:
    """The rows with the first of every kind in sight, those from further down as the last there."""
    head = rows[:IN_SIGHT]
    held = [kind for kind in kinds if not any(kind >> row & 1 for row in head)]
    if not held:
        return rows
    firsts = (next((row for row in rows if kind >> row & 1), None) for kind in kinds)
    wanted = list(dict.fromkeys(row for row in firsts if row is not None))[:IN_SIGHT]
    others = [row for row in head if row not in wanted][: IN_SIGHT - len(wanted)]
    staying = [row for row in head if row in wanted or row in others]
    brought = [row for row in wanted if row not in head]
    shown = {*staying, *brought}
    return staying + brought + [row for row in rows if row not in shown]
