"""Which language a reader is sent to, and where moved and incomplete addresses lead."""

import pytest

from tests.web.made import path


@pytest.mark.parametrize(
    ("where", "leads_to"),
    [
        ("/", "/fr/"),
        ("/search?q=huur&b=bereikbaar&b=bekend", "/fr/search?q=huur&b=bereikbaar&b=bekend"),
        ("/zones", "/fr/zones"),
        ("/zones/bxl-noord", "/fr/zones/bxl-noord"),
        ("/sources", "/fr/sources"),
        (path("pantry", "x")[2:], path("pantry", "fr")),
        ("/?lang=de", "/de/"),
        ("/search?q=huur&lang=en", "/en/search?q=huur"),
    ],
)
def test_an_address_without_a_language_leads_to_the_readers(client, where, leads_to):
    answer = client.get(where, headers={"Accept-Language": "fr-BE,fr;q=0.9,nl;q=0.5"})
    assert (answer.status_code, answer.headers["Location"]) == (302, leads_to)


def test_such_an_answer_depends_on_the_reader(client):
    assert "Accept-Language" in client.get("/").headers["Vary"]


@pytest.mark.parametrize(
    ("where", "leads_to"),
    [
        ("/nl/search?q=huur&lang=fr", "/fr/search?q=huur"),
        ("/nl/search?q=huur&lang=nl", "/nl/search?q=huur"),
        ("/nl/search?q=huur&lang=pt", "/de/search?q=huur"),
    ],
)
def test_the_language_asked_for_wins_and_one_that_we_do_not_have_gives_way(client, where, leads_to):
    answer = client.get(where, headers={"Accept-Language": "de"})
    assert (answer.status_code, answer.headers["Location"]) == (302, leads_to)


def test_a_path_with_a_language_is_kept(client):
    assert client.get("/nl/", headers={"Accept-Language": "fr"}).status_code == 200


@pytest.mark.parametrize(
    ("where", "lang"),
    [("/nl/nowhere", "nl"), ("/nowhere?lang=de", "de"), ("/nowhere", "fr"), ("/nl/nowhere?lang=en", "en")],
)
def test_a_missing_page_speaks_the_readers_language(client, where, lang):
    answer = client.get(where, headers={"Accept-Language": "fr"})
    assert answer.status_code == 404
    assert f'<html lang="{lang}"' in answer.get_data(as_text=True)


def test_the_pages_drop_parameters_that_are_not_theirs(page):
    assert "fbclid" not in page("/nl/search?q=voedselpakket&fbclid=abc&utm_source=x")
