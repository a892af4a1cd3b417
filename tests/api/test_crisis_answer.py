"""Lines for a danger in the API: what heads them, and that they stand also where the index is away."""

import pytest

from service.geo.places import gazetteer
from service.search.engine.fts5.reader import Fts5Engine
from service.search.query.crisis import heading, lines
from service.search.query.run import SearchService
from tests.api.made import analyser, listing


@pytest.fixture
def away(client, tmp_path, lexicon_home):
    class Empty:
        service = SearchService(Fts5Engine(tmp_path / "none"), gazetteer(), analyser(lexicon_home))

    return client(Empty)


@pytest.fixture
def api(town, client):
    return client(town(listing("Voedselbank Gent", "Gent")))


def test_lines_stand_also_where_the_index_is_away(away):
    response = away.get("/api/v1/search", query_string={"q": "ik wil niet meer leven", "lang": "nl"})
    assert response.status_code == 503
    assert response.json["error"]["code"] == "index_not_ready"
    assert response.json["crisis"][0]["phone"] == "1813"


def test_index_away_without_a_danger_shows_no_line(away):
    assert away.get("/api/v1/search?q=voedselpakket").json["crisis"] == []


def test_index_away_by_post_keeps_the_lines(away):
    body = away.post("/api/v1/search", json={"q": "mon mari me frappe", "lang": "fr"}).json
    assert "0800 30 030" in [line["phone"] for line in body["crisis"]]


@pytest.mark.parametrize(
    ("question", "head", "first"),
    [
        ("mijn moeder is gevallen en reageert niet meer", "emergency", "112"),
        ("mijn kind heeft bleekwater gedronken", "poisoning", "070 245 245"),
        ("ik wil niet meer leven", "talk", "1813"),
    ],
)
def test_heading_fits_the_danger(api, question, head, first):
    body = api.get("/api/v1/search", query_string={"q": question, "lang": "nl"}).json
    assert (body["crisis_heading"], body["crisis"][0]["phone"]) == (head, first)


def test_no_danger_has_no_heading(api):
    assert api.get("/api/v1/search?q=voedselpakket").json["crisis_heading"] is None


def test_lines_of_two_dangers_are_headed_by_the_graver(api):
    asked = {"q": "mijn man heeft mij geslagen en ik ben bewusteloos geweest en bloed hevig", "lang": "nl"}
    assert api.get("/api/v1/search", query_string=asked).json["crisis_heading"] == "emergency"


def test_nothing_shown_is_headed_as_somebody_to_talk_to():
    assert heading(()) == "talk"


def test_chat_is_an_address_that_can_be_followed():
    chats = [line.chat for line in lines() if line.chat]
    assert chats
    assert all(chat.startswith("https://") for chat in chats)


def test_unknown_hours_stay_unknown(api):
    asked = {"q": "j'ai été violée hier soir", "lang": "fr"}
    shown = {
        line["phone"]: line["open_now"]
        for line in api.get("/api/v1/search", query_string=asked).json["crisis"]
    }
    assert shown["0800 98 100"] is None
    assert shown["0800 30 030"] is True
