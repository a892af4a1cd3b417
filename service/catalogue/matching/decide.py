"""From likenesses and people's decisions to what is joined and what is asked, whatever came first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from service.catalogue.matching.compare import rules


class Pair(NamedTuple):
    """Two records that are alike; ``a`` has the smaller id."""

    a: UUID
    b: UUID
    rule: str
    score: int


class Node(NamedTuple):
    """A record: of which source, and whether it still speaks there."""

    source_id: str
    is_live: bool


TWINS = "twice_in_one_source"

MOST_TWINS = 5
"""More records of one source than these, all alike, are no slip: one at 80 addresses that it keeps back."""

Ends = tuple[UUID, UUID]
"""Two records, the smaller id first."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The pairs to join, and those to ask a person about."""

    joins: Mapping[Ends, str]
    questions: Mapping[Ends, Pair]


def decide(
    nodes: Mapping[UUID, Node], pairs: Iterable[Pair], joined: Collection[Ends], apart: Collection[Ends]
) -> Decision:
    """Join what a sure rule holds for, and ask about the rest.

    ``joined`` and ``apart`` are people's decisions: they always hold. The surest likeness is joined first; no
    join puts two records together that one source keeps apart, or that a person does, directly or through
    others. Where a record is as like to two records of one source, neither is joined: a person is asked.
    """
    groups = _Groups(nodes, apart)
    for a, b in joined:
        groups.join(a, b)
    ranked = sorted(pairs, key=_surest_first)
    sure = [p for p in ranked if rules()[p.rule].joins]
    rivals = _rivals(nodes, sure, groups)
    joins: dict[Ends, str] = {}
    for pair in sure:
        if pair[:2] not in rivals and groups.may_join(pair.a, pair.b):
            groups.join(pair.a, pair.b)
            joins[pair.a, pair.b] = pair.rule
    return Decision(joins, _questions(ranked, groups))


def _surest_first(pair: Pair) -> tuple[int, int, int, int]:
    return rules()[pair.rule].rank, -pair.score, pair.a.int, pair.b.int


def _rivals(nodes: Mapping[UUID, Node], sure: list[Pair], groups: _Groups) -> set[Ends]:
    """Pairs beside which another is as sure, from one of their records to another one of the same source."""
    found: set[Ends] = set()
    by_end: dict[UUID, list[tuple[UUID, Pair]]] = defaultdict(list)
    for pair in sure:
        by_end[pair.a].append((pair.b, pair))
        by_end[pair.b].append((pair.a, pair))
    for ends in by_end.values():
        for other, pair in ends:
            for third, rival in ends:
                if (
                    third != other
                    and nodes[third] == nodes[other]
                    and nodes[other].is_live
                    and rules()[rival.rule].rank <= rules()[pair.rule].rank
                    and not groups.are_one(other, third)
                ):
                    found.add((pair.a, pair.b))
    return found


def _questions(ranked: list[Pair], groups: _Groups) -> dict[Ends, Pair]:
    """The surest questions between groups that are not one and that nobody holds apart.

    What would follow from two others waits for their answers: of so many alike there is one question less
    than there are groups, and an answer that keeps two apart opens the one that waited. A source that has
    more than `MOST_TWINS` of the same is a chain of houses that it lists one by one, and is not asked.
    """
    open_pairs = [
        pair for pair in ranked if not groups.are_one(pair.a, pair.b) and not groups.are_apart(pair.a, pair.b)
    ]
    twins = _Linked()
    for pair in open_pairs:
        if pair.rule == TWINS:
            twins.link(pair.a, pair.b)
    asked, linked = dict[Ends, Pair](), _Linked()
    for pair in open_pairs:
        is_chain = pair.rule == TWINS and twins.size(pair.a) > MOST_TWINS
        if not is_chain and linked.link(groups.of(pair.a), groups.of(pair.b)):
            asked[pair.a, pair.b] = pair
    return asked


class _Linked:
    """Sets that grow together."""

    def __init__(self) -> None:
        self._sets: dict[UUID, set[UUID]] = {}

    def link(self, a: UUID, b: UUID) -> bool:
        """Put both into one set; False where they were."""
        mine, yours = (self._sets.setdefault(each, {each}) for each in (a, b))
        if mine is yours:
            return False
        small, large = sorted((mine, yours), key=len)
        large |= small
        self._sets.update(dict.fromkeys(small, large))
        return True

    def size(self, record: UUID) -> int:
        """How many are in its set."""
        return len(self._sets[record])


class _Groups:
    """Records that are one listing so far."""

    def __init__(self, nodes: Mapping[UUID, Node], apart: Collection[Ends]) -> None:
        self._nodes = nodes
        self._members = {node: {node} for node in nodes}
        self._apart: dict[UUID, set[UUID]] = defaultdict(set)
        for a, b in apart:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def of(self, record: UUID) -> UUID:
        """The name of its group."""
        return min(self._members[record], key=lambda each: each.int)

    def are_one(self, a: UUID, b: UUID) -> bool:
        """Whether both are in one group."""
        return self._members[a] is self._members[b]

    def are_apart(self, a: UUID, b: UUID) -> bool:
        """Whether a person holds a record of the one group apart from one of the other."""
        theirs = self._members[b]
        return any(
            not self._apart[each].isdisjoint(theirs) for each in self._members[a] if each in self._apart
        )

    def may_join(self, a: UUID, b: UUID) -> bool:
        """Whether both groups can be one without putting together what somebody keeps apart."""
        if self.are_one(a, b) or self.are_apart(a, b):
            return False
        return self._sources(a).isdisjoint(self._sources(b))

    def join(self, a: UUID, b: UUID) -> None:
        """Make both groups one."""
        if self.are_one(a, b):
            return
        small, large = sorted((self._members[a], self._members[b]), key=len)
        large |= small
        for record in small:
            self._members[record] = large

    def _sources(self, record: UUID) -> set[str]:
        nodes = (self._nodes[each] for each in self._members[record])
        return {node.source_id for node in nodes if node.is_live}
