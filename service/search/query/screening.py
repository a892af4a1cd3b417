"""The screen of the 8 B's over many candidates at once: verdicts for a page, fit for the ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from service.eight_b.criterion import NEVER, Criterion, Faces, Outcome, clause_for
from service.eight_b.screen import Screen, prepare
from service.eight_b.situation import Situation
from service.eight_b.verdict import Verdict, verdict_of
from service.model import terms
from service.model.clauses import AllOf, Clause
from service.search.query.masks import Flags, Masks

OUTCOMES: tuple[Outcome, ...] = ("unknown", "pass", "attention", "barrier")
# What an outcome is worth for the fit: not knowing stands between a pass and a barrier, below attention.
WORTH = np.array([0.4, 1.0, 0.5, 0.0])
_NOT_APPLYING = np.int8(-1)
_OWN_PARTS = frozenset({"travel", "need"})  # distance and need have parts of the ranking for themselves

Pair = tuple[Criterion, Faces]


def persons_criteria(screen: Screen, today: int) -> list[Pair]:
    """The criteria that this person's situation brings in or changes, save those with a part of their own."""
    general = _general(today)
    found = []
    for b, pairs in screen.faces.items():
        usual = {criterion.name: faces for criterion, faces in general.faces[b]}
        found += [
            (criterion, faces)
            for criterion, faces in pairs
            if criterion.name not in _OWN_PARTS and usual.get(criterion.name) != faces
        ]
    return found


def fit_values(
    pairs: Sequence[Pair], masks: Masks, size: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Per candidate the sum of the worths of these criteria, and how many of them count.

    Not knowing counts only for what this situation asks for.
    """
    total, count = np.zeros(size), np.zeros(size)
    for _criterion, faces in pairs:
        applies, outcome = outcomes(faces, masks)
        counts = applies if faces.asked else applies & (outcome != 0)
        total += np.where(counts, WORTH[outcome], 0.0)
        count += counts
    return total, count


def outcomes(faces: Faces, masks: Masks) -> tuple[Flags, NDArray[np.int8]]:
    """Per candidate whether the criterion applies, and its outcome as a place in OUTCOMES."""
    outcome = masks.passing(faces.passes).astype(np.int8)
    if faces.attention != NEVER:
        outcome[masks.passing(faces.attention)] = OUTCOMES.index("attention")
    if faces.barrier != NEVER:
        outcome[masks.passing(faces.barrier)] = OUTCOMES.index("barrier")
    return masks.passing(faces.applies), outcome


def verdicts(screen: Screen, masks: Masks, rows: NDArray[np.intp]) -> list[dict[str, Verdict]]:
    """The eight verdicts of these candidates; equal to `Screen.verdicts` on their facts.

    Candidates with the same outcomes share one verdict: there are few patterns on a page.
    """
    found: list[dict[str, Verdict]] = [{} for _ in rows]
    for b, pairs in screen.faces.items():
        judged = (outcomes(faces, masks) for _criterion, faces in pairs)
        tables = [
            np.where(applies[rows], outcome[rows], _NOT_APPLYING).tolist() for applies, outcome in judged
        ]
        made: dict[tuple[int, ...], Verdict] = {}
        for row, pattern in zip(found, zip(*tables, strict=True), strict=True):
            if pattern not in made:
                made[pattern] = verdict_of(
                    [(*pair, OUTCOMES[at]) for pair, at in zip(pairs, pattern, strict=True) if at >= 0]
                )
            row[b] = made[pattern]
    return found


def situation_counts(masks: Masks, today: int) -> Mapping[str, int]:
    """Per code of the list of situations how many candidates are known to suit it, none left out."""
    counts = {tick: int(np.count_nonzero(masks.passing(clause))) for tick, clause in _suiting(today).items()}
    return {tick: count for tick, count in counts.items() if count}


@lru_cache(maxsize=4)
def _general(today: int) -> Screen:
    return prepare(Situation(today))


@lru_cache(maxsize=4)
def _suiting(today: int) -> Mapping[str, Clause]:
    """Per situation the clause of suiting it; a situation that no criterion reads is left out."""
    found: dict[str, Clause] = {}
    for tick in terms.values("situation"):
        pairs = persons_criteria(prepare(Situation(today, ticks=frozenset((tick,)))), today)
        if pairs:
            found[tick] = AllOf(tuple(clause_for(faces, "pass") for _criterion, faces in pairs))
    return found
