"""The frame on somebody else's page, and the sheet to print."""

import re

import pytest


@pytest.fixture
def frame(client):
    return client.get("/embed?zone=bxl-noord&need=food.parcel&lang=fr")


def test_frame_may_stand_anywhere(frame):
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers


def test_page_may_stand_nowhere_else(client):
    assert "frame-ancestors 'none'" in client.get("/nl/").headers["Content-Security-Policy"]


def test_frame_sets_no_cookie_and_runs_no_script(frame):
    assert "Set-Cookie" not in frame.headers
    assert "<script" not in frame.text


def test_frame_speaks_the_language_asked(frame):
    assert '<html lang="fr"' in frame.text
    assert "Colis alimentaire" in frame.text


def test_search_goes_on_with_zone_and_need(frame):
    assert re.search(r'name="zone" value="bxl-noord"', frame.text)
    assert re.search(r'name="need" value="food.parcel"', frame.text)


def test_every_field_has_its_label(frame):
    assert set(re.findall(r'<input id="(\w+)"', frame.text)) == set(
        re.findall(r'<label for="(\w+)"', frame.text)
    )


@pytest.mark.parametrize("query", ["zone=nowhere", "q=huur", "situation=no_papers", "lat=50&lon=4"])
def test_frame_refuses_what_it_does_not_take(client, query):
    response = client.get(f"/embed?{query}")
    assert (response.status_code, response.json["error"]["code"]) == (422, "bad_parameter")


def test_script_is_for_any_site(client):
    assert client.get("/embed.js").mimetype == "text/javascript"


def test_sheet_names_zone_and_need(client):
    text = client.get("/sheet/bxl-noord/food.parcel?lang=nl").text
    assert "Voedselpakket" in text


def test_sheet_of_no_zone_is_refused(client):
    assert client.get("/sheet/nowhere/food.parcel").status_code == 422
