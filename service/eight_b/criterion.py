"""A criterion of the screen: one question to the facts, with the clauses that answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Clause, Not, OneOf

Outcome = Literal["pass", "attention", "barrier", "unknown"]
NEVER: Clause = OneOf(())
ALWAYS: Clause = AllOf(())


@dataclass(frozen=True, slots=True)
class Faces:
    """The clauses of one criterion for one situation, over the index's fact columns.

    A barrier wins over attention, attention over a pass; where none holds the answer is unknown. ``applies``
    is where the question makes sense at all: a helpline has no travelling time. ``asked`` says that this
    situation calls for it, so that not knowing matters.
    """

    passes: Clause
    attention: Clause = NEVER
    barrier: Clause = NEVER
    applies: Clause = ALWAYS
    asked: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Criterion:
    """One criterion, the same only as itself.

    ``faces`` gives its clauses for a situation, or None when the situation makes it pointless. ``reads``
    names the fact columns, ``asks`` the parts of the situation: ``faces`` is shown no other. ``sentences``
    has the English message per outcome that can come (translated by the pages and the API), ``rule`` the
    source of the rule.
    """

    name: str
    b: str
    reads: tuple[str, ...]
    asks: tuple[str, ...]
    faces: Callable[[Situation], Faces | None]
    sentences: dict[Outcome, str]
    rule: str


def clause_for(faces: Faces, outcome: Outcome) -> Clause:
    """The clause over the index of having this outcome (and of the criterion applying)."""
    barrier = faces.barrier
    attention = AllOf((Not(barrier), faces.attention))
    passes = AllOf((Not(barrier), Not(faces.attention), faces.passes))
    unknown = Not(OneOf((barrier, faces.attention, faces.passes)))
    chosen = {"barrier": barrier, "attention": attention, "pass": passes, "unknown": unknown}[outcome]
    return AllOf((faces.applies, chosen))
