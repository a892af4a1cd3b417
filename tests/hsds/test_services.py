"""A listing as an HSDS service: what is there, what is left out, and what never changes."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.engine import Engine

from service.catalogue.ids import organization_id, service_id
from service.catalogue.links import link
from service.database.session import writing
from tests.contract.catalogue_factory import CITY, LATER, ZONE, Card, bring, listing_id, statement

SERVICES = "/hsds/v3/services"
OWN = service_id(listing_id(), has_place=True)


def one(client: FlaskClient, path: str = f"{SERVICES}/{OWN}") -> Any:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return response.json


def values(record: dict[str, Any], link_type: str) -> list[str]:
    return [each["value"] for each in record["attributes"] if each["link_type"] == link_type]


def is_null_somewhere(content: Any) -> bool:
    if isinstance(content, dict):
        return any(is_null_somewhere(each) for each in content.values())
    if isinstance(content, list):
        return any(is_null_somewhere(each) for each in content)
    return content is None


def test_weekly_hours_become_rules(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(schedule__opening_hours="Mo-We 09:00-12:00; Fr 13:00-17:00; PH off"))
    rules = [(s["freq"], s["byday"], s["opens_at"], s["closes_at"]) for s in one(client)["schedules"]]
    assert rules == [("WEEKLY", "MO,TU,WE", "09:00", "12:00"), ("WEEKLY", "FR", "13:00", "17:00")]


def test_hours_that_differ_by_week_stay_words(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(schedule__opening_hours="week 1-53/2 Mo 09:00-12:00"))
    (schedule,) = one(client)["schedules"]
    assert "freq" not in schedule
    assert schedule["notes"] == "opening_hours: week 1-53/2 Mo 09:00-12:00"


def test_needs_are_terms(client: FlaskClient, database: Engine) -> None:
    bring(database, statement())
    (need,) = [a for a in one(client)["attributes"] if a["link_type"] == "service.needs"]
    term = client.get(f"/hsds/v3/taxonomy_terms/{need['taxonomy_term_id']}").json
    assert (need["value"], term["code"], term["taxonomy"]) == ("food.parcel", "food.parcel", "need")


def test_other_languages_are_attributes(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(service__name__at__fr="Colis alimentaires"))
    record = one(client)
    assert record["name"] == "Voedselpakketten"
    assert [(a["label"], a["value"]) for a in record["attributes"] if a["link_type"] == "service.name"] == [
        ("fr", "Colis alimentaires")
    ]


def test_verdicts_of_the_8_bs(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(cost_option__kind="free"))
    assert "betaalbaar.fits" in values(one(client), "b")


def test_situation_that_it_is_known_to_suit(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(cost_option__kind="free"))
    assert "free" in values(one(client), "situation")


def test_remark_for_coordinators_stays_inside(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(service__remark="ask Fatima"))
    assert "Fatima" not in client.get(f"{SERVICES}?full=true").text


@pytest.mark.parametrize("said_on", [None, "2025", "2026-08-01"])
def test_fact_that_ages_is_left_out_when_old_or_undated(
    client: FlaskClient, database: Engine, said_on: str | None
) -> None:
    bring(database, statement(said_on=said_on, service__intake="open"))
    assert values(one(client), "service.intake") == []


def test_fact_that_ages_is_there_while_it_is_known(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(said_on="2026-11-22", service__intake="open"))
    assert values(one(client), "service.intake") == ["open"]


def test_source_and_licence_are_named(client: FlaskClient, database: Engine) -> None:
    bring(database, statement())
    record = one(client)
    assert values(record, "source") == ["https://zone.example.be/pantry"]
    assert values(record, "licence") == ["CC BY 4.0"]


@pytest.mark.parametrize("query", ["", "?full=true", "?minimal=true"])
def test_nothing_is_null(client: FlaskClient, database: Engine, query: str) -> None:
    bare = {
        "service__needs": None,
        "phone__numbers": None,
        "contact__website": None,
        "address__street__at__nl": None,
    }
    bring(database, statement("bare", None, **bare), statement())
    assert not is_null_somewhere(client.get(SERVICES + query).json)


def test_web_address_in_other_letters_is_a_uri(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(contact__website="https://société.be/aide à domicile".replace(" ", "-")))
    assert one(client)["url"] == "https://xn--socit-esab.be/aide-%C3%A0-domicile"


def test_id_survives_another_import(client: FlaskClient, database: Engine) -> None:
    bring(database, statement())
    before = one(client)
    bring(database, statement(contact__email="info@voorraadkast.example.be"), now=LATER)
    assert one(client)["id"] == before["id"]


@pytest.fixture
def joined(client: FlaskClient, database: Engine) -> FlaskClient:
    bring(database, statement(), card=ZONE)
    bring(database, statement("4711", organization__name="Voorraadkast vzw"), card=CITY)
    with writing(database) as connection:
        link(connection, listing_id(), listing_id("4711", CITY), by="Amina", why="same door", now=LATER)
    return client


@pytest.mark.parametrize(
    ("collection", "old", "new"),
    [
        ("services", service_id(listing_id("4711", CITY), has_place=True), OWN),
        ("service_at_locations", listing_id("4711", CITY), listing_id()),
        (
            "organizations",
            organization_id("city-data\nVoorraadkast vzw"),
            organization_id("zone-list\nDe Voorraadkast"),
        ),
    ],
)
def test_joined_id_answers_with_what_it_became(
    joined: FlaskClient, collection: str, old: Any, new: Any
) -> None:
    response = joined.get(f"/hsds/v3/{collection}/{old}")
    assert response.status_code == 200
    assert response.json["id"] == str(new)
    assert response.headers["Content-Location"] == f"/hsds/v3/{collection}/{new}"


def test_service_without_a_place_that_gets_one_keeps_answering(client: FlaskClient, database: Engine) -> None:
    nowhere = dict.fromkeys(("street__at__nl", "house_number", "postal_code", "municipality"))
    bring(database, statement(**{f"address__{name}": value for name, value in nowhere.items()}))
    assert one(client, f"{SERVICES}/{listing_id()}")["id"] == str(listing_id())
    bring(database, statement(), now=LATER)
    assert one(client, f"{SERVICES}/{listing_id()}")["id"] == str(OWN)


@pytest.mark.parametrize("licence", ["CC BY-NC 4.0", "All rights reserved", "Licence nobody has heard of"])
def test_what_a_licence_closes_is_not_passed_on(client: FlaskClient, database: Engine, licence: str) -> None:
    bring(database, statement(), card=Card(licence=licence))
    assert client.get(SERVICES).json["total_items"] == 0
    assert client.get(f"{SERVICES}/{OWN}").status_code == 404


def test_withdrawn_service_is_gone(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(), statement("other"))
    bring(database, statement("other"), now=LATER)
    assert client.get(f"{SERVICES}/{OWN}").status_code == 404
