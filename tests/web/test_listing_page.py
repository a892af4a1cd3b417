"""The page of one listing: when, where, how; and who says so."""

import json
import re
from urllib.parse import unquote
from uuid import UUID

import pytest

from service.geo.point import Point
from service.geo.stop_table import NearStop, Stop
from tests.web.made import SECRET_STREET, path


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_way_to_call_comes_first(page):
    html = page(path("pantry"))
    assert html.index('href="tel:+3222123456"') < html.index("<h2")


def test_the_hours_of_the_coming_week(page):
    words = text_of(page(path("french")))
    assert "Vandaag, dinsdag 24 november 9:00 tot 12:00 en 13:00 tot 17:00" in words
    assert "vrijdag 27 november 18:00 tot 2:00" in words
    assert "zondag 29 november 10:00 tot 12:00 (na afspraak)" in words
    assert "donderdag 26 november gesloten" in words


def test_whether_it_is_open_now(page):
    assert "Nu open" in page(path("french"))


def test_unknown_hours_are_said_to_be_unknown(page):
    assert "Openingsuren niet bekend." in page(path("elsewhere"))


def test_unknown_facts_are_never_a_no(page):
    words = text_of(page(path("elsewhere")))
    assert "Prijs: weten we niet" in words
    assert "Ze spreken: weten we niet" in words


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ["Gratis", "Frans, Arabisch en Vlaamse Gebarentaal", "Mee te brengen: Identiteitskaart"]),
        ("fr", ["Gratuit", "français, arabe et Langue des signes flamande", "À apporter : Identiteitskaart"]),
    ],
)
def test_price_languages_and_papers_in_the_readers_words(page, lang, words):
    shown = text_of(page(path("french", lang)))
    assert [each for each in words if each not in shown] == []


def test_a_text_in_another_language_is_marked_and_said(page):
    html = page(path("french", "de"))
    assert '<h1 lang="fr" dir="auto">Atelier vélo solidaire</h1>' in html
    assert (
        '<div lang="fr" dir="auto"><p>On répare votre vélo avec vous.</p><p>Venez avec votre vélo.</p>'
        in html
    )
    assert "Dieser Text ist auf Französisch." in html


def test_a_text_in_the_readers_language_is_not_marked(page):
    assert "<h1>Atelier vélo solidaire</h1>" in page(path("french", "fr"))


def test_every_fact_says_who_when_and_that_nobody_checked(page):
    row = re.search(r'<th scope="row">Telefoon</th>.*?</tr>', page(path("pantry")), flags=re.S)[0]
    words = text_of(row)
    assert "02 212 34 56" in words
    assert "Zorgzone Noord" in words
    assert "augustus 2026 (3 maanden geleden)" in words
    assert "niemand heeft dit al nagekeken" in words


def test_a_fact_that_follows_names_its_rule(page):
    row = re.search(r'<th scope="row">Ligging</th>.*?</tr>', page(path("pantry")), flags=re.S)[0]
    assert "door ons afgeleid van de postcode" in text_of(row)


def test_a_source_without_a_date_has_an_unknown_age(page):
    words = text_of(page(path("elsewhere")))
    assert "We weten niet hoe oud het is." in words
    assert "Stad Brussel : we weten niet van wanneer" in words


def test_the_remark_for_the_coordinator_is_for_the_coordinator(client, page):
    leads = re.findall(r"/nl/l/[0-9a-f-]{36}", page("/nl/search?theme=food&per_page=50"))
    assert not [
        where for where in leads[:20] if "Opmerking voor de co" in client.get(where).get_data(as_text=True)
    ]


def test_a_hidden_address_is_explained_and_nowhere(page):
    html = page(path("hidden"))
    assert "Het adres blijft geheim, zodat mensen er veilig zijn." in html
    assert "Schaarbeek" in html
    assert not re.search(rf"{SECRET_STREET}|1030|50\.867|4\.373|zone\.example\.be/hidden", html)
    assert 'id="map"' not in html


def test_a_withdrawn_listing_stays_and_explains(client):
    answer = client.get(path("gone"))
    html = answer.get_data(as_text=True)
    assert answer.status_code == 410
    assert "Dit aanbod is er niet meer" in html
    assert "Verdwenen soepbedeling" in html
    assert "need=food.parcel" in html


