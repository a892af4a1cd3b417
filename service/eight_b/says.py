"""Short ways to write the clauses that several criteria share."""

from __future__ import annotations

from collections.abc import Callable

from service.eight_b.criterion import NEVER, Faces
from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Between, Clause, Has, Known, Not

LATEST = 1e9  # days or minutes; later than any date


def has(column: str, *codes: str) -> Has:
    """The column holds one of the codes."""
    return Has(column, frozenset(codes))


def yes(fact: str) -> Has:
    """It is known to be so."""
    return Has("yes", frozenset((fact,)))


def no(fact: str) -> Has:
    """It is known not to be so."""
    return Has("no", frozenset((fact,)))


def known_not(column: str, clause: Clause) -> Clause:
    """Something is known of the column, and the clause does not hold."""
    return AllOf((Known(column), Not(clause)))


def fresh(column: str, situation: Situation) -> Clause:
    """What is said in a column that ages has not expired at this minute."""
    return Between(f"{column}_until", situation.minute + 1, LATEST)


def at_most(column: str, number: float) -> Clause:
    """The number is known and not higher."""
    return Between(column, -LATEST, number)


def wish(fact: str, *ticks: str, against: str = "attention") -> Callable[[Situation], Faces]:
    """The faces of a fact that is good to have: a no weighs only for somebody who asked with one of ticks.

    ``against`` is what a no is then: attention or barrier.
    """

    def faces(situation: Situation) -> Faces:
        if situation.ticks.isdisjoint(ticks):
            return Faces(yes(fact), applies=Not(no(fact)))
        if against == "barrier":
            return Faces(yes(fact), NEVER, no(fact), asked=True)
        return Faces(yes(fact), no(fact), asked=True)

    return faces
