"""Pages, cursors and parameters of the collections, on both databases where they are asked of SQL."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.engine import Engine

from service.catalogue.ids import organization_id, taxonomy_id
from service.hsds.ids import term_id
from tests.contract.catalogue_factory import LATER, NOW, Card, bring, statement
from tests.hsds.conftest import app_over

BASE = "/hsds/v3"
PLACES = [
    statement("laken", service__name__at__nl="Eten in Laken", service__minimum_age=18,
              schedule__opening_hours="Mo,Tu 09:00-12:00", service__audience=["homeless"]),
    statement("genk", service__name__at__nl="Café 'De 100%'", organization__name="Stad Genk",
              address__postal_code="3600", address__municipality="71016", service__maximum_age=25,
              schedule__opening_hours="Sa 13:00-17:00", service__needs=["housing.rent_arrears"],
              cost_option__kind="free"),
    statement("phone", service__name__at__nl="Élan à l'écoute", organization__name="Élan",
              address__street__at__nl=None, address__house_number=None, address__postal_code=None,
              address__municipality=None, service__needs=None, service_area__zones=["bxl-noord"]),
]  # fmt: skip


@pytest.fixture
def filled(engine: Engine) -> FlaskClient:
    bring(engine, *PLACES, now=NOW)
    return app_over(engine).test_client()


def names(client: FlaskClient, query: str, collection: str = "services") -> list[str]:
    page = client.get(f"{BASE}/{collection}?{query}").json
    assert "contents" in page, page
    found = [each["name"] if "name" in each else each["service"]["name"] for each in page["contents"]]
    assert page["total_items"] == len(found)
    return sorted(found)


@pytest.mark.parametrize("asked", [f"taxonomy_term_id={term_id('intake', 'open')}",
                                   f"taxonomy_id={taxonomy_id('intake')}"])  # fmt: skip
def test_term_is_found_only_while_its_fact_is_known(engine: Engine, asked: str) -> None:
    for name, said_on in (("new", "2026-11-22"), ("old", "2025"), ("undated", None)):
        said = statement(name, said_on, service__name__at__nl=name, service__intake="open")
        bring(engine, said, card=Card(name))
    assert names(app_over(engine).test_client(), asked) == ["new"]


LAKEN, GENK, PHONE = "Eten in Laken", "Café 'De 100%'", "Élan à l'écoute"
STAD = organization_id("zone-list\nStad Genk")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=eten", [LAKEN]),
        ("search=LAKEN eten", [LAKEN]),
        ("search=élan", [PHONE]),
        ("search=100%25", [GENK]),
        ("search=1_0", []),
        ("search=stad", [GENK]),
        ("search=", [GENK, LAKEN, PHONE]),
        (f"organization_id={STAD}", [GENK]),
        (f"organization_id={STAD}&search=eten", []),
        ("minimum_age=18", [LAKEN]),
        ("minimum_age=19", []),
        ("maximum_age=25", [GENK]),
        ("maximum_age=24", []),
        ("day=MO", [LAKEN]),
        ("day=saturday", [GENK]),
        ("start_time=13:00", [GENK]),
        ("end_time=12:00", [LAKEN]),
        ("day=TU&start_time=09:00&end_time=12:00", [LAKEN]),
        ("day=MO&start_time=10:00", []),
        ("postcode=3600", [GENK]),
        ("postcode=1020", [LAKEN, PHONE]),
        ("postcode=1020&proximity=3000", [LAKEN]),
        ("postcode=1020&proximity=200000", [GENK, LAKEN]),
        (f"taxonomy_term_id={term_id('need', 'food.parcel')}", [LAKEN]),
        (f"taxonomy_term_id={term_id('theme', 'housing')}", [GENK]),
        (f"taxonomy_term_id={term_id('audience', 'homeless')}", [LAKEN]),
        (f"taxonomy_term_id={term_id('cost', 'free')}", [GENK]),
        (f"taxonomy_term_id={term_id('zone', 'bxl-noord')}", [LAKEN, PHONE]),
        (f"taxonomy_term_id={term_id('b', 'betaalbaar.fits')}", [GENK]),
        (f"taxonomy_term_id={term_id('situation', 'free')}", [GENK]),
        (f"taxonomy_id={taxonomy_id('need')}", [GENK, LAKEN]),
        (f"taxonomy_id={taxonomy_id('b')}", [GENK, LAKEN, PHONE]),
        ("modified_after=2026-11-22T09:00:00Z", [GENK, LAKEN, PHONE]),
        ("modified_after=2026-11-22T09:00:01Z", []),
    ],
)
def test_services_by(filled: FlaskClient, query: str, found: list[str]) -> None:
    assert names(filled, query) == found


def test_places_leave_out_what_has_none(filled: FlaskClient) -> None:
    assert names(filled, "", "service_at_locations") == [GENK, LAKEN]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=stad", ["Stad Genk"]),
        (f"taxonomy_term_id={term_id('need', 'food.parcel')}", ["De Voorraadkast"]),
    ],
)
def test_organizations_by(filled: FlaskClient, query: str, found: list[str]) -> None:
    assert names(filled, query, "organizations") == found


def test_organization_lists_its_services(filled: FlaskClient) -> None:
    assert [each["name"] for each in filled.get(f"{BASE}/organizations/{STAD}").json["services"]] == [GENK]


def test_terms_by_taxonomy(filled: FlaskClient) -> None:
    page = filled.get(f"{BASE}/taxonomy_terms?taxonomy_id={taxonomy_id('b')}&top_only=true").json
    assert page["total_items"] == 8


@pytest.mark.parametrize("collection", ["services", "organizations", "service_at_locations", "taxonomies"])
def test_post_twin_says_the_same(filled: FlaskClient, collection: str) -> None:
    got = filled.get(f"{BASE}/{collection}?per_page=2").json
    assert filled.post(f"{BASE}/{collection}", json={"per_page": 2}).json == got


def test_ndjson_is_every_record(filled: FlaskClient) -> None:
    response = filled.get(f"{BASE}/services?format=ndjson")
    assert response.mimetype == "application/x-ndjson"
    assert len(response.text.splitlines()) == 3


def test_per_page_as_open_referral_uk_writes_it(filled: FlaskClient) -> None:
    assert filled.get(f"{BASE}/services?perPage=2").json["size"] == 2


def test_page_past_the_end_is_empty(filled: FlaskClient) -> None:
    page = filled.get(f"{BASE}/services?page=9").json
    assert (page["empty"], page["last_page"], page["page_number"]) == (True, True, 9)


def walk(client: FlaskClient, between: Any) -> list[str]:
    """Every record by the addresses that pages name as the next; ``between`` is done after the first."""
    address, seen = f"{BASE}/services?per_page=1", []
    while address:
        response = client.get(address)
        seen += [each["id"] for each in response.json["contents"]]
        if len(seen) == 1:
            between()
        address = response.headers.get("Link", "").partition(">")[0].removeprefix("<")
    return seen


def test_cursor_does_not_drift(engine: Engine) -> None:
    bring(engine, *PLACES, now=NOW)
    client = app_over(engine).test_client()
    kept = [each["id"] for each in client.get(f"{BASE}/services").json["contents"]]
    first = next(each for each in PLACES if each.values["service.name@nl"] == _name(client, kept[0]))

    def between() -> None:
        bring(engine, *(each for each in PLACES if each is not first), now=LATER)

    assert walk(client, between) == kept


def _name(client: FlaskClient, own: str) -> str:
    return str(client.get(f"{BASE}/services/{own}").json["name"])


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=0", "page"), ("page=abc", "page"), ("per_page=101", "per_page"), ("colour=red", "colour"),
        ("page=1&page=2", "page"), ("perPage=1&per_page=2", "per_page"),
        ("organization_id=x", "organization_id"),
        ("modified_after=yesterday", "modified_after"), ("minimum_age=-1", "minimum_age"), ("day=XX", "day"),
        ("start_time=25:00", "start_time"), ("postcode=0000", "postcode"), ("proximity=5", "proximity"),
        ("full=maybe", "full"), ("format=xml", "format"), ("search=%00", "search"),
        ("top_only=true", "top_only"),
        (f"after={STAD}&page=2", "after"),
    ],
)  # fmt: skip
def test_bad_parameter_is_named(client: FlaskClient, query: str, parameter: str) -> None:
    response = client.get(f"{BASE}/services?{query}")
    assert response.status_code == 400
    error = response.json["error"]
    assert error["code"] == "bad_parameter"
    assert {error["parameter"], parameter} <= {parameter, "perPage"}
    assert error["allowed"]


def test_unchanged_answer_is_not_sent_again(filled: FlaskClient) -> None:
    mark = filled.get(f"{BASE}/services").headers["ETag"]
    assert filled.get(f"{BASE}/services", headers={"If-None-Match": mark}).status_code == 304


def test_changed_answer_is_sent_again(engine: Engine) -> None:
    bring(engine, *PLACES, now=NOW)
    client = app_over(engine).test_client()
    mark = client.get(f"{BASE}/services").headers["ETag"]
    bring(engine, *PLACES, statement("more"), now=LATER)
    response = client.get(f"{BASE}/services", headers={"If-None-Match": mark})
    assert response.json["total_items"] == 4


@pytest.mark.parametrize("path", ["", "/", "/services", "/profile", "/openapi.json", "/status", "/nothing"])
def test_any_site_may_read(client: FlaskClient, path: str) -> None:
    assert client.get(BASE + path).headers["Access-Control-Allow-Origin"] == "*"


def test_methods_are_said(client: FlaskClient) -> None:
    response = client.options(f"{BASE}/services/x")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert client.delete(f"{BASE}/services/x").status_code == 405


def test_profile_names_every_taxonomy_that_is_published(client: FlaskClient) -> None:
    published = client.get(f"{BASE}/taxonomies?per_page=100").json["contents"]
    named = client.get(f"{BASE}/profile").json["taxonomies"]
    assert {each["id"] for each in named} == {each["id"] for each in published}
    assert {"b", "need", "zone", "situation"} <= {each["name"] for each in named}
