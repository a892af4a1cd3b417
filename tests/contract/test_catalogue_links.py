"""Two sources, one listing: joining and taking that back, on both databases."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy.engine import Engine

from service.catalogue.edits import state_edit
from service.catalogue.history import history_of
from service.catalogue.links import link, unlink
from service.catalogue.listings import read_listing
from service.catalogue.outbox import last_position, read_outbox
from service.database.session import reading, writing
from service.errors import BadValue, NotFound
from tests.contract.catalogue_factory import (
    CITY,
    LATER,
    ZONE,
    Card,
    bring,
    derived,
    found,
    listing_id,
    published,
    statement,
)

ZONES, CITYS = listing_id(), listing_id("4711", CITY)


@pytest.fixture
def two(engine: Engine) -> Engine:
    """The same pantry as the zone and as the city know it; the zone is believed."""
    bring(engine, statement(phone__numbers=["+3222123456"]), card=ZONE)
    bring(
        engine,
        statement("4711", phone__numbers=["+3227777777"], contact__email="a@stad.example.be"),
        card=CITY,
    )
    return engine


def join(engine: Engine, one: UUID = ZONES, other: UUID = CITYS) -> UUID:
    with writing(engine) as connection:
        return link(connection, one, other, by="Amina", why="same door", now=LATER)


def part(engine: Engine, link_id: UUID) -> None:
    with writing(engine) as connection:
        unlink(connection, link_id, by="Amina", why="two doors", now=LATER)


def correct(engine: Engine, listing: UUID, website: str) -> None:
    with writing(engine) as connection:
        state_edit(connection, listing, "contact.website", website, by="Amina", why="asked", now=LATER)


def test_joined_listing_keeps_the_id_of_the_better_source(two: Engine) -> None:
    join(two)
    assert published(two) == {ZONES}


def test_other_id_redirects(two: Engine) -> None:
    join(two)
    assert found(two, "4711", CITY).moved_to == ZONES


def test_own_id_does_not_redirect(two: Engine) -> None:
    join(two)
    assert found(two).moved_to is None


def test_joined_listing_says_what_both_say(two: Engine) -> None:
    join(two)
    listing = found(two).listing
    assert (listing.phones, listing.email) == (("+3222123456",), "a@stad.example.be")


def test_better_source_that_comes_later_changes_nothing_of_its_own(two: Engine) -> None:
    join(two, CITYS, ZONES)
    assert published(two) == {ZONES}


def test_joining_tells_the_index_of_both(two: Engine) -> None:
    with reading(two) as connection:
        before = last_position(connection)
    join(two)
    with reading(two) as connection:
        assert {listing for _position, listing in read_outbox(connection, before)} == {ZONES, CITYS}


def test_parting_restores_both(two: Engine) -> None:
    before = derived(two)
    part(two, join(two))
    assert derived(two) == before


def test_edit_of_either_counts_for_both(two: Engine) -> None:
    correct(two, CITYS, "https://stated.example.be")
    join(two)
    assert found(two).listing.website == "https://stated.example.be"


def test_parting_gives_each_its_own_edits(two: Engine) -> None:
    correct(two, CITYS, "https://stated.example.be")
    part(two, join(two))
    assert found(two).listing.website == "https://voorraadkast.example.be"
    assert found(two, "4711", CITY).listing.website == "https://stated.example.be"


def test_edit_stated_under_the_old_id_counts(two: Engine) -> None:
    join(two)
    correct(two, CITYS, "https://stated.example.be")
    assert found(two).listing.website == "https://stated.example.be"


def test_joined_listing_lives_while_one_source_speaks(two: Engine) -> None:
    join(two)
    bring(two, statement("new"), card=ZONE, now=LATER)
    listing = found(two).listing
    assert (listing.withdrawn, listing.phones) == (False, ("+3227777777",))


def test_three_hang_together_through_the_middle(two: Engine) -> None:
    third = Card("osm", "OpenStreetMap", precedence=1)
    bring(two, statement("n1"), card=third)
    join(two)
    join(two, CITYS, listing_id("n1", third))
    assert found(two, "n1", third).moved_to == ZONES


def test_parting_in_the_middle_leaves_the_rest_joined(two: Engine) -> None:
    third = Card("osm", "OpenStreetMap", precedence=1)
    bring(two, statement("n1"), card=third)
    middle = join(two)
    join(two, CITYS, listing_id("n1", third))
    part(two, middle)
    assert published(two) == {ZONES, CITYS}
    assert found(two, "n1", third).moved_to == CITYS


def test_linked_twice_and_parted_once_is_still_joined(two: Engine) -> None:
    first = join(two)
    join(two)
    part(two, first)
    assert published(two) == {ZONES}


def test_a_source_that_is_believed_more_takes_over_the_id(two: Engine) -> None:
    join(two)
    known = statement("4711", phone__numbers=["+3227777777"], contact__email="a@stad.example.be")
    bring(two, known, card=Card(CITY.id, CITY.name, CITY.publisher, precedence=99), now=LATER)
    assert found(two).moved_to == CITYS
    assert found(two).listing.phones == ("+3227777777",)


def test_history_tells_of_the_link(two: Engine) -> None:
    join(two)
    with reading(two) as connection:
        last = history_of(connection, CITYS)[-1]
    assert (last.kind, last.who, last.why) == ("linked", "Amina", "same door")


def test_link_to_itself_is_refused(two: Engine) -> None:
    with pytest.raises(BadValue):
        join(two, ZONES, ZONES)


def test_link_to_nothing_is_refused(two: Engine) -> None:
    with pytest.raises(NotFound):
        join(two, ZONES, uuid4())


def test_link_is_undone_once(two: Engine) -> None:
    link_id = join(two)
    part(two, link_id)
    with pytest.raises(NotFound):
        part(two, link_id)


def test_moved_listing_is_read_under_its_new_id(two: Engine) -> None:
    join(two)
    with reading(two) as connection:
        moved = read_listing(connection, CITYS)
    assert moved is not None
    assert moved.listing.id == ZONES


def test_the_name_that_another_source_gives_is_another_name(engine: Engine) -> None:
    bring(engine, statement(), card=ZONE)
    bring(engine, statement("4711", organization__name="Kastje"), card=CITY)
    join(engine)
    assert found(engine).values["organization.other_names"] == ["Kastje"]
