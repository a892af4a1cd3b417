"""Documents that a process keeps side by side, and which of them go where there is no more room."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from service.search.engine.meilisearch.records import Slip, packed, term_number, unpacked
from service.search.engine.meilisearch.table import Held, Table
from tests.contract.engine_samples import doc, listing_id

ROOM, TERMS = 4, 100


def slip(name: str, text: str = "") -> Slip:
    document = doc(name, text)
    return unpacked(str(document.id), packed(document), {})


def table(*names: str) -> Table:
    """Listings under the keys 1, 2, 3 and so on."""
    made = Table(ROOM, TERMS)
    assert made.add({key: slip(name) for key, name in enumerate(names, 1)})
    return made


def names(held: Table, keys: Iterable[int]) -> list[str | None]:
    known = {str(listing_id(name)): name for name in "abcdef"}
    rows = held.find(keys)
    return [known[held.ids_of(rows[at : at + 1])[0]] if row >= 0 else None for at, row in enumerate(rows)]


class TestTable:
    def test_a_document_is_found_by_its_key(self) -> None:
        assert names(table("a", "b"), [2, 1]) == ["b", "a"]

    def test_a_key_that_is_not_there_has_no_row(self) -> None:
        assert names(table("a"), [7, 1]) == [None, "a"]

    def test_what_is_there_is_not_taken_twice(self) -> None:
        held = table("a", "b")
        assert held.add({2: slip("b"), 3: slip("c"), 4: slip("d")})
        assert names(held, [1, 2, 3, 4]) == ["a", "b", "c", "d"]

    def test_more_documents_than_there_is_room_for_are_not_taken(self) -> None:
        held = table("a", "b", "c")
        assert not held.add({4: slip("d"), 5: slip("e")})
        assert 4 not in held

    def test_more_terms_than_there_is_room_for_are_not_taken(self) -> None:
        held = table("a")
        assert not held.add({2: slip("b", " ".join(f"woord{number}" for number in range(TERMS + 1)))})

    def test_facts_are_told_in_the_order_asked(self) -> None:
        held = Table(ROOM, TERMS)
        held.add({1: slip("a", "huur"), 2: slip("b", "huur advies wonen")})
        assert Held(held, held.find([2, 1])).records()["length"].tolist() == [3, 1]


class TestHeldTerms:
    @pytest.fixture
    def held(self) -> Table:
        made = Table(ROOM, TERMS)
        made.add(
            {1: slip("a", "huur advies"), 2: slip("b", "fiets"), 3: slip("c"), 4: slip("d", "wonen huur")}
        )
        return made

    def test_who_holds_a_term_is_told_by_its_place(self, held: Table) -> None:
        assert held.held_terms(held.find([2, 4, 3, 1]), ["huur"])[2].tolist() == [1, 3]

    def test_each_of_several_terms_is_told(self, held: Table) -> None:
        numbers, _columns, owners = held.held_terms(held.find([1, 2]), ["advies", "fiets"])
        assert (numbers.tolist(), owners.tolist()) == ([term_number("advies"), term_number("fiets")], [0, 1])

    def test_a_term_that_nobody_holds_has_no_owner(self, held: Table) -> None:
        assert held.held_terms(held.find([1, 2]), ["schuld"])[2].tolist() == []

    def test_no_documents_hold_nothing(self, held: Table) -> None:
        assert held.held_terms(held.find([]), ["huur"])[2].tolist() == []


class TestRenewed:
    def test_what_was_used_longest_ago_goes(self) -> None:
        held = table("a", "b", "c", "d")
        held.find([1])
        held.find([2, 3, 4])
        more = {5: slip("e")}
        renewed = held.renewed(more)
        assert renewed.add(more)
        assert names(renewed, range(1, 6)) == [None, "b", "c", "d", "e"]

    def test_of_what_was_never_used_the_oldest_goes(self) -> None:
        assert names(table("a", "b", "c", "d").renewed({}), [1, 4]) == [None, "d"]

    def test_terms_and_facts_come_along(self) -> None:
        held = Table(ROOM, TERMS)
        held.add({1: slip("a", "fiets"), 2: slip("b", "huur"), 3: slip("c", "advies huur"), 4: slip("d")})
        renewed = held.renewed({})
        rows = renewed.find([2, 3, 4])
        assert renewed.held_terms(rows, ["huur"])[2].tolist() == [0, 1]
        assert Held(renewed, rows).records()["length"].tolist() == [1, 2, 0]

    def test_what_one_question_needs_always_has_room(self) -> None:
        many = {key: slip(name, f"woord{key} " * 40) for key, name in enumerate("cdefab", 3)}
        renewed = table("a", "b").renewed(many)
        assert renewed.add(many)
        assert 8 in renewed

    def test_the_table_before_still_tells_what_it_held(self) -> None:
        held = table("a", "b", "c", "d")
        before = Held(held, held.find([1]))
        held.renewed({5: slip("e")})
        assert before.ids() == [str(listing_id("a"))]
