"""The screen of the 8 B's: every verdict for one listing and one person, with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from service.eight_b.criterion import Answer, Criterion, Faces, Outcome
from service.eight_b.evaluate import passes
from service.eight_b.facts import Facts
from service.eight_b.situation import Situation
from service.eight_b.verdict import Verdict, fits_clause, verdict_of
from service.model.clauses import Clause, Has

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
        return verdict_of(tuple([(c, faces.asked, answer_of(faces, facts)) for c, faces in applying]))


_PLACE = frozenset({"centre", "radius_m", "zones"})
_TOPICS = {"times": "hours"}  # what fields feed where the column is called otherwise


def prepare(situation: Situation) -> Screen:
    """The screen for one person."""
    prepared = {}
    for b, criteria in CRITERIA.items():
        pairs = [(criterion, _faces(criterion, situation)) for criterion in criteria]
        prepared[b] = tuple([(criterion, faces) for criterion, faces in pairs if faces is not None])
    return Screen(prepared)


def _faces(criterion: Criterion, situation: Situation) -> Faces | None:
    asked = (situation.ticks & criterion.ticks, *[getattr(situation, name) for name in criterion.asks])
    # Where somebody starts is hardly ever the same twice, and nothing to be kept.
    return _made(criterion, asked) if _PLACE.intersection(criterion.asks) else _kept(criterion, asked)


def _made(criterion: Criterion, asked: tuple[Any, ...]) -> Faces | None:
    """The faces for so much of a situation as the criterion asks: its ticks, then the parts it names."""
    shown = dict(zip(("ticks", *criterion.asks), asked, strict=True))
    faces = criterion.faces(Situation(**{"today": 0, **shown}))
    if faces is None:
        return None
    topics = frozenset(_TOPICS.get(name, name) for name in criterion.reads)
    return _one(replace(faces, doubt=Has("disputed", topics)))


_kept = lru_cache(maxsize=4_000)(_made)
"""Each criterion by itself sees few different situations: closed codes, no place, and no person in whole."""


@lru_cache(maxsize=4_000)
def _one(faces: Faces) -> Faces:
    """The first of equal faces, so that what follows from them is kept under their identity."""
    return faces


def answer_of(faces: Faces, facts: Facts) -> Answer:
    """What one criterion answers for one listing: barrier before attention before pass, else unknown.

    Where its facts are in dispute any answer is that.
    """
    faced: tuple[tuple[Outcome, Clause], ...] = (
        ("barrier", faces.barrier),
        ("attention", faces.attention),
        ("pass", faces.passes),
    )
    for outcome, clause in faced:
        if passes(clause, facts):
            return "disputed" if passes(faces.doubt, facts) else outcome
    return "unknown"


def outcome_of(faces: Faces, facts: Facts) -> Outcome:
    """The outcome of one criterion for one listing; what is in dispute asks for attention."""
    answer = answer_of(faces, facts)
    return "attention" if answer == "disputed" else answer
