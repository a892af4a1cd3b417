"""The form of a listing at the desk: what it shows, what it saves, what it refuses, two people at once."""

from __future__ import annotations

import re
from html import unescape

import pytest

from service.catalogue.edits import edits_of, state_edit
from service.catalogue.listings import read_listing
from service.database.session import connect_engine, reading, writing
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import listing_id

MANY = listing_id("many")
ADDRESS = f"/nl/desk/l/{MANY}"


def fields_of(text):
    """What a browser would send of the form of a page as it stands."""
    form = text[text.index('class="edit-form"') :]
    sent = {}

    def add(name, value):
        sent.setdefault(unescape(name), []).append(unescape(value))

    for tag in re.findall(r"<input [^>]*>", form):
        name = re.search(r' name="([^"]*)"', tag)
        if not name:
            continue
        kind, value = re.search(r'type="([^"]*)"', tag)[1], re.search(r' value="([^"]*)"', tag)
        if kind in ("radio", "checkbox") and " checked" not in tag:
            continue
        add(name[1], value[1] if value else "")
    for name, body in re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        add(name, body.removeprefix("\n"))
    for name, body in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        add(name, chosen[1] if chosen else "")
    sent.pop("token", None)
    return sent


@pytest.fixture
def administrator(desk_client):
    return desk_client("administrator")


@pytest.fixture
def stored(settings):
    """A function from an id to what is believed of that listing, and its edits."""

    def read(listing=MANY):
        engine = connect_engine(settings)
        with reading(engine) as connection:
            found = read_listing(connection, listing, hidden_too=True)
            edits = edits_of(connection, listing)
        engine.dispose()
        return found, edits

    return read


def say(settings, listing, key, value):
    """State a field beside the form."""
    engine = connect_engine(settings)
    with writing(engine) as connection:
        edit = state_edit(connection, listing, key, value, by="Amina", why="beside", now=FROZEN)
    engine.dispose()
    return edit


def test_the_form_as_it_stands_changes_nothing(administrator, stored):
    before = stored()[1]
    sent = fields_of(administrator.get(ADDRESS).get_data(as_text=True))
    answer = administrator.post(ADDRESS, {**sent, "act": "save"})
    assert answer.status_code == 303
    assert stored()[1] == before


def test_one_field_is_saved(administrator, stored):
    sent = fields_of(administrator.get(ADDRESS).get_data(as_text=True))
    sent |= {"f.cost_option.kind": "free", "why": "gebeld met het onthaal", "act": "save"}
    answer = administrator.post(ADDRESS, sent)
    assert answer.status_code == 303
    assert stored()[0].values["cost_option.kind"] == "free"
    assert 'class="note good"' in administrator.get(answer.location).get_data(as_text=True)


def form_of(desk, address=ADDRESS):
    return fields_of(desk.get(address).get_data(as_text=True))


