"""The screen of the 8 B's over many candidates at once: verdicts for a page, fit for the ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from service.eight_b.criterion import ALWAYS, NEVER, Answer, Criterion, Faces, clause_for
from service.eight_b.screen import Screen, prepare
from service.eight_b.situation import Situation
from service.eight_b.verdict import Judged, Verdict, verdict_of
from service.model import terms
from service.model.clauses import AllOf, Clause
from service.search.query.masks import Bits, Masks, rows_of

# What an outcome is worth for the fit: not knowing stands between a pass and a barrier, below attention.
WORTH: Mapping[Answer, float] = {
    "unknown": 0.4, "pass": 1.0, "attention": 0.5, "barrier": 0.0, "disputed": 0.5,
}  # fmt: skip
OUTCOMES = tuple(WORTH)
_OWN_PARTS = frozenset({"travel", "need"})  # distance and need have parts of the ranking for themselves

Pair = tuple[Criterion, Faces]


def persons_criteria(screen: Screen, situation: Situation) -> list[Pair]:
    """The criteria that this person's situation brings in or changes, save those with a part of their own."""
    usual = _general(situation.today, situation.minute)
    return [
        (criterion, faces)
        for pairs in screen.faces.values()
        for criterion, faces in pairs
        if criterion.name not in _OWN_PARTS and usual.get(criterion) is not faces
    ]


def fit_values(
    pairs: Sequence[Pair], masks: Masks, size: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Per candidate the sum of the worths of these criteria, and how many of them count.

    Not knowing counts only for what this situation asks for.
    """
    total, count = np.zeros(size), np.zeros(size)
    for _criterion, faces in pairs:
        for outcome, held in zip(OUTCOMES, outcomes(faces, masks), strict=True):
            if held and (faces.asked or outcome != "unknown"):
                flags = masks.flags(held)
                total += WORTH[outcome] * flags
                count += flags
    return total, count


def outcomes(faces: Faces, masks: Masks) -> tuple[Bits, Bits, Bits, Bits, Bits]:
    """The candidates of each of OUTCOMES, of those that the criterion applies to."""
    applies, passes = masks.bits(faces.applies), masks.bits(faces.passes)
    barrier = 0 if faces.barrier is NEVER else masks.bits(faces.barrier) & applies
    attention = 0 if faces.attention is NEVER else masks.bits(faces.attention) & applies & ~barrier
    passes &= applies & ~(barrier | attention)
    unknown = applies ^ (barrier | attention | passes)
    doubt = masks.bits(faces.doubt) & applies & ~unknown
    if doubt:
        barrier, passes, attention = barrier & ~doubt, passes & ~doubt, attention & ~doubt
    return unknown, passes, attention, barrier, doubt


def verdicts(screen: Screen, masks: Masks, rows: NDArray[np.intp]) -> list[dict[str, Verdict]]:
    """The eight verdicts of these candidates; equal to `Screen.verdicts` on their facts.

    Candidates with the same outcomes share one verdict: there are few patterns on a page.
    """
    found: dict[int, dict[str, Verdict]] = {row: {} for row in rows.tolist()}
    page = sum(1 << row for row in found)
    for b, pairs in screen.faces.items():
        for pattern, held in _patterns(pairs, masks, page):
            verdict = verdict_of(pattern)
            for row in rows_of(held):
                found[row][b] = verdict
    return list(found.values())


def _patterns(pairs: Sequence[Pair], masks: Masks, page: Bits) -> list[tuple[tuple[Judged, ...], Bits]]:
    """The page cut into candidates with the same outcomes of the criteria that apply to them."""
    cut: list[tuple[tuple[Judged, ...], Bits]] = [((), page)]
    for criterion, faces in pairs:
        parts: list[tuple[tuple[Judged, ...], Bits]] = [
            (((criterion, faces.asked, outcome),), held)
            for outcome, held in zip(OUTCOMES, outcomes(faces, masks), strict=True)
            if held & page
        ]
        if faces.applies is not ALWAYS:
            parts.append(((), masks.everyone ^ masks.bits(faces.applies)))
        cut = [(pattern + part, both) for pattern, had in cut for part, held in parts if (both := had & held)]
    return cut


def situation_counts(masks: Masks, situation: Situation) -> Mapping[str, int]:
    """Per code of the list of situations how many candidates are known to suit it, none left out."""
    suiting = _suiting(situation.today, situation.minute)
    counts = {tick: masks.bits(clause).bit_count() for tick, clause in suiting.items()}
    return {tick: count for tick, count in counts.items() if count}


@lru_cache(maxsize=4)
def _general(today: int, minute: int) -> Mapping[Criterion, Faces]:
    usual = prepare(Situation(today, minute))
    return {criterion: faces for pairs in usual.faces.values() for criterion, faces in pairs}


@lru_cache(maxsize=4)
def _suiting(today: int, minute: int) -> Mapping[str, Clause]:
    """Per situation the clause of suiting it; a situation that no criterion reads is left out."""
    found: dict[str, Clause] = {}
    for tick in terms.values("situation"):
        one = Situation(today, minute, ticks=frozenset((tick,)))
        pairs = persons_criteria(prepare(one), one)
        if pairs:
            found[tick] = AllOf(tuple(clause_for(faces, "pass") for _criterion, faces in pairs))
    return found
