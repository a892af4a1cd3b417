"""A hidden address leaves through no door of the catalogue, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from service.catalogue.edits import state_edit
from service.catalogue.freshness import freshness
from service.catalogue.history import history_of
from service.catalogue.links import link
from service.catalogue.listings import iter_listings
from service.catalogue.public import public
from service.database.session import reading, writing
from service.model.listing import Listing
from tests.contract.catalogue_factory import (
    CITY,
    DERIVED,
    LATER,
    ZONE,
    bring,
    found,
    hidden_statement,
    listing_id,
    statement,
)
from tests.contract.catalogue_factory import SECRETS as SECRETS_OF_THE_ADDRESS

SECRETS = (*SECRETS_OF_THE_ADDRESS, "Zorgzone Noord", "zone.example.be")
"""What must not be read anywhere: the address, the point, the postal code, who says so and where."""


@pytest.fixture
def shelter(engine: Engine) -> Engine:
    bring(engine, hidden_statement(organization__website="https://voorraadkast.example.be"))
    return engine


def seen(engine: Engine) -> Listing:
    return found(engine, "shelter").listing


def state(engine: Engine, key: str, raw: object) -> None:
    with writing(engine) as connection:
        state_edit(connection, listing_id("shelter"), key, raw, by="Amina", why="they agree", now=LATER)


@pytest.mark.parametrize("secret", SECRETS)
def test_reader_of_one_listing_gets_no_secret(shelter: Engine, secret: str) -> None:
    assert secret not in repr(found(shelter, "shelter"))


@pytest.mark.parametrize("secret", SECRETS)
def test_reader_of_all_listings_gets_no_secret(shelter: Engine, secret: str) -> None:
    with reading(shelter) as connection:
        assert secret not in repr(list(iter_listings(connection)))


@pytest.mark.parametrize("secret", SECRETS)
def test_history_tells_no_secret(shelter: Engine, secret: str) -> None:
    with reading(shelter) as connection:
        assert secret not in repr(history_of(connection, listing_id("shelter")))


def test_hsds_tables_hold_no_secret(shelter: Engine) -> None:
    tables = [table for table in DERIVED if table.name != "listing"]
    with reading(shelter) as connection:
        rows = [
            tuple(row)
            for table in tables
            for row in connection.execute(sa.select(*(c for c in table.c if c.name != "point")))
        ]
    assert rows
    assert [secret for secret in SECRETS if secret in repr(rows)] == []


def test_figures_name_no_publisher_of_it(shelter: Engine) -> None:
    with reading(shelter) as connection:
        assert freshness(connection).publishers == ()


def test_statements_that_lost_tell_no_secret(shelter: Engine) -> None:
    bring(shelter, statement("city", address__street__at__nl="Andere straat"), card=CITY)
    with writing(shelter) as connection:
        one, other = listing_id("shelter"), listing_id("city", CITY)
        link(connection, one, other, by="Amina", why="same door", now=LATER)
    others = repr(found(shelter, "shelter").others)
    assert "straat" not in others
    assert "Stad Brussel" not in others


def test_municipality_is_shown(shelter: Engine) -> None:
    place = seen(shelter).location
    assert place is not None
    assert (place.municipality, place.precision, place.hidden) == ("21013", "hidden", True)


def test_phone_and_words_are_shown(shelter: Engine) -> None:
    assert (seen(shelter).phones, seen(shelter).service.name) == (
        ("+3222123456",),
        {"nl": "Voedselpakketten"},
    )


def test_website_that_a_person_stated_is_shown(shelter: Engine) -> None:
    state(shelter, "contact.website", "https://agreed.example.be")
    assert seen(shelter).website == "https://agreed.example.be"


def test_address_is_shown_once_a_person_says_that_it_is_not_hidden(shelter: Engine) -> None:
    state(shelter, "address.hidden", False)
    place = seen(shelter).location
    assert place is not None
    assert place.street == {"nl": "Geheimstraat"}


def test_address_that_a_person_hides_is_hidden(engine: Engine) -> None:
    bring(engine, statement("shelter", address__street__at__nl="Geheimstraat"))
    state(engine, "address.hidden", True)
    assert "Geheimstraat" not in repr(seen(engine))


def test_coordinator_sees_the_address(shelter: Engine) -> None:
    place = found(shelter, "shelter", hidden_too=True).listing.location
    assert place is not None
    assert place.street == {"nl": "Geheimstraat"}


def test_open_listing_is_public_as_it_is(engine: Engine) -> None:
    bring(engine, statement())
    listing = found(engine, hidden_too=True).listing
    assert public(listing) is listing


def test_organization_shows_the_website_of_an_open_listing(shelter: Engine) -> None:
    open_one = statement("pantry", organization__website="https://open.example.be")
    hidden_one = statement("shelter", address__hidden=True, organization__website="https://secret.example.be")
    bring(shelter, open_one, hidden_one, card=ZONE, now=LATER)
    with reading(shelter) as connection:
        websites = list(connection.scalars(sa.text("SELECT website FROM organization")))
    assert websites == ["https://open.example.be"]
