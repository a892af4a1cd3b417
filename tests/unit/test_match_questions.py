"""How many questions a group of records that are alike gives."""

from __future__ import annotations

from itertools import combinations
from uuid import UUID

from service.catalogue.matching.decide import MOST_TWINS, TWINS, Ends, Node, Pair, decide


def shelters(count: int) -> list[UUID]:
    """Records of one source: an organization with the same service in so many houses of Schaerbeek."""
    return [UUID(int=number) for number in range(1, count + 1)]


def asked(
    records: list[UUID], rule: str = TWINS, joined: set[Ends] = frozenset(), apart: set[Ends] = frozenset()
) -> set[Ends]:
    pairs = [Pair(a, b, rule, 90) for a, b in combinations(records, 2)]
    nodes = {record: Node("schaarbeek", True) for record in records}
    return set(decide(nodes, pairs, joined, apart).questions)


def test_what_two_answers_tell_is_not_asked() -> None:
    assert len(asked(shelters(4))) == 3


def test_an_answer_that_keeps_two_apart_opens_the_question_that_waited() -> None:
    first, second, third = shelters(3)
    before = asked([first, second, third])
    kept_apart = min(before)
    assert asked([first, second, third], apart={kept_apart}) == {
        ends for ends in combinations([first, second, third], 2) if ends != kept_apart
    }


def test_an_answer_that_joins_two_leaves_one_question_to_the_third() -> None:
    first, second, third = shelters(3)
    assert len(asked([first, second, third], joined={(first, second)})) == 1


def test_a_chain_of_houses_that_a_source_lists_one_by_one_is_not_asked() -> None:
    assert asked(shelters(MOST_TWINS + 1)) == set()


def test_as_many_twins_as_may_be_slips_are_asked() -> None:
    assert len(asked(shelters(MOST_TWINS))) == MOST_TWINS - 1


def test_as_many_that_are_alike_by_another_rule_are_asked() -> None:
    assert len(asked(shelters(MOST_TWINS + 1), rule="door_and_alike")) == MOST_TWINS
