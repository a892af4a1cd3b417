"""The screen of the 8 B's: every verdict for one listing and one person, with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from service.eight_b import (
    begrijpbaar,
    begripvol,
    bekend,
    bereikbaar,
    beschikbaar,
    betaalbaar,
    betrouwbaar,
    bruikbaar,
)
from service.eight_b.criterion import Criterion, Faces, Outcome
from service.eight_b.evaluate import passes
from service.eight_b.facts import Facts
from service.eight_b.situation import Situation
from service.eight_b.verdict import Verdict, fits_clause, verdict_of
from service.model.clauses import Clause

CRITERIA: Mapping[str, tuple[Criterion, ...]] = {
    "bereikbaar": bereikbaar.CRITERIA,
    "beschikbaar": beschikbaar.CRITERIA,
    "betaalbaar": betaalbaar.CRITERIA,
    "bruikbaar": bruikbaar.CRITERIA,
    "begrijpbaar": begrijpbaar.CRITERIA,
    "betrouwbaar": betrouwbaar.CRITERIA,
    "bekend": bekend.CRITERIA,
    "begripvol": begripvol.CRITERIA,
}
"""The criteria per B, in the order the policy text gives the eight."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The criteria prepared once for a situation, to be held against many listings."""

    faces: Mapping[str, tuple[tuple[Criterion, Faces], ...]]

    def verdicts(self, facts: Facts) -> dict[str, Verdict]:
        """The eight verdicts for one listing, by B."""
        return {b: self._verdict(pairs, facts) for b, pairs in self.faces.items()}

    def fits(self, b: str) -> Clause:
        """The clause over the index of getting the verdict ``fits`` on one B. Raises KeyError for no B."""
        return fits_clause([faces for _, faces in self.faces[b]])

    def _verdict(self, pairs: tuple[tuple[Criterion, Faces], ...], facts: Facts) -> Verdict:
        applying = [(c, faces) for c, faces in pairs if passes(faces.applies, facts)]
        return verdict_of(tuple([(c, faces.asked, outcome_of(faces, facts)) for c, faces in applying]))


_PLACE = frozenset({"centre", "radius_m", "zones"})


def prepare(situation: Situation) -> Screen:
    """The screen for one person."""
    prepared = {}
    for b, criteria in CRITERIA.items():
        pairs = [(criterion, _faces(criterion, situation)) for criterion in criteria]
        prepared[b] = tuple([(criterion, faces) for criterion, faces in pairs if faces is not None])
    return Screen(prepared)


def _faces(criterion: Criterion, situation: Situation) -> Faces | None:
    asked = tuple([(name, getattr(situation, name)) for name in criterion.asks])
    # Where somebody starts is hardly ever the same twice, and nothing to be kept.
    return _made(criterion, asked) if _PLACE.intersection(criterion.asks) else _kept(criterion, asked)


def _made(criterion: Criterion, asked: tuple[tuple[str, Any], ...]) -> Faces | None:
    return criterion.faces(Situation(**{"today": 0, **dict(asked)}))


_kept = lru_cache(maxsize=2_000)(_made)
"""Each criterion by itself sees few different situations: closed codes, no place, and no person in whole."""


def outcome_of(faces: Faces, facts: Facts) -> Outcome:
    """The outcome of one criterion for one listing: barrier before attention before pass, else unknown."""
    if passes(faces.barrier, facts):
        return "barrier"
    if passes(faces.attention, facts):
        return "attention"
    return "pass" if passes(faces.passes, facts) else "unknown"
