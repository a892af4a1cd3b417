"""How a listing stands on the 8 B's for a person of whom nothing is known, and which situations it suits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, TypeVar

from service.config import TIMEZONE
from service.eight_b.criterion import Criterion, Faces
from service.eight_b.evaluate import passes
from service.eight_b.facts import Facts
from service.eight_b.screen import Screen, prepare, verdict_of_pairs
from service.eight_b.situation import Situation
from service.hsds.taxonomies import SITUATION, B
from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within
from service.model.listing import Listing
from service.model.moments import minute_of
from service.search.index.document import facts_of
from service.search.query.screening import suiting_clauses

Verdicts = tuple[tuple[str, str], ...]
EPOCH = date(1970, 1, 1)
_MOST = 50_000  # of the patterns kept per question; a hundred thousand listings have some thousands

Key = TypeVar("Key")
Kept = TypeVar("Kept")
Leaf = Has | Known | Between | Within


class _Question:
    """One thing asked of every listing; listings that pass the same of its leaves get the same answer."""

    def __init__(self, leaves: int, ask: Callable[[Facts], Verdicts]) -> None:
        self.leaves = leaves
        self.ask = ask
        self.answers: dict[int, Verdicts] = {}


class _Judge:
    """The screen of one day over many listings.

    Every leaf of every clause has a bit. A column's value gives the bits of the leaves that it passes, and
    the bits that a question looks at give its answer; both are found once and then looked up.
    """

    def __init__(self, day: date) -> None:
        # what expires in the course of the day is not known on it, so that a verdict holds until midnight
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), TIMEZONE)
        general = Situation((day - EPOCH).days, minute_of(midnight))
        self._leaves: dict[str, list[tuple[int, Leaf]]] = {}
        self._bits: dict[Leaf, int] = {}
        self._passed: dict[tuple[str, Any], int] = {}
        self._questions = [*self._of_bs(prepare(general)), *self._of_situations(general)]

    def verdicts(self, columns: Mapping[str, Any]) -> Verdicts:
        """What holds of a listing with these fact columns."""
        passed, facts = 0, None
        for column in self._leaves:
            value = columns.get(column)
            key = (column, tuple(value) if isinstance(value, list) else value)
            bits = self._passed.get(key)
            if bits is None:
                facts = facts or Facts.from_columns(columns)
                bits = self._keep(self._passed, key, self._pass(column, facts))
            passed |= bits
        found: list[tuple[str, str]] = []
        for question in self._questions:
            pattern = passed & question.leaves
            answer = question.answers.get(pattern)
            if answer is None:
                facts = facts or Facts.from_columns(columns)
                answer = self._keep(question.answers, pattern, question.ask(facts))
            found += answer
        return tuple(found)

    def _pass(self, column: str, facts: Facts) -> int:
        return sum(1 << number for number, leaf in self._leaves[column] if passes(leaf, facts))

    @staticmethod
    def _keep(kept: dict[Key, Kept], key: Key, value: Kept) -> Kept:
        if len(kept) >= _MOST:
            kept.clear()
        kept[key] = value
        return value

    def _of_bs(self, screen: Screen) -> Iterator[_Question]:
        for b, pairs in screen.faces.items():
            clauses = [c for _, f in pairs for c in (f.applies, f.passes, f.attention, f.barrier)]
            yield _Question(self._known(clauses), partial(_verdict, b, pairs))

    def _of_situations(self, general: Situation) -> Iterator[_Question]:
        for tick, clause in suiting_clauses(general).items():
            yield _Question(self._known([clause]), partial(_suits, tick, clause))

    def _known(self, clauses: list[Clause]) -> int:
        """The bits of the leaves of some clauses, each given one where it has none yet."""
        found = 0
        for leaf in (each for clause in clauses for each in _leaves(clause)):
            if leaf not in self._bits:
                number = self._bits[leaf] = len(self._bits)
                column = "point" if isinstance(leaf, Within) else leaf.column
                self._leaves.setdefault(column, []).append((number, leaf))
            found |= 1 << self._bits[leaf]
        return found


def verdicts_of(listing: Listing, today: date) -> Verdicts:
    """Codes of the taxonomies `b` and `situation` that hold of the listing; not knowing a B is said too."""
    return _judge_of(today).verdicts(facts_of(listing, today))


_judge_of = lru_cache(maxsize=2)(_Judge)


def _verdict(b: str, pairs: Sequence[tuple[Criterion, Faces]], facts: Facts) -> Verdicts:
    return ((B, f"{b}.{verdict_of_pairs(pairs, facts).verdict}"),)


def _suits(tick: str, clause: Clause, facts: Facts) -> Verdicts:
    return ((SITUATION, tick),) if passes(clause, facts) else ()


def _leaves(clause: Clause) -> Iterator[Leaf]:
    match clause:
        case AllOf(parts) | OneOf(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case _:
            yield clause
