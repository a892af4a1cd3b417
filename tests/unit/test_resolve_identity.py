"""Which records are one listing, and which id it goes by."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from service.catalogue.identity import components, listing_of
from service.catalogue.ids import part_id, part_ids, record_id

A, B, C, D = (UUID(int=n) for n in (1, 2, 3, 4))


def groups(*links: tuple[UUID, UUID]) -> set[frozenset[UUID]]:
    return set(components([A, B, C, D], links))


def test_without_links_each_is_its_own() -> None:
    assert groups() == {frozenset({each}) for each in (A, B, C, D)}


def test_links_join_through_others() -> None:
    assert groups((A, B), (C, B)) == {frozenset({A, B, C}), frozenset({D})}


def test_a_circle_of_links_is_one_group() -> None:
    assert groups((A, B), (B, C), (C, A)) == {frozenset({A, B, C}), frozenset({D})}


@given(st.permutations([(A, B), (B, C), (C, D), (D, A)]))
def test_the_order_of_links_does_not_matter(links: list[tuple[UUID, UUID]]) -> None:
    assert groups(*links) == {frozenset({A, B, C, D})}


def test_highest_precedence_gives_the_id() -> None:
    assert listing_of([A, B], {A: 1, B: 2}) == B


def test_of_equal_precedence_the_smallest_id() -> None:
    assert listing_of([B, A], {A: 1, B: 1}) == A


def test_an_id_follows_from_source_and_key() -> None:
    assert record_id("zone-list", "pantry") == UUID("a9ac38a7-f8a5-5a8f-ae86-a9524a752723")


def test_source_and_key_do_not_run_into_one_another() -> None:
    assert record_id("zone", "a-b") != record_id("zone-a", "b")


def test_parts_of_a_listing_have_ids_of_their_own() -> None:
    own = record_id("zone-list", "pantry")
    ids = {part_id(own, part) for part in ("service", "location", "address", "phone", "attribute")}
    assert len(ids | {own}) == 6


def test_several_parts_are_numbered_from_the_first() -> None:
    own = record_id("zone-list", "pantry")
    assert part_ids(own, "phone", 2) == [part_id(own, "phone", number).hex for number in (0, 1)]