def test_what_is_wrong_is_told_at_the_field_and_nothing_is_lost(administrator, stored):
    before = stored()[1]
    sent = form_of(administrator) | {
        "f.contact.email": "geen adres",
        "f.cost_option.note": "vrije bijdrage",
        "why": "gebeld",
        "act": "save",
    }
    answer = administrator.post(ADDRESS, sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="f-contact-email-fault"' in text
    assert 'href="#f-contact-email"' in text
    assert "geen adres" in text
    assert "vrije bijdrage" in text
    assert stored()[1] == before


def test_a_reason_is_asked_where_something_changes(administrator):
    sent = form_of(administrator) | {"f.cost_option.note": "vrije bijdrage", "act": "save"}
    assert administrator.post(ADDRESS, sent).status_code == 422


def test_the_way_of_checking_is_reason_enough(administrator, stored):
    sent = form_of(administrator) | {"f.service.appointment": "required", "how": "phone", "act": "save"}
    assert administrator.post(ADDRESS, sent).status_code == 303
    assert stored()[0].listing.provenance["service.appointment"].how == "phone"


def test_hours_are_written_by_the_rows(administrator, stored):
    address = f"/nl/desk/l/{listing_id('old')}"
    sent = form_of(administrator, address) | {
        "h.Mo.0.from": "9",
        "h.Mo.0.to": "12u30",
        "h.Mo.1.from": "13.30",
        "h.Mo.1.to": "17",
        "x.0.kind": "PH",
        "h.appointment": "1",
        "why": "gebeld",
        "act": "save",
    }
    assert administrator.post(address, sent).status_code == 303
    assert stored(listing_id("old"))[0].values["schedule.opening_hours"] == (
        'Mo 09:00-12:30,13:30-17:00; PH off || unknown "op afspraak / sur rendez-vous"'
    )


def test_a_row_that_cannot_be_is_told(administrator):
    sent = form_of(administrator) | {"h.Mo.0.from": "27", "why": "x", "act": "save"}
    answer = administrator.post(ADDRESS, sent)
    assert answer.status_code == 422
    assert 'class="hours-row wrong"' in answer.get_data(as_text=True)


def test_hours_that_no_row_can_show_stay(administrator, stored, settings):
    odd = "Mo[1] 14:00-16:00"
    listing = listing_id("pantry")
    say(settings, listing, "schedule.opening_hours", odd)
    address = f"/nl/desk/l/{listing}"
    page = administrator.get(address).get_data(as_text=True)
    assert odd in page
    sent = fields_of(page) | {"f.cost_option.kind": "free", "why": "gebeld", "act": "save"}
    assert administrator.post(address, sent).status_code == 303
    assert stored(listing)[0].values["schedule.opening_hours"] == odd


def test_looking_at_it_first_saves_nothing(administrator, stored):
    before = stored()[1]
    sent = form_of(administrator) | {"f.service.description@fr": "Une maison pour tous.", "act": "look"}
    text = administrator.post(ADDRESS, sent).get_data(as_text=True)
    for lang in ("nl", "fr", "en"):
        assert f'id="{lang}-when"' in text
    assert text.count("Une maison pour tous.") >= 2
    assert stored()[1] == before


def test_from_the_preview_it_can_be_saved(administrator, stored):
    sent = form_of(administrator) | {
        "f.service.description@en": "A house for all.",
        "why": "x",
        "act": "look",
    }
    text = administrator.post(ADDRESS, sent).get_data(as_text=True)
    carried = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', text)
    again = {}
    for name, value in carried:
        again.setdefault(unescape(name), []).append(unescape(value))
    again.pop("token")
    assert administrator.post(ADDRESS, {**again, "act": "save"}).status_code == 303
    assert stored()[0].values["service.description@en"] == "A house for all."


def test_the_second_of_two_is_asked_and_loses_nothing(administrator, desk_client, stored):
    colleague = desk_client("administrator", name="Bea")
    mine, theirs = form_of(administrator), form_of(colleague)
    theirs |= {"f.cost_option.note": "vijf euro", "why": "van hen", "act": "save"}
    assert colleague.post(ADDRESS, theirs).status_code == 303
    mine |= {"f.cost_option.note": "tien euro", "f.service.remark": "wacht", "why": "van mij", "act": "save"}
    answer = administrator.post(ADDRESS, mine)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Bea" in text
    assert "tien euro" in text
    assert stored()[0].values["cost_option.note"] == "vijf euro"
    assert stored()[0].values["service.remark"] == "wacht"


def test_other_languages_come_when_asked(administrator):
    sent = form_of(administrator) | {"also": "uk", "f.cost_option.note": "blijft staan", "act": "also"}
    text = administrator.post(ADDRESS, sent).get_data(as_text=True)
    assert 'name="f.service.description@uk"' in text
    assert "blijft staan" in text


def test_an_attack_in_a_text_stays_text(administrator):
    text = administrator.get(f"/nl/desk/l/{listing_id('hostile')}").get_data(as_text=True)
    assert "<script>alert" not in text


def test_a_coordinator_of_another_zone_is_kept_out(desk_client):
    assert desk_client("coordinator", zone="bxl-zuid").get(ADDRESS).status_code == 403


def test_a_reader_is_kept_out(desk_client):
    assert desk_client("reader").get(ADDRESS).status_code == 403


def test_who_is_not_signed_in_is_led_to_the_door(client):
    assert client.get(ADDRESS).status_code == 303


def test_there_is_no_listing_by_that_id(administrator):
    assert administrator.get("/nl/desk/l/nothing").status_code == 404


def test_a_pause_is_told_on_the_page_of_visitors(administrator, client, settings):
    listing = listing_id("french")
    address = f"/nl/desk/l/{listing}"
    sent = form_of(administrator, address) | {
        "service.state": "paused",
        "pause_until": "2027-03-01",
        "why": "verbouwing",
        "act": "save",
    }
    assert administrator.post(address, sent).status_code == 303
    answer = client.get(f"/nl/l/{listing}")
    assert answer.status_code == 410
    assert "1 maart 2027" in answer.get_data(as_text=True)
    say(settings, listing, "service.state", "published")


def test_a_step_is_told_and_taken_back(administrator, stored):
    sent = form_of(administrator) | {"f.service.pets": "yes", "why": "hond gezien", "act": "save"}
    administrator.post(ADDRESS, sent)
    text = administrator.get(f"{ADDRESS}/history").get_data(as_text=True)
    assert "hond gezien" in text
    (edit,) = [e for e in stored()[1] if e.key == "service.pets"]
    administrator.post(f"{ADDRESS}/history", {"what": "edit", "ids": str(edit.id), "why": "vergissing"})
    assert "service.pets" not in stored()[0].values


def test_a_step_of_another_listing_cannot_be_taken_back_here(administrator, stored, settings):
    edit = say(settings, listing_id("old"), "service.pets", False)
    answer = administrator.post(f"{ADDRESS}/history", {"what": "edit", "ids": str(edit.id), "why": "x"})
    assert answer.status_code == 404


def test_two_are_joined_side_by_side_and_taken_apart(administrator, stored):
    one, other = listing_id("old"), listing_id("hostile")
    text = administrator.get(f"/nl/desk/merge?one={one}&other={other}").get_data(as_text=True)
    assert 'class="differs"' in text
    assert "<script>alert" not in text
    sent = {"one": str(one), "other": str(other), "same": "yes", "why": "zelfde deur"}
    answer = administrator.post("/nl/desk/merge", sent)
    assert answer.status_code == 303
    stays = stored(one)[0].listing.id
    assert stored(other)[0].listing.id == stays
    history = administrator.get(f"/nl/desk/l/{stays}/history").get_data(as_text=True)
    (link,) = re.findall(r'name="what" value="link"><input type="hidden" name="ids" value="([^"]*)"', history)
    administrator.post(f"/nl/desk/l/{stays}/history", {"what": "link", "ids": link, "why": "toch twee"})
    assert stored(one)[0].listing.id != stored(other)[0].listing.id


NEW = {"name": "Voedselpakketten", "organization": "De Voorraadkast", "place": "1020", "need": "food.parcel"}


@pytest.fixture
def made(administrator):
    """A draft that was just made from the three questions; its id."""
    text = administrator.post("/nl/desk/new", NEW).get_data(as_text=True)
    seen = re.findall(r'name="seen" value="([^"]*)"', text)
    return administrator.post("/nl/desk/new", {**NEW, "seen": seen, "act": "make"}).location.rpartition("/")[
        2
    ]


def test_before_a_new_one_what_is_there_is_shown(administrator, made):
    assert made in administrator.post("/nl/desk/new", NEW).get_data(as_text=True)


def test_it_cannot_be_made_without_having_seen_what_is_there(administrator, made):
    answer = administrator.post("/nl/desk/new", {**NEW, "act": "make"})
    assert answer.status_code == 200
    assert made in answer.get_data(as_text=True)


def test_a_new_one_is_a_draft_with_a_form(administrator, client):
    new = {"name": "Zwembad voor hazen", "organization": "Vzw Haas", "place": "Gent", "need": "food.meal"}
    text = administrator.post("/nl/desk/new", new).get_data(as_text=True)
    seen = re.findall(r'name="seen" value="([^"]*)"', text)
    answer = administrator.post("/nl/desk/new", {**new, "seen": seen, "act": "make"})
    assert answer.status_code == 303
    assert administrator.get(answer.location).status_code == 200
    made = answer.location.rpartition("/")[2]
    assert client.get(f"/nl/l/{made}").status_code == 404


def test_a_coordinator_makes_none_in_another_zone(desk_client):
    desk = desk_client("coordinator", zone="bxl-zuid")
    new = {"name": "Zwembad voor reigers", "organization": "Vzw Reiger", "place": "Gent", "need": "food.meal"}
    text = desk.post("/nl/desk/new", new).get_data(as_text=True)
    seen = re.findall(r'name="seen" value="([^"]*)"', text)
    assert desk.post("/nl/desk/new", {**new, "seen": seen, "act": "make"}).status_code == 403


def test_the_three_questions_are_needed(administrator):
    assert administrator.post("/nl/desk/new", {"name": " "}).status_code == 422
