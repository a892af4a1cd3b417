"""How a listing stands on the 8 B's for a person of whom nothing is known, and which situations it suits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from service.eight_b.criterion import clause_for
from service.eight_b.evaluate import passes
from service.eight_b.facts import Facts
from service.eight_b.screen import Screen, prepare
from service.eight_b.situation import Situation
from service.hsds.taxonomies import SITUATION, B
from service.model import terms
from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within
from service.model.listing import Listing
from service.search.index.document import facts_of
from service.search.query.screening import persons_criteria

Verdicts = tuple[tuple[str, str], ...]
_EPOCH = date(1970, 1, 1)
_MOST = 20_000  # patterns of facts; a catalogue of 100,000 has some ten thousand


class _Judge:
    """The screen of one day; listings whose facts are alike in all that is asked are judged once."""

    def __init__(self, today: int) -> None:
        self._screen: Screen = prepare(Situation(today))
        self._suiting = dict(_suiting(today))
        faces = [faces for pairs in self._screen.faces.values() for _, faces in pairs]
        clauses = [c for f in faces for c in (f.applies, f.passes, f.attention, f.barrier)]
        looked_at = [leaf for clause in [*clauses, *self._suiting.values()] for leaf in _leaves(clause)]
        self._told = sorted({column for column, by_value in looked_at if by_value})
        self._known = sorted({column for column, _by_value in looked_at} - set(self._told))
        self._kept: dict[tuple[Any, ...], Verdicts] = {}

    def verdicts(self, columns: Mapping[str, Any]) -> Verdicts:
        told = [columns.get(name) for name in self._told]
        key = (*map(_hashable, told), *(columns.get(name) not in (None, (), []) for name in self._known))
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            found = self._kept[key] = self._judge(Facts.from_columns(columns))
        return found

    def _judge(self, facts: Facts) -> Verdicts:
        found = [(B, f"{b}.{verdict.verdict}") for b, verdict in self._screen.verdicts(facts).items()]
        found += [(SITUATION, tick) for tick, clause in self._suiting.items() if passes(clause, facts)]
        return tuple(found)


def verdicts_of(listing: Listing, today: date) -> Verdicts:
    """Codes of the taxonomies `b` and `situation` that hold of the listing; not knowing a B is said too."""
    return _judge_of((today - _EPOCH).days).verdicts(facts_of(listing, today))


_judge_of = lru_cache(maxsize=2)(_Judge)


def _suiting(today: int) -> Iterator[tuple[str, Clause]]:
    """Per situation the clause of suiting it; a situation that no criterion reads is left out."""
    for tick in terms.values(SITUATION):
        pairs = persons_criteria(prepare(Situation(today, ticks=frozenset((tick,)))), today)
        if pairs:
            yield tick, AllOf(tuple(clause_for(faces, "pass") for _criterion, faces in pairs))


def _leaves(clause: Clause) -> Iterator[tuple[str, bool]]:
    """Each column that a clause looks at, and whether more of it matters than that it is known."""
    match clause:
        case Has(column, _) | Between(column, _, _):
            yield column, True
        case Known(column):
            yield column, False
        case Within():
            yield "point", True
        case AllOf(parts) | OneOf(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)


def _hashable(value: Any) -> Any:  # noqa: ANN401 (a column of any kind)
    return tuple(value) if isinstance(value, list) else value
