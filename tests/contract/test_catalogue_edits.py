"""What people correct, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine

from service.catalogue.claims import Edit
from service.catalogue.edits import edits_of, expire_edits, state_edit, withdraw_edit
from service.catalogue.history import history_of
from service.catalogue.outbox import last_position, read_outbox
from service.database.session import reading, writing
from service.errors import BadValue, NotFound
from tests.contract.catalogue_factory import (
    LATER,
    MOMENTS,
    NOW,
    bring,
    derived,
    found,
    listing_id,
    statement,
)

PHONE = "phone.numbers"


def correct(engine: Engine, key: str = PHONE, raw: object = ("+32 2 555 12 34",), **options: Any) -> Edit:
    said: dict[str, Any] = {"by": "Amina", "role": "coordinator", "why": "called them", "now": LATER}
    with writing(engine) as connection:
        return state_edit(connection, listing_id(), key, raw, **(said | options))


def take_back(engine: Engine, edit: Edit) -> None:
    with writing(engine) as connection:
        withdraw_edit(connection, edit.id, by="Amina", why="a mistake", now=LATER)


def test_edit_is_shown(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine)
    assert found(engine).listing.phones == ("+3225551234",)


def test_what_is_believed_is_found_by_field_key(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine)
    values = found(engine).values
    assert (values[PHONE], values["address.municipality"]) == (["+3225551234"], "21004")


def test_field_that_is_stated_to_be_unknown_has_no_value(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine, raw=None)
    assert PHONE in found(engine).listing.provenance
    assert PHONE not in found(engine).values


def test_edit_survives_an_import(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine)
    bring(engine, statement(phone__numbers=["+3226661234"]), now=LATER + timedelta(days=1))
    assert found(engine).listing.phones == ("+3225551234",)


def test_source_heard_after_an_edit_contradicts_it(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine)
    bring(engine, statement(phone__numbers=["+3226661234"]), now=LATER + timedelta(days=1))
    assert found(engine).contradictions == (PHONE,)


def test_what_the_source_said_stands_behind_the_edit(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine)
    assert [claim.value for claim in found(engine).others[PHONE]] == [["+3222123456"]]


def test_edit_tells_the_index(engine: Engine) -> None:
    bring(engine, statement())
    with reading(engine) as connection:
        before = last_position(connection)
    correct(engine)
    with reading(engine) as connection:
        assert [listing for _position, listing in read_outbox(connection, before)] == [listing_id()]


def test_withdrawn_edit_restores_what_the_source_says(engine: Engine) -> None:
    bring(engine, statement())
    before = derived(engine, without=MOMENTS)
    take_back(engine, correct(engine))
    assert derived(engine, without=MOMENTS) == before


def test_edit_is_withdrawn_once(engine: Engine) -> None:
    bring(engine, statement())
    edit = correct(engine)
    take_back(engine, edit)
    with pytest.raises(NotFound):
        take_back(engine, edit)


def test_edit_can_say_that_nobody_knows(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine, raw=None)
    listing = found(engine).listing
    assert (listing.phones, listing.provenance[PHONE].kind) == ((), "edit")


def test_edit_of_one_language_leaves_the_others(engine: Engine) -> None:
    bring(engine, statement(service__name__at__fr="Colis alimentaires"))
    correct(engine, "service.name@nl", "Noodpakketten")
    assert found(engine).listing.service.name == {"nl": "Noodpakketten", "fr": "Colis alimentaires"}


def test_edit_of_the_zone_goes_before_the_derived_one(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine, "location.zone", ["bxl-zuid"])
    assert found(engine).listing.zones == ("bxl-zuid",)


def test_edit_past_its_last_day_is_not_shown(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine, until=LATER.date())
    assert found(engine, now=LATER).listing.phones == ("+3225551234",)
    assert found(engine, now=LATER + timedelta(days=1)).listing.phones == ("+3222123456",)


def test_edits_that_ran_out_are_worked_out_again(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine, until=LATER.date())
    with writing(engine) as connection:
        assert expire_edits(connection, LATER + timedelta(days=1)) == 1
        assert expire_edits(connection, LATER + timedelta(days=1)) == 0
    assert found(engine).listing.phones == ("+3222123456",)


def test_an_import_works_out_edits_that_ran_out(engine: Engine) -> None:
    bring(engine, statement())
    correct(engine, until=LATER.date())
    bring(engine, statement(), now=LATER + timedelta(days=2))
    assert found(engine).listing.phones == ("+3222123456",)


def test_edits_are_listed_oldest_first(engine: Engine) -> None:
    bring(engine, statement())
    first = correct(engine)
    second = correct(engine, raw=["+3226661234"], now=LATER + timedelta(hours=1))
    take_back(engine, second)
    with reading(engine) as connection:
        listed = edits_of(connection, listing_id())
    assert [(edit.id, edit.withdrawn_at is None) for edit in listed] == [(first.id, True), (second.id, False)]


@pytest.mark.parametrize(
    ("key", "raw", "options"),
    [
        ("phone.fax", ["+3225551234"], {}),
        ("phone.numbers@nl", ["+3225551234"], {}),
        (PHONE, ["twelve"], {}),
        (PHONE, "+3225551234", {}),
        ("address.hidden", "yes", {}),
        (PHONE, None, {"by": " "}),
        (PHONE, None, {"why": ""}),
        (PHONE, None, {"until": date(2026, 11, 22)}),
    ],
)
def test_what_cannot_be_is_refused(engine: Engine, key: str, raw: object, options: dict[str, Any]) -> None:
    bring(engine, statement())
    with pytest.raises(BadValue):
        correct(engine, key, raw, **options)


def test_refused_edit_leaves_no_trace(engine: Engine) -> None:
    bring(engine, statement())
    with pytest.raises(BadValue):
        correct(engine, raw=["twelve"])
    with reading(engine) as connection:
        assert edits_of(connection, listing_id()) == []


def test_edit_of_no_listing_is_refused(engine: Engine) -> None:
    with pytest.raises(NotFound), writing(engine) as connection:
        state_edit(connection, uuid4(), PHONE, None, by="Amina", why="called", now=NOW)


def test_history_is_every_claim_in_order(engine: Engine) -> None:
    bring(engine, statement())
    edit = correct(engine)
    take_back(engine, edit)
    bring(engine, statement("other"), now=LATER + timedelta(days=1))
    with reading(engine) as connection:
        kinds = [event.kind for event in history_of(connection, listing_id())]
    assert kinds == ["said", "stated", "taken_back", "fell_silent"]


def test_history_says_what_changed(engine: Engine) -> None:
    bring(engine, statement())
    bring(engine, statement(phone__numbers=["+3226661234"], contact__website=None), now=LATER)
    with reading(engine) as connection:
        last = history_of(connection, listing_id())[-1]
    assert last.changes == {PHONE: ["+3226661234"], "contact.website": None}
