"""A criterion of the screen: one question to the facts, with the clauses that answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Clause, Not, OneOf

Outcome = Literal["pass", "attention", "barrier", "unknown"]
Answer = Literal["pass", "attention", "barrier", "unknown", "disputed"]
"""An outcome, or that sources disagree: then the outcome is attention, for that reason."""
NEVER: Clause = OneOf(())
ALWAYS: Clause = AllOf(())


@dataclass(frozen=True, slots=True)
class Faces:
    """The clauses of one criterion for one situation, over the index's fact columns.

    A barrier wins over attention, attention over a pass; where none holds the answer is unknown. ``applies``
    is where the question makes sense at all: a helpline has no travelling time. ``asked`` says that this
    situation calls for it, so that not knowing matters. ``doubt`` is where two sources say different things
    about what the criterion reads: any answer but unknown is then attention.
    """

    passes: Clause
    attention: Clause = NEVER
    barrier: Clause = NEVER
    applies: Clause = ALWAYS
    asked: bool = False
    doubt: Clause = NEVER


@dataclass(frozen=True, slots=True, eq=False)
class Criterion:
    """One criterion, the same only as itself.

    ``faces`` gives its clauses for a situation, or None when the situation makes it pointless. ``reads``
    names the columns and the facts that are a yes or a no, ``asks`` the parts of the situation and ``ticks``
    the ticks that it looks at: ``faces`` is shown no other. ``sentences`` has the English message per outcome
    that can come (translated by the pages and the API), ``general`` has others for where nobody asked,
    ``rule`` is the source of the rule.
    """

    name: str
    b: str
    reads: tuple[str, ...]
    asks: tuple[str, ...]
    faces: Callable[[Situation], Faces | None]
    sentences: dict[Outcome, str]
    rule: str
    ticks: frozenset[str] = frozenset()
    general: dict[Outcome, str] = field(default_factory=dict)


DISPUTE: dict[Outcome, str] = {"attention": "Two sources say different things about this"}
IN_DISPUTE = DISPUTE["attention"]
"""The sentence of a criterion whose facts are in dispute."""


def clause_for(faces: Faces, outcome: Outcome) -> Clause:
    """The clause over the index of having this outcome (and of the criterion applying)."""
    doubt = faces.doubt
    barrier = all_of(faces.barrier, none_of(doubt))
    if outcome == "barrier":
        return all_of(faces.applies, barrier)
    known = one_of(faces.barrier, faces.attention, faces.passes)
    if outcome == "unknown":
        return all_of(faces.applies, none_of(known))
    attention = one_of(all_of(none_of(faces.barrier), faces.attention), all_of(doubt, known))
    if outcome == "attention":
        return all_of(faces.applies, attention)
    return all_of(
        faces.applies, faces.passes, none_of(doubt), none_of(faces.barrier), none_of(faces.attention)
    )


def all_of(*parts: Clause) -> Clause:
    """All of these, without what is always so."""
    left = tuple(part for part in parts if part != ALWAYS)
    return NEVER if NEVER in left else left[0] if len(left) == 1 else AllOf(left)


def one_of(*parts: Clause) -> Clause:
    """At least one of these, without what never is so."""
    left = tuple(part for part in parts if part != NEVER)
    return ALWAYS if ALWAYS in left else left[0] if len(left) == 1 else OneOf(left)


def none_of(part: Clause) -> Clause:
    """Not this; of what is always or never so the other of the two."""
    return ALWAYS if part == NEVER else NEVER if part == ALWAYS else Not(part)
