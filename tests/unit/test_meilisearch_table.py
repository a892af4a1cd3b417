"""Documents that a process keeps side by side, and which of them go where there is no more room."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from service.search.engine.meilisearch.records import Slip, packed, term_number, unpacked
from service.search.engine.meilisearch.table import Held, Table
from tests.contract.engine_samples import doc, listing_id

ROOM = 16
"""Two documents in each of eight segments."""


@pytest.fixture(autouse=True, params=[1, 4_000], ids=["keys sorted", "keys fresh"])
def fresh(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many keys are not yet sorted among the others."""
    monkeypatch.setattr("service.search.engine.meilisearch.rows_by_key._FRESH", request.param)


def slip(name: str, text: str = "") -> Slip:
    document = doc(name, text)
    return unpacked(str(document.id), packed(document), {})


def table(texts: Mapping[str, str], terms: int = 800) -> Table:
    """Listings one after another, under the keys 1, 2, 3 and so on."""
    made = Table(ROOM, terms)
    for key, (name, text) in enumerate(texts.items(), 1):
        made.add({key: slip(name, text)})
    return made


def alphabet(count: int) -> dict[str, str]:
    return {chr(ord("a") + each): "" for each in range(count)}


def names(held: Held) -> list[str]:
    known = {str(listing_id(name)): name for name in alphabet(26)}
    return [known[each] for each in held.ids()]


class TestTable:
    def test_a_document_is_found_by_its_key(self) -> None:
        assert names(table(alphabet(5)).find([4, 1])) == ["d", "a"]

    def test_a_key_that_is_not_kept_has_no_document(self) -> None:
        assert table(alphabet(2)).find([7, 1]).is_there.tolist() == [False, True]

    def test_an_empty_table_holds_nothing(self) -> None:
        assert table({}).find([1]).is_there.tolist() == [False]

    def test_some_of_them_in_another_order(self) -> None:
        assert names(table(alphabet(5)).find([1, 3, 5]).some(np.array([2, 0]))) == ["e", "a"]

    def test_keys_are_told_in_the_order_asked(self) -> None:
        assert table(alphabet(5)).find([4, 1, 5]).keys().tolist() == [4, 1, 5]

    def test_what_is_kept_is_not_taken_twice(self) -> None:
        held = table(alphabet(14))
        for _again in range(50):
            held.add({1: slip("a"), 2: slip("b")})
        assert held.find(range(1, 15)).is_there.all()

    def test_facts_are_told_in_the_order_asked(self) -> None:
        held = table({"a": "huur", "b": "", "c": "huur advies wonen"})
        assert held.find([3, 2, 1]).records()["length"].tolist() == [3, 0, 1]

    def test_a_document_with_more_terms_than_a_segment_has_room_for_is_kept(self) -> None:
        long = " ".join(f"woord{number}" for number in range(101))
        assert table({"a": "huur", "b": long}).find([2]).held_terms(["woord100"])[2].tolist() == [0]


class TestHeldTerms:
    @pytest.fixture
    def kept(self) -> Table:
        return table({"a": "huur advies", "b": "fiets", "c": "", "d": "wonen huur"})

    def test_who_holds_a_term_is_told_by_its_place(self, kept: Table) -> None:
        assert sorted(kept.find([2, 4, 3, 1]).held_terms(["huur"])[2].tolist()) == [1, 3]

    def test_each_of_several_terms_is_told(self, kept: Table) -> None:
        numbers, _columns, owners = kept.find([1, 2]).held_terms(["advies", "fiets"])
        holds = dict(zip(numbers.tolist(), owners.tolist(), strict=True))
        assert holds == {term_number("advies"): 0, term_number("fiets"): 1}

    def test_a_term_that_nobody_holds_has_no_owner(self, kept: Table) -> None:
        assert kept.find([1, 2]).held_terms(["schuld"])[2].tolist() == []

    def test_no_documents_hold_nothing(self, kept: Table) -> None:
        assert kept.find([]).held_terms(["huur"])[2].tolist() == []


class TestLittleRoom:
    def test_the_oldest_goes(self) -> None:
        assert table(alphabet(17)).find([1, 17]).is_there.tolist() == [False, True]

    def test_what_was_used_since_stays(self) -> None:
        held = table(alphabet(16))
        held.find([1])
        held.add({17: slip("q")})
        assert held.find([1, 2]).is_there.tolist() == [True, False]

    def test_the_terms_of_what_stays_are_its_own(self) -> None:
        held = table({"a": "fiets", "b": "advies huur", **dict.fromkeys("cdefghijklmnop", "wonen")})
        held.find([2])
        held.add({17: slip("q", "schuld")})
        numbers, _columns, owners = held.find([17, 2]).held_terms(["huur", "schuld"])
        holds = dict(zip(numbers.tolist(), owners.tolist(), strict=True))
        assert holds == {term_number("huur"): 1, term_number("schuld"): 0}

    def test_what_is_added_at_once_has_room(self) -> None:
        held = table(alphabet(3))
        held.add({key: slip(name) for key, name in enumerate(alphabet(26), 1)})
        assert held.find(range(1, 27)).is_there.all()

    def test_documents_in_hand_stay_what_they_are(self) -> None:
        kept = table(alphabet(2))
        held = kept.find([1])
        for key in range(3, 40):
            kept.add({key: slip("z")})
        assert not kept.find([1]).is_there.any()
        assert names(held) == ["a"]
