"""The API over HTTP: shapes, methods, headers, and what is not kept."""

import logging

import pytest

from service.catalogue.confirm import confirm
from service.catalogue.links import link
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine, writing
from service.search.query.filters.table import FILTERS
from tests.api.made import listing
from tests.contract.catalogue_factory import NOW, bring, listing_id, statement


@pytest.fixture
def api(town, client):
    return client(
        town(
            listing("Pakketten", "Gent", languages=("nl",), opening_hours="24/7"),
            listing("Lijn", needs=["mental_health.talk"], coverage="belgium"),
        )
    )


TYPES = {
    "id": str, "url": str, "service": str, "organization": str, "needs": list, "address": str,
    "municipality": str, "lat": float, "lon": float, "location_precision": str, "distance_m": int,
    "minutes": dict, "channels": list, "open_now": bool, "languages": list, "readiness": str,
    "eight_b": dict, "score": dict, "lane": str,
}  # fmt: skip


def test_answer_has_the_keys_of_the_design(api):
    body = api.get("/api/v1/search?near=Gent&lang=nl").json
    assert {
        "understood",
        "crisis",
        "total",
        "total_is_exact",
        "page",
        "per_page",
        "results",
        "facets",
    } <= set(body)
    assert isinstance(body["took_ms"], int | float)
    assert {"theme", "municipality", "language", "situation"} <= set(body["facets"])


def test_result_has_the_keys_and_types_of_the_design(api):
    result = api.get("/api/v1/search?near=Gent&lang=nl").json["results"][0]
    assert {key: type(result[key]) for key in TYPES} == TYPES
    assert {"summary", "summary_language", "phone", "next_open", "checked"} <= set(result)
    assert result["url"] == f"/l/{result['id']}"


def test_verdict_has_its_reasons(api):
    verdict = api.get("/api/v1/search?near=Gent&lang=nl").json["results"][0]["eight_b"]["bereikbaar"]
    known = [each for each in verdict["reasons"] if each["outcome"] != "unknown"]
    assert verdict["verdict"] == "fits"
    assert (verdict["known"], verdict["of"]) == (len(known), len(verdict["reasons"])) == (2, 5)
    assert verdict["reasons"][0]["criterion"] == "travel"
    assert verdict["reasons"][0]["text"]


def test_understood_has_the_keys_of_the_design(api):
    understood = api.get("/api/v1/search?q=voedselpakket+in+gent&lang=fr").json["understood"]
    assert understood["language"] == "nl"
    assert understood["needs"][0]["label"] == "Colis alimentaire"
    assert understood["place"]["name"] == "Gand"
    assert {"speaks", "situation", "audience", "open_at", "words", "suggestions"} <= set(understood)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("foo=1", "foo"), ("lat=99&lon=4", "lat"), ("q=a&q=b", "q"), ("near=Xqzwvillekens", "near")],
)
def test_bad_parameter_has_the_one_error_shape(api, query, parameter):
    response = api.get(f"/api/v1/search?{query}")
    assert response.status_code == 422
    error = response.json["error"]
    assert set(error) == {"code", "parameter", "message", "allowed"}
    assert (error["code"], error["parameter"]) == ("bad_parameter", parameter)
    assert error["message"]
    assert error["allowed"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/", 404, "not_found"),
        ("GET", "/api/v1/nothing/here", 404, "not_found"),
        ("GET", "/api/v1/zones/atlantis", 404, "not_found"),
        ("GET", "/api/v1/listings/x", 404, "not_found"),
        ("PUT", "/api/v1/search", 405, "method_not_allowed"),
        ("POST", "/api/v1/zones", 405, "method_not_allowed"),
        ("GET", "/api/v1/places", 422, "bad_parameter"),
        ("GET", "/api/v1/places?q=a&q=b", 422, "bad_parameter"),
        ("GET", "/api/v1/zones?x=1", 422, "bad_parameter"),
        ("GET", "/api/v1/listings/x?lang=xx", 422, "bad_parameter"),
    ],
)
def test_every_failure_has_the_one_error_shape(api, method, path, status, code):
    response = api.open(path, method=method)
    assert response.status_code == status
    assert response.json["error"]["code"] == code
    assert set(response.json["error"]) == {"code", "parameter", "message", "allowed"}


