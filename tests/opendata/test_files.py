"""Each form of the open data: what is in it, what is kept out, and how it travels."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, Graph
from rdflib.namespace import DCAT
from sqlalchemy.engine import Engine

from service.opendata.formats import FORMATS
from service.opendata.linked import CPSV
from tests.contract.catalogue_factory import (
    LATER,
    NOW,
    SECRETS,
    Card,
    bring,
    hidden_statement,
    listing_id,
    statement,
)

HIDDEN = hidden_statement()
FILES = [f"/open-data/{form.file}" for form in FORMATS.values()]
COLLECTIONS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
QUERIES = (
    "",
    "?full=true",
    "?format=ndjson",
    "?format=ndjson&full=true",
    "?full_service=true",
    "?minimal=true",
)


def read(client: FlaskClient, path: str) -> str:
    """Everything an answer says, also what is packed in it; nothing for a parameter that is not taken."""
    response = client.get(path)
    if response.mimetype != "application/zip":
        return response.get_data(as_text=True) + str(response.headers)
    with zipfile.ZipFile(io.BytesIO(response.data)) as package:
        return "".join(package.read(name).decode() for name in package.namelist())


def holds(text: str, secret: str) -> bool:
    """Whether it stands there by itself: four digits are part of many an id."""
    return re.search(rf"(?<![0-9a-f-]){re.escape(secret)}(?![0-9a-f-])", text) is not None


def every_address(client: FlaskClient) -> list[str]:
    """Every address of both interfaces that answers GET, those of single records too."""
    found = [str(rule) for rule in client.application.url_map.iter_rules() if "GET" in (rule.methods or ())]
    plain = [rule for rule in found if "<" not in rule and not rule.startswith("/static")]
    lists = [f"/hsds/v3/{name}{query}" for name in COLLECTIONS for query in QUERIES]
    single = [
        f"/hsds/v3/{name}/{each['id']}"
        for name in COLLECTIONS[:3]
        for each in client.get(f"/hsds/v3/{name}").json["contents"]
    ]
    return [*plain, *lists, *single]


def test_hidden_address_is_in_no_answer(client: FlaskClient, database: Engine) -> None:
    bring(database, HIDDEN)
    told = {path: read(client, path) for path in every_address(client)}
    assert len(told) > 40
    assert "Voedselpakketten" in told["/hsds/v3/services?full=true"]
    assert [(path, secret) for path, text in told.items() for secret in SECRETS if holds(text, secret)] == []


def test_hidden_address_cannot_be_asked_for(client: FlaskClient, database: Engine) -> None:
    bring(database, HIDDEN)
    for query in ("postcode=1060&proximity=300", "search=Geheimstraat"):
        assert client.get(f"/hsds/v3/services?{query}").json["total_items"] == 0


@pytest.mark.parametrize("licence", ["All rights reserved", "CC BY-NC-ND 4.0"])
def test_what_is_not_published_is_in_no_answer(client: FlaskClient, database: Engine, licence: str) -> None:
    closed = {"service__name__at__nl": "Gesloten aanbod", "organization__name": "Gesloten vzw"}
    bring(database, statement("closed", **closed), card=Card("closed", licence=licence))
    gone = statement("gone", service__name__at__nl="Verdwenen aanbod", organization__name="Verdwenen vzw")
    bring(database, gone, statement())
    bring(database, statement(), now=LATER)
    told = {path: read(client, path) for path in every_address(client)}
    names = ("Gesloten", "Verdwenen")
    assert [(path, name) for path, text in told.items() for name in names if name in text] == []


def test_table_has_the_listing(client: FlaskClient, database: Engine) -> None:
    bring(database, statement())
    (row,) = csv.DictReader(io.StringIO(client.get("/open-data/listings.csv").text))
    assert (row["key"], row["service.name@nl"]) == (str(listing_id()), "Voedselpakketten")
    assert (row["licence"], row["publisher"]) == ("CC BY 4.0", "Zorgzone Noord")


def test_feature_has_longitude_first(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(location__point=[50.88, 4.35]))
    (feature,) = json.loads(client.get("/open-data/listings.geojson").text)["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [4.35, 50.88]}


def test_linked_data_names_the_service(client: FlaskClient, database: Engine) -> None:
    bring(database, statement(service__name__at__nl='Aanhaling " en \\ schuin'))
    graph = Graph().parse(data=client.get("/open-data/services.nt").text, format="nt")
    (own,) = graph.subjects(RDF.type, CPSV.PublicService)
    assert 'Aanhaling " en \\ schuin' in {str(text) for text in graph.objects(own)}


def test_description_lists_every_form_of_every_part(client: FlaskClient, database: Engine) -> None:
    graph = Graph().parse(data=client.get("/open-data/catalog.ttl").text, format="turtle")
    assert len(list(graph.subjects(RDF.type, DCAT.Distribution))) == 3 * len(FORMATS)


def _three(database: Engine) -> None:
    for name, licence in (("free", "CC0"), ("osm", "ODbL 1.0"), ("page", None)):
        bring(database, statement(name, service__name__at__nl=name), card=Card(name, licence=licence))


@pytest.mark.parametrize(("part", "name"), [("open", "free"), ("share_alike", "osm"), ("not_stated", "page")])
def test_parts_can_be_had_apart(client: FlaskClient, database: Engine, part: str, name: str) -> None:
    _three(database)
    rows = list(csv.DictReader(io.StringIO(client.get(f"/open-data/listings.csv?part={part}").text)))
    assert [row["service.name@nl"] for row in rows] == [name]


@pytest.mark.parametrize("path", FILES)
def test_unchanged_file_is_not_sent_again(client: FlaskClient, database: Engine, path: str) -> None:
    bring(database, statement())
    headers = client.get(path).headers
    assert headers["Last-Modified"]
    assert client.get(path, headers={"If-None-Match": headers["ETag"]}).status_code == 304


def test_only_what_changed_since(client: FlaskClient, database: Engine) -> None:
    bring(database, statement("old"), now=NOW)
    bring(database, statement("old"), statement("new"), now=LATER)
    text = client.get("/open-data/services.ndjson?modified_after=2026-11-23T00:00:00Z").text
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize("query", ["part=mine", "modified_after=x", "colour=red", "part=open&part=open"])
def test_bad_parameter_is_named(client: FlaskClient, query: str) -> None:
    response = client.get(f"/open-data/listings.csv?{query}")
    assert (response.status_code, response.json["error"]["code"]) == (422, "bad_parameter")


def _kinds(page: Any) -> dict[str, str]:
    return {each["listing"]: each["kind"] for each in page["changes"]}


def test_changes_can_be_followed(client: FlaskClient, database: Engine) -> None:
    bring(database, statement("a"), statement("b"), now=NOW)
    first = client.get("/open-data/changes").json
    assert _kinds(first) == {str(listing_id("a")): "changed", str(listing_id("b")): "changed"}
    bring(database, statement("b"), now=LATER)
    following = client.get(first["next"].replace("http://localhost", "")).json
    assert _kinds(following) == {str(listing_id("a")): "gone"}


def test_feed_names_services_alone(client: FlaskClient, database: Engine) -> None:
    bring(database, statement())
    text = client.get("/open-data/changes.atom").text
    assert f"urn:uuid:{listing_id()}" in text
    assert "Voedselpakketten" not in text
