"""What pages tell the browser, and what they keep: nothing."""

import logging
import re

import pytest

from service.app import create_app
from service.config import Settings
from service.web.headers import content_security_policy
from tests.conftest import FROZEN
from tests.web.made import path

PAGES = ["/nl/", "/nl/search?q=huur", "/nl/zones", "/nl/sources", "/nl/about", path("pantry"), "/nl/nowhere"]


@pytest.mark.parametrize("where", PAGES)
def test_scripts_and_styles_come_from_us_and_none_stands_inside(client, where):
    policy = client.get(where).headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["img-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Frame-Options", "DENY"),
        ("Permissions-Policy", "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"),
    ],
)
def test_a_page_is_closed_to_others(client, where, header, value):
    assert client.get(where).headers[header] == value


@pytest.mark.parametrize("where", [*PAGES, "/", "/search?q=huur", "/static/style.css", "/map/outlines.json"])
def test_no_cookie_is_set(client, where):
    assert "Set-Cookie" not in client.get(where).headers


@pytest.mark.parametrize("ask", [("GET", {}), ("POST", {"situation": "free"})])
def test_no_cache_keeps_a_search(client, ask):
    answer = client.open("/nl/search?q=huur", method=ask[0], data=ask[1])
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_tile_host_is_let_in_for_pictures_only():
    policy = content_security_policy(
        Settings(tile_url="https://{s}.tiles.example.be/{z}/{x}/{y}.png", tile_attribution="Tegels")
    )
    assert "img-src 'self' https://*.tiles.example.be data:;" in policy
    assert policy.count("tiles.example.be") == 1


def test_with_tiles_the_page_names_them(settings):
    held = Settings(
        home=settings.home, tile_url="https://tiles.example.be/{z}/{x}/{y}.png", tile_attribution="© Tegels"
    )
    client = create_app(held, lambda: FROZEN).test_client()
    html = client.get("/nl/search?q=voedselpakket").get_data(as_text=True)
    assert 'data-tiles="https://tiles.example.be/{z}/{x}/{y}.png" data-attribution="© Tegels"' in html


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_of_a_question_is_logged(client, caplog, method):
    words = {"q": "schaamte en schulden", "situation": "no_papers", "near": "Kuregem"}
    with caplog.at_level(logging.DEBUG):
        client.open(
            "/nl/search", method=method, **({"data": words} if method == "POST" else {"query_string": words})
        )
    logged = " ".join(str(record.__dict__) for record in caplog.records)
    assert not re.search("schaamte|no_papers|Kuregem", logged)


def test_a_failure_is_logged_without_the_question(app, caplog, monkeypatch):
    def fail(*_):
        raise RuntimeError("broken")

    monkeypatch.setattr("service.search.query.run.SearchService._read", fail)
    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/nl/search?q=schaamte&near=Kuregem")
    logged = " ".join(record.getMessage() + str(record.exc_text) for record in caplog.records)
    assert (answer.status_code, "/nl/search" in logged) == (500, True)
    assert not re.search("schaamte|Kuregem", logged)


def test_a_static_file_with_its_mark_may_be_kept_for_a_year(client):
    html = client.get("/nl/").get_data(as_text=True)
    sheet = re.search(r'href="(/static/style\.css\?v=\w+)"', html)[1]
    assert "max-age=31536000" in client.get(sheet).headers["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["../headers.py", "leaflet/leaflet-src.js", "leaflet/../../__init__.py", "nowhere.css"]
)
def test_no_other_file_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_leaflet_comes_from_its_package(client):
    assert b"Leaflet" in client.get("/static/leaflet/leaflet.js").data[:200]


def test_a_small_answer_where_the_browser_can_read_it(client):
    plain, small = client.get("/nl/zones"), client.get("/nl/zones", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 3
