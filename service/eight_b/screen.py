"""The screen of the 8 B's: every verdict for one listing and one person, with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
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


ORDER: tuple[Criterion, ...] = tuple(criterion for each in CRITERIA.values() for criterion in each)
"""Every criterion, in the order of `CRITERIA`."""


@dataclass(frozen=True, slots=True)
class Screen:
    """The criteria prepared once for a situation, to be held against many listings.

    ``general`` are the faces of every criterion where nothing is said about a person, ``changed`` those that
    this situation brings in or changes; None is a criterion that is pointless.
    """

    general: Mapping[Criterion, Faces | None]
    changed: Mapping[Criterion, Faces | None]

    @property
    def faces(self) -> dict[str, list[tuple[Criterion, Faces]]]:
        """Per B the criteria that are not pointless, with their faces."""
        held = {**self.general, **self.changed}
        return {b: [(c, faces) for c in each if (faces := held[c])] for b, each in CRITERIA.items()}

    def verdicts(self, facts: Facts) -> dict[str, Verdict]:
        """The eight verdicts for one listing, by B."""
        return {b: verdict_of_pairs(pairs, facts) for b, pairs in self.faces.items()}

    def fits(self, b: str) -> Clause:
        """The clause over the index of getting the verdict ``fits`` on one B. Raises KeyError for no B."""
        return fits_clause([faces for _, faces in self.faces[b]])


def verdict_of_pairs(pairs: Sequence[tuple[Criterion, Faces]], facts: Facts) -> Verdict:
    """The verdict on one B, from its criteria with their faces."""
    applying = [(c, faces) for c, faces in pairs if passes(faces.applies, facts)]
    return verdict_of(tuple([(c, faces.asked, answer_of(faces, facts)) for c, faces in applying]))


_PLACE = frozenset({"centre", "radius_m", "zones"})
_TOPICS = {"times": "hours"}  # what fields feed where the column is called otherwise
_USUAL = Situation(0)
_ALWAYS_SAID = frozenset({"today", "minute", "ticks", "radius_m"})


def prepare(situation: Situation) -> Screen:
    """The screen for one person."""
    general = _general(situation.today, situation.minute)
    changed = {}
    for criterion in _touched(situation):
        faces = _faces(criterion, situation)
        if faces is not general[criterion]:
            changed[criterion] = faces
    return Screen(general, changed)


@lru_cache(maxsize=4)
def _general(today: int, minute: int) -> Mapping[Criterion, Faces | None]:
    usual = Situation(today, minute)
    return {criterion: _faces(criterion, usual) for criterion in ORDER}


def _touched(situation: Situation) -> dict[Criterion, None]:
    """The criteria that look at something that was said."""
    found: dict[Criterion, None] = {}
    for name, usual in _parts():
        if getattr(situation, name) != usual:
            found.update(dict.fromkeys(_asking()[name]))
    for tick in situation.ticks:
        found.update(dict.fromkeys(_asking().get(f"tick {tick}", ())))
    return found


@cache
def _parts() -> tuple[tuple[str, Any], ...]:
    names = [each.name for each in fields(Situation) if each.name not in _ALWAYS_SAID]
    return tuple((name, getattr(_USUAL, name)) for name in names if name in _asking())


@cache
def _asking() -> Mapping[str, tuple[Criterion, ...]]:
    """Per part of a situation, and per tick, the criteria that look at it."""
    found: dict[str, list[Criterion]] = {}
    for criterion in ORDER:
        for name in (*criterion.asks, *(f"tick {tick}" for tick in criterion.ticks)):
            found.setdefault(name, []).append(criterion)
    return {name: tuple(held) for name, held in found.items()}


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
    return replace(faces, doubt=Has("disputed", topics))


@lru_cache(maxsize=1_000)
def _kept(criterion: Criterion, asked: tuple[Any, ...]) -> Faces | None:
    """Each criterion by itself sees few different situations: closed codes, no place, no person in whole."""
    faces = _made(criterion, asked)
    return None if faces is None else _first(faces)


@lru_cache(maxsize=1_000)
def _first(faces: Faces) -> Faces:
    """The first of equal faces, so that those that a situation leaves as they are can be told."""
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
