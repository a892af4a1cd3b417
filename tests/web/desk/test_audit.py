"""The audit: what is looked up in it, and that it holds nobody's words."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest

from service.accounts.audit import KEPT, Wanted, forget_old, note, read_audit
from service.database.session import reading, writing
from service.web.desk.door import Visit
from service.web.desk.seen import saw
from service.web.site import Site
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import listing_id


@pytest.fixture
def administrator(desk_client):
    return desk_client("administrator", name="=Ada()")


@pytest.fixture
def noted(engine, administrator):
    """Two lines of one person: one about a listing today, one of last week."""
    who = administrator.person
    with writing(engine) as connection:
        note(connection, who, "edit", FROZEN, listing=listing_id("pantry"), about={"field": "phone.numbers"})
        note(connection, who, "merge", FROZEN - timedelta(days=7))
    return who


def _rows(desk, **asked):
    answer = desk.get("/nl/desk/audit.csv", query_string=asked)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["edit", "merge"]),
        ({"action": "merge"}, ["merge"]),
        ({"listing": str(listing_id("pantry"))}, ["edit"]),
        ({"first": "2026-11-24"}, ["edit"]),
        ({"last": "2026-11-23"}, ["merge"]),
        ({"first": "2026-11-17", "last": "2026-11-17"}, ["merge"]),
        ({"first": "2026-11-18", "last": "2026-11-23"}, []),
    ],
)
def test_lines_are_found(administrator, noted, asked, expected):
    found = _rows(administrator, person=noted.by, **asked)
    assert [row["action"] for row in found] == expected


def test_a_name_in_the_table_is_no_formula(administrator, noted):
    assert _rows(administrator, person=noted.by)[0]["name"] == "'=Ada()"


def test_the_page_names_who_and_what(administrator, noted):
    body = administrator.get("/nl/desk/audit", query_string={"person": noted.by}).get_data(as_text=True)
    assert "=Ada()" in body
    assert "field: phone.numbers" in body


def test_fifty_lines_stand_on_a_page(administrator, engine):
    with writing(engine) as connection:
        for _ in range(51):
            note(connection, administrator.person, "confirm", FROZEN)
    where = f"/nl/desk/audit?action=confirm&person={administrator.person.id}"
    first = administrator.get(where).get_data(as_text=True)
    second = administrator.get(where + "&page=2").get_data(as_text=True)
    assert first.count("<code>confirm</code>") == 50
    assert second.count("<code>confirm</code>") == 1


@pytest.mark.parametrize("bad", ["person=x", "listing=1", "first=yesterday", "last=2026-13-01"])
def test_a_value_that_is_none_is_refused(administrator, bad):
    assert administrator.get(f"/nl/desk/audit?{bad}").status_code == 422


def test_only_administrators_read_it(coordinator):
    assert coordinator.get("/nl/desk/audit").status_code == 403


def look(engine, settings, person, listing, now=FROZEN):
    """Somebody looks at a hidden address; gives all lines of that listing."""
    saw(Visit(Site(None, engine, settings, lambda: now), "nl", person, "", None), (listing, "hidden_address"))
    with reading(engine) as connection:
        return read_audit(connection, Wanted(listing=listing), 9)


def test_a_look_at_what_is_hidden_is_written_down(engine, administrator, settings):
    (line,) = look(engine, settings, administrator.person, uuid4())
    assert (line.account, line.action, line.about) == (administrator.person.id, "saw_hidden_address", {})


def test_the_same_look_is_written_down_once_in_an_hour(engine, administrator, settings):
    listing = uuid4()
    look(engine, settings, administrator.person, listing)
    assert len(look(engine, settings, administrator.person, listing, FROZEN + timedelta(minutes=59))) == 1
    assert len(look(engine, settings, administrator.person, listing, FROZEN + timedelta(minutes=61))) == 2


def test_the_look_of_somebody_else_is_another(engine, administrator, coordinator, settings):
    listing = uuid4()
    look(engine, settings, administrator.person, listing)
    assert len(look(engine, settings, coordinator.person, listing)) == 2


def test_lines_go_after_two_years(engine, administrator):
    with writing(engine) as connection:
        for age in (KEPT + timedelta(days=1), KEPT - timedelta(days=1)):
            note(connection, administrator.person, "old", FROZEN - age)
        forget_old(connection, FROZEN)
        left = read_audit(connection, Wanted(action="old"), 9)
    assert [line.at for line in left] == [FROZEN - KEPT + timedelta(days=1)]
