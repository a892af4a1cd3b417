"""The screen of the 8 B's over many candidates at once: verdicts for a page, fit for the ranking."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from service.eight_b.criterion import Criterion, Faces, Outcome
from service.eight_b.screen import Screen, prepare
from service.eight_b.situation import Situation
from service.eight_b.verdict import Verdict, verdict_of
from service.model import terms
from service.search.query.masks import Facts, Flags, Masks

OUTCOMES: tuple[Outcome, ...] = ("unknown", "pass", "attention", "barrier")
# What an outcome is worth for the fit: not knowing stands between a pass and a barrier, below attention.
WORTH = np.array([0.4, 1.0, 0.5, 0.0])
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
    """Per candidate the sum of the worths of these criteria, and how many of them apply."""
    total, count = np.zeros(size), np.zeros(size)
    for _criterion, faces in pairs:
        applies, outcome = outcomes(faces, masks)
        total += np.where(applies, WORTH[outcome], 0.0)
        count += applies
    return total, count


def outcomes(faces: Faces, masks: Masks) -> tuple[Flags, NDArray[np.int8]]:
    """Per candidate whether the criterion applies, and its outcome as a place in OUTCOMES."""
    outcome = np.where(
        masks.passing(faces.barrier),
        np.int8(3),
        np.where(
            masks.passing(faces.attention),
            np.int8(2),
            np.where(masks.passing(faces.passes), np.int8(1), np.int8(0)),
        ),
    )
    return masks.passing(faces.applies), outcome


def verdicts(
    screen: Screen, facts: Facts, rows: NDArray[np.intp], masks_of: Callable[[Facts, int], Masks]
) -> list[dict[str, Verdict]]:
    """The eight verdicts of each of these candidates; equal to `Screen.verdicts` on their facts."""
    chosen = {name: values[rows] for name, values in facts.items()}
    masks = masks_of(chosen, len(rows))
    found: list[dict[str, Verdict]] = [{} for _ in rows]
    for b, pairs in screen.faces.items():
        tables = [(pair, *(each.tolist() for each in outcomes(pair[1], masks))) for pair in pairs]
        for row, verdict in enumerate(found):
            verdict[b] = verdict_of(
                [(*pair, OUTCOMES[outcome[row]]) for pair, applies, outcome in tables if applies[row]]
            )
    return found


def situation_counts(masks: Masks, size: int, today: int) -> Mapping[str, int]:
    """Per code of the list of situations how many candidates are known to suit it, none left out."""
    found = {}
    for tick, pairs in _by_tick(today).items():
        suits = np.ones(size, np.bool_)
        for _criterion, faces in pairs:
            applies, outcome = outcomes(faces, masks)
            suits &= applies & (outcome == 1)
        count = int(np.count_nonzero(suits))
        if count:
            found[tick] = count
    return found


@lru_cache(maxsize=4)
def _general(today: int) -> Screen:
    return prepare(Situation(today))


@lru_cache(maxsize=4)
def _by_tick(today: int) -> Mapping[str, list[Pair]]:
    """Per situation the criteria that it brings in; a situation that no criterion reads is left out."""
    by_tick = {
        tick: persons_criteria(prepare(Situation(today, ticks=frozenset((tick,)))), today)
        for tick in terms.values("situation")
    }
    return {tick: pairs for tick, pairs in by_tick.items() if pairs}
