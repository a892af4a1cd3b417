"""The form of a listing at the desk: what it shows, what it saves, what it refuses, two people at once."""

from __future__ import annotations

import re
from html import unescape

import pytest

from service.catalogue.edits import edits_of
from service.catalogue.listings import read_listing
from service.database.session import connect_engine, reading
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
    assert "1 veld" in administrator.get(answer.location).get_data(as_text=True)