def test_refused_method_says_which_are_allowed(api):
    assert api.put("/api/v1/search").headers["Allow"] == "GET, POST, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["head", "options"])
def test_head_and_options_are_answered(api, method):
    assert getattr(api, method)("/api/v1/search").status_code == 200


def test_missing_index_is_unavailable(town, client, tmp_path, lexicon_home):
    from service.geo.places import gazetteer
    from service.search.engine.fts5.reader import Fts5Engine
    from service.search.query.run import SearchService
    from tests.api.made import analyser

    class Empty:
        service = SearchService(Fts5Engine(tmp_path / "none"), gazetteer(), analyser(lexicon_home))

    response = client(Empty).get("/api/v1/search?near=Gent")
    assert (response.status_code, response.json["error"]["code"]) == (503, "index_not_ready")
    assert response.headers["Retry-After"]


def test_form_and_json_ask_the_same(api):
    asked = {"near": "Gent", "situation": ["free", "evening"], "per_page": 1, "explain": False}
    form = {**asked, "explain": "false"}
    by_json = api.post("/api/v1/search", json=asked).json
    by_form = api.post("/api/v1/search", data=form).json
    assert by_json["results"] == by_form["results"]
    assert len(by_json["results"]) == 1


@pytest.mark.parametrize("given", [{"q": False}, {"budget": 5}, {"near": 1070}, {"need": [1]}])
def test_what_is_text_is_text_in_json_too(api, given):
    answer = api.post("/api/v1/search", json=given)
    assert answer.status_code == 422
    assert answer.json["error"]["parameter"] == next(iter(given))


def test_situation_by_post_changes_verdicts(api):
    general = api.post("/api/v1/search", json={"near": "Gent"}).json["results"][0]["eight_b"]
    personal = api.post("/api/v1/search", json={"near": "Gent", "situation": "wheelchair"}).json
    assert general["bereikbaar"]["verdict"] == "fits"
    assert personal["results"][0]["eight_b"]["bereikbaar"]["verdict"] == "unknown"