@pytest.mark.parametrize("name", ["nowhere", "00000000-0000-0000-0000-000000000000", "1080"])
def test_no_such_listing(client, name):
    assert client.get(f"/nl/l/{name}").status_code == 404


def test_an_id_in_capitals_is_the_same_listing(client):
    where = path("pantry")
    assert client.get("/nl/l/" + where.rpartition("/")[2].upper()).status_code == 200


def test_machines_read_it_in_the_words_of_schema_org(page):
    (block,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page(path("pantry")), flags=re.S
    )
    held = json.loads(block)
    assert (held["@type"], held["name"], held["provider"]["name"]) == (
        "Service",
        "Voedselpakketten",
        "De Voorraadkast",
    )
    assert held["availableChannel"]["serviceLocation"]["address"]["streetAddress"] == "Bockstaellaan 12"
    assert UUID(held["@id"].rpartition("/")[2])


def test_machines_do_not_read_a_hidden_address(page):
    (block,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page(path("hidden")), flags=re.S
    )
    assert "serviceLocation" not in block


def test_the_link_to_share_is_whole(page):
    assert f'value="http://localhost{path("pantry")}" readonly' in page(path("pantry"))


def test_eight_verdicts_in_general(page):
    html = page(path("french"))
    names = ["Bereikbaar", "Beschikbaar", "Betaalbaar", "Bruikbaar", "Begrijpbaar", "Betrouwbaar", "Bekend"]
    names.append("Begripvol")
    opened = re.findall(r'<details class="sign".*?</span>([^<]*)</summary>', html, flags=re.S)
    assert sorted(opened) == sorted(names)


def test_a_sign_opens_the_fact_who_says_it_and_what_can_be_asked(page):
    html = page(path("french"))
    (price,) = re.findall(r"Betaalbaar</summary>(.*?)</details>", html, flags=re.S)
    assert "Gratis" in price
    assert "niemand heeft dit al nagekeken" in price


def test_a_person_gets_the_verdicts_for_them_and_no_trace_of_it(client):
    plain = client.get(path("french")).get_data(as_text=True)
    answer = client.post(path("french"), data={"situation": "evening", "speaks": "pl"})
    html = answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'value="evening" checked' in html
    verdict = r'<div class="eight-row (\w+)">(?:(?!eight-row).)*Begrijpbaar</summary>'
    assert re.search(verdict, plain, flags=re.S)[1] != re.search(verdict, html, flags=re.S)[1]
    assert not re.search(r'(href|action)="[^"]*(evening|speaks)', html)


def test_a_code_for_paper_leads_to_this_page(page):
    assert 'class="qr"><title>Deze pagina</title><path' in page(path("pantry"))


def test_a_message_to_send_has_the_name_the_phone_and_the_link(page):
    found = re.search(r'href="(sms:[^"]*)"', page(path("pantry")))[1]
    assert all(words in unquote(found) for words in ("Voedselpakketten", "02 212 34 56", path("pantry")))


def test_a_message_about_a_hidden_address_does_not_tell_it(page):
    found = unquote(
        " ".join(re.findall(r'href="((?:sms:|https://wa.me|mailto:)[^"]*)"', page(path("hidden"))))
    )
    assert "Vluchthuis" in found
    assert SECRET_STREET not in found


@pytest.mark.parametrize(("key", "there"), [("hidden", True), ("pantry", False)])
def test_a_page_about_violence_can_be_left_at_once(page, key, there):
    assert ("data-leave" in page(path(key))) is there


@pytest.mark.parametrize(
    ("step_free", "words"), [(True, " · zonder trappen"), (False, " · met trappen"), (None, "")]
)
def test_the_nearest_stop_is_told_where_stops_were_loaded(page, monkeypatch, step_free, words):
    assert "Dichtste halte" not in page(path("pantry"))
    near = NearStop(Stop("Bockstael", "STIB-MIVB", Point(50.878, 4.348), step_free), 353)
    monkeypatch.setattr("service.web.listing.nearest_stop", lambda *_: near)
    told = re.search(r"Dichtste halte:</strong> (.*?)</p>", page(path("pantry")))[1]
    assert told == f"<bdi>Bockstael</bdi> (350 m){words}"
