"""One listing, many speakers: what rules join, what is asked, and taking it back, on both databases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.links import distinguish, link, set_apart
from service.catalogue.listings import read_listing
from service.catalogue.matching.run import Matched, match
from service.database.claims import link as link_table
from service.database.session import reading, writing
from service.database.tasks import CLOSED, task
from service.errors import NotFound
from tests.contract.catalogue_factory import (
    CITY,
    LATER,
    NOW,
    ZONE,
    Card,
    bring,
    derived,
    found,
    listing_id,
    published,
    statement,
)

OSM = Card("osm", "OpenStreetMap", precedence=1)
ZONES, CITYS = listing_id(), listing_id("4711", CITY)
ELSEWHERE = {"address__street.at.nl": "Huidevettersstraat", "address__house_number": "40"}
OTHER_CONTACT: dict[str, Any] = {"phone__numbers": ["+3227777777"], "contact__website": None}


def questions(engine: Engine) -> list[str]:
    """The rules by which something is asked."""
    wanted = sa.select(task.c.about).where(task.c.kind == "duplicate", task.c.state != CLOSED)
    with reading(engine) as connection:
        return [row.about["rule"] for row in connection.execute(wanted)]


def two(engine: Engine, **city: Any) -> Matched:
    """The pantry as the zone and as the city know it, compared."""
    bring(engine, statement(), card=ZONE)
    bring(engine, statement("4711", **city), card=CITY)
    return match(engine, LATER)


def test_same_names_behind_the_same_door_are_one(engine: Engine) -> None:
    two(engine, **OTHER_CONTACT)
    assert published(engine) == {ZONES}


def test_a_slip_of_the_pen_and_a_legal_form_are_no_difference(engine: Engine) -> None:
    names = {"organization__name": "De Vooraadkast vzw", "service__name.at.nl": "Voedselpaketten"}
    two(engine, **names)
    assert published(engine) == {ZONES}


def test_the_name_of_the_town_is_no_difference(engine: Engine) -> None:
    two(engine, organization__name="De Voorraadkast Brussel")
    assert published(engine) == {ZONES}


def test_the_rule_says_why(engine: Engine) -> None:
    two(engine)
    with reading(engine) as connection:
        row = connection.execute(sa.select(link_table)).one()
    assert (row.by, row.rule) == ("nabij", "door_and_names")
    assert row.why.startswith("same names of organization and service behind the same door")


def test_same_names_and_telephone_without_an_address_are_one(engine: Engine) -> None:
    two(engine, **{"address__street.at.nl": None, "address__house_number": None})
    assert published(engine) == {ZONES}


def test_same_names_at_another_address_are_asked(engine: Engine) -> None:
    two(engine, **ELSEWHERE)
    assert (published(engine), questions(engine)) == ({ZONES, CITYS}, ["moved"])


def test_same_names_at_another_address_with_another_telephone_are_two(engine: Engine) -> None:
    two(engine, **ELSEWHERE, **OTHER_CONTACT)
    assert (published(engine), questions(engine)) == ({ZONES, CITYS}, [])


def test_two_services_behind_one_door_are_two(engine: Engine) -> None:
    two(engine, **{"service__name.at.nl": "Juridisch advies", "service__needs": ["money.legal_aid"]})
    assert (published(engine), questions(engine)) == ({ZONES, CITYS}, [])


def test_same_names_that_help_with_something_else_are_asked(engine: Engine) -> None:
    two(engine, service__needs=["money.debt"])
    assert questions(engine) == ["names_and_door_but_needs"]


def test_names_that_are_alike_behind_one_door_are_asked(engine: Engine) -> None:
    name = "Voorraadkast"  # as a map knows it: one name for who and what
    names = {"organization__name": name, "service__name.at.nl": name, **OTHER_CONTACT}
    two(engine, **names)
    assert questions(engine) == ["door_and_alike"]


def test_a_longer_name_of_the_same_organization_in_town_is_asked(engine: Engine) -> None:
    longer = {"service__name.at.nl": "Voedselpakketten: elke week een doos", **OTHER_CONTACT}
    two(engine, **longer, **{"address__street.at.nl": None, "address__house_number": None})
    assert questions(engine) == ["alike_in_town"]


def test_another_municipality_is_another_listing(engine: Engine) -> None:
    two(engine, address__municipality="21012", address__postal_code="1080")
    assert published(engine) == {ZONES, CITYS}


def test_who_names_the_number_of_the_other_is_one_with_it(engine: Engine) -> None:
    two(engine, **{"service__name.at.nl": "Brood", "service__identifiers": ["zone-list:pantry"], **ELSEWHERE})
    assert published(engine) == {ZONES}


def test_two_that_name_the_same_third_are_one(engine: Engine) -> None:
    bring(engine, statement(service__identifiers=["osm:node/1"]), card=ZONE)
    city = {"service__name.at.nl": "Brood", "service__identifiers": ["osm:node/1"]}
    bring(engine, statement("4711", **city), card=CITY)
    match(engine, LATER)
    assert published(engine) == {ZONES}


def test_a_number_of_another_municipality_is_asked(engine: Engine) -> None:
    place = {"address__municipality": "21012", "address__postal_code": "1080"}
    two(engine, **place, service__identifiers=["zone-list:pantry"])
    assert questions(engine) == ["identifier_elsewhere"]


def test_one_source_is_believed_to_have_two(engine: Engine) -> None:
    bring(engine, statement(), statement("annex", **ELSEWHERE), card=ZONE)
    match(engine, LATER)
    assert questions(engine) == []


def test_one_source_that_says_the_same_twice_is_asked(engine: Engine) -> None:
    bring(engine, statement(), statement("again"), card=ZONE)
    match(engine, LATER)
    assert (len(published(engine)), questions(engine)) == (2, ["twice_in_one_source"])


def test_a_new_number_at_the_source_keeps_the_address_of_the_page(engine: Engine) -> None:
    bring(engine, statement(), card=ZONE)
    bring(engine, statement("pantry-2026"), card=ZONE, now=LATER)
    match(engine, LATER)
    assert len(published(engine)) == 1
    assert found(engine).listing.id == found(engine, "pantry-2026").listing.id


def test_one_like_two_of_a_source_is_joined_to_neither(engine: Engine) -> None:
    bring(engine, statement(), statement("again"), card=ZONE)
    bring(engine, statement("4711"), card=CITY)
    match(engine, LATER)
    assert len(published(engine)) == 3
    assert questions(engine) == ["door_and_names", "door_and_names"]  # their answers tell of the third


def test_three_speakers_are_one(engine: Engine) -> None:
    two(engine)
    bring(engine, statement("n1"), card=OSM)
    match(engine, LATER)
    assert published(engine) == {ZONES}


def test_matching_twice_changes_nothing(engine: Engine) -> None:
    two(engine)
    before = derived(engine)
    assert match(engine, LATER) == Matched()
    assert derived(engine) == before


def test_comparing_everything_again_changes_nothing(engine: Engine) -> None:
    two(engine)
    before = derived(engine)
    assert match(engine, LATER, everything=True) == Matched(compared=2)
    assert derived(engine) == before


def test_a_join_whose_reason_is_gone_is_undone(engine: Engine) -> None:
    two(engine)
    bring(engine, statement("4711", **ELSEWHERE, **OTHER_CONTACT), card=CITY, now=LATER)
    assert match(engine, LATER).parted == 1
    assert published(engine) == {ZONES, CITYS}


def test_what_was_joined_by_rule_can_be_taken_apart_exactly(engine: Engine) -> None:
    bring(engine, statement(), card=ZONE)
    bring(engine, statement("4711", **OTHER_CONTACT), card=CITY)
    before = derived(engine)
    match(engine, LATER)
    assert derived(engine) != before
    decide(engine, set_apart, CITYS)
    assert derived(engine) == before


def test_what_a_person_took_apart_stays_so(engine: Engine) -> None:
    two(engine)
    decide(engine, set_apart, CITYS)
    match(engine, LATER, everything=True)
    assert (published(engine), questions(engine)) == ({ZONES, CITYS}, [])


def test_who_is_joined_to_none_cannot_be_taken_apart(engine: Engine) -> None:
    bring(engine, statement(), card=ZONE)
    with pytest.raises(NotFound, match="is joined to no other listing"):
        decide(engine, set_apart, ZONES)


def test_two_that_a_person_calls_different_are_not_joined_through_a_third(engine: Engine) -> None:
    two(engine)
    decide(engine, set_apart, CITYS)
    bring(engine, statement("n1"), card=OSM)
    match(engine, LATER)
    with reading(engine) as connection:
        homes = {home(connection, listing_id("n1", OSM)), home(connection, ZONES), home(connection, CITYS)}
    assert len(homes) == 2


def test_a_person_joins_what_a_person_took_apart(engine: Engine) -> None:
    two(engine)
    decide(engine, set_apart, CITYS)
    decide(engine, link, ZONES, CITYS)
    match(engine, LATER, everything=True)
    assert published(engine) == {ZONES}


def test_an_answer_is_not_asked_again(engine: Engine) -> None:
    two(engine, **ELSEWHERE)
    decide(engine, distinguish, ZONES, CITYS)
    bring(engine, statement("4711", **ELSEWHERE, contact__email="a@stad.example.be"), card=CITY, now=LATER)
    match(engine, LATER)
    assert questions(engine) == []


def test_a_question_that_answers_itself_is_dropped(engine: Engine) -> None:
    two(engine, **ELSEWHERE)
    bring(engine, statement("4711"), card=CITY, now=LATER)
    assert match(engine, LATER).dropped == 1
    assert published(engine) == {ZONES}


def test_a_withdrawn_speaker_keeps_its_place(engine: Engine) -> None:
    two(engine)
    bring(engine, statement("other", **ELSEWHERE, **OTHER_CONTACT), card=ZONE, now=LATER)
    match(engine, LATER)
    assert found(engine, "4711", CITY).listing.id == ZONES


def home(connection: Connection, record: UUID) -> UUID:
    read = read_listing(connection, record)
    assert read is not None
    return read.listing.id


def decide(engine: Engine, decision: Any, *records: UUID) -> None:
    with writing(engine) as connection:
        decision(connection, *records, by="Amina", why="was there", now=NOW)