def test_address_and_body_belong_together(api):
    assert api.post("/api/v1/search?near=Gent", data={"situation": "free"}).json["total"] == 2
    assert api.post("/api/v1/search?page=1", data={"page": "2"}).status_code == 422


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b'{"q": {"a": 1}}', "application/json", 422),
        (b'{"q": null}', "application/json", 422),
        (b"<q/>", "application/xml", 415),
        (b"q=" + b"a" * 70_000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_body_that_cannot_be_read_is_refused(api, body, kind, status):
    response = api.post("/api/v1/search", data=body, content_type=kind)
    assert response.status_code == status
    assert set(response.json["error"]) == {"code", "parameter", "message", "allowed"}


def test_language_of_the_answer_follows_the_browser(api):
    response = api.get("/api/v1/search?near=Gent", headers={"Accept-Language": "tr;q=0.9, fr"})
    assert response.headers["Content-Language"] == "fr"


@pytest.mark.parametrize("lang", ["nl", "fr", "en", "de", "ar", "tr", "uk", "es", "pl", "ro"])
def test_all_ten_languages_are_answered(api, lang):
    response = api.get(f"/api/v1/search?q=voedselpakket&lang={lang}")
    assert response.status_code == 200
    assert response.json["understood"]["needs"][0]["label"]


def test_search_is_kept_nowhere(api):
    headers = api.get("/api/v1/search?q=eten").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_failure_is_logged_without_the_question(town, client, caplog, monkeypatch):
    made = town(listing("Pakketten", "Gent"))

    def fail(criteria, now):
        raise RuntimeError(criteria.q)

    monkeypatch.setattr(made.service, "search", fail)
    with caplog.at_level(logging.DEBUG):
        response = client(made).get("/api/v1/search?q=geheime+vraag")
    assert response.status_code == 500
    assert response.json["error"]["code"] == "error"
    assert "RuntimeError" in caplog.text
    assert "geheime" not in caplog.text + response.text


def test_every_parameter_can_be_given(api):
    for name, each in FILTERS.items():
        extra = {"lat": "&lon=4.3", "lon": "&lat=50.8", "within_m": "&near=Gent", "minutes": "&near=Gent"}
        response = api.get(f"/api/v1/search?{name}={each.example}{extra.get(name, '')}")
        assert response.status_code == 200, name


def test_zones_are_listed(api):
    zones = api.get("/api/v1/zones").json["zones"]
    assert zones[0] == {**zones[0], "id": "bxl-noord", "kind": "brussels_care_zone"}


def test_zone_has_its_municipalities_and_outline(api):
    zone = api.get("/api/v1/zones/bxl-noord").json
    assert "Jette" in {part["name"]["nl"] for part in zone["municipalities"]}
    assert zone["outline"]["properties"]["indicative"] is True


def test_places_begin_as_typed_in_either_language(api):
    for typed, nis in (
        ("sint-jans-mol", "21012"),
        ("molenbeek-s", "21012"),
        ("anv", "11002"),
        ("9000", "44021"),
    ):
        assert api.get("/api/v1/places", query_string={"q": typed}).json["places"][0]["nis"] == nis


def test_listing_shows_who_says_so(api, tmp_path):
    database = connect_engine(Settings(home=tmp_path))
    upgrade(database)
    bring(database, statement())
    body = api.get(f"/api/v1/listings/{listing_id()}?lang=nl").json
    assert body["name"] == "Voedselpakketten"
    assert body["provenance"]["organization.name"]["speaker"] == "Zorgzone Noord"
    assert set(body["values"]) == set(body["provenance"])


def test_listing_says_how_far_to_trust_a_fact(api, tmp_path):
    database = connect_engine(Settings(home=tmp_path))
    upgrade(database)
    bring(database, statement())
    with writing(database) as connection:
        said = {"by": "Amina", "why": "rang", "role": "coordinator", "how": "phone", "now": NOW}
        confirm(connection, listing_id(), ["phone.numbers"], **said)
    who = api.get(f"/api/v1/listings/{listing_id()}").json["provenance"]
    assert (who["phone.numbers"]["trust"], who["phone.numbers"]["role"]) == ("checked", "coordinator")
    assert who["organization.name"]["trust"] == "source"


def test_listing_says_how_fresh_it_is(api, tmp_path):
    database = connect_engine(Settings(home=tmp_path))
    upgrade(database)
    bring(database, statement(said_on="2024-03-01"))
    fresh = api.get(f"/api/v1/listings/{listing_id()}").json["freshness"]
    assert fresh == {"state": "stale", "check_on": "2024-09-01", "stale_on": "2025-09-01"}


def test_joined_listing_moves(api, tmp_path):
    database = connect_engine(Settings(home=tmp_path))
    upgrade(database)
    bring(database, statement(), statement("another"))
    one, other = listing_id(), listing_id("another")
    with writing(database) as connection:
        link(connection, one, other, by="coordinator", why="the same pantry", now=NOW)
    kept, moved = sorted((one, other), key=lambda each: each.int)
    response = api.get(f"/api/v1/listings/{moved}")
    assert (response.status_code, response.json) == (301, {"moved_to": str(kept)})
    assert response.headers["Location"] == f"/api/v1/listings/{kept}"


def test_hidden_listing_shows_no_address(api, tmp_path):
    database = connect_engine(Settings(home=tmp_path))
    upgrade(database)
    bring(database, statement(address__hidden=True))
    response = api.get(f"/api/v1/listings/{listing_id()}")
    assert response.json["location"]["hidden"] is True
    assert "Bockstael" not in response.text


def test_withdrawn_listing_is_gone(api, tmp_path):
    database = connect_engine(Settings(home=tmp_path))
    upgrade(database)
    bring(database, statement())
    bring(database, statement("another"))
    response = api.get(f"/api/v1/listings/{listing_id()}")
    assert (response.status_code, response.json["error"]["code"]) == (410, "gone")
