"""Saving a listing at the desk: only what changed, two people at once, states, permissions, the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from service.accounts.person import Grant, Person
from service.accounts.store import add_account
from service.catalogue.by_hand import add_by_hand
from service.catalogue.edits import edits_of, state_edit
from service.catalogue.listings import read_listing
from service.database.accounts import audit
from service.database.session import reading, writing
from service.desk.editing.current import as_it_would_be, read_current, today_of
from service.desk.editing.same import mark_of
from service.desk.editing.save import Reason, Saved, Wanted, reason_or_way, save
from service.errors import BadValue, Forbidden
from service.model.values import Value
from tests.contract.catalogue_factory import LATER, NOW, bring, found, hidden_statement, listing_id, statement

PANTRY = listing_id()
TODAY = today_of(NOW)
CALLED = Reason("called them", how="phone")


def somebody(engine: Engine, *grants: Grant) -> Person:
    with writing(engine) as connection:
        return add_account(
            connection, f"{uuid4().hex}@zone.example.be", "Noor", "nl", grants, NOW, active=True
        )


@pytest.fixture
def noor(engine: Engine) -> Person:
    """Coordinates the zone in which the pantry lies."""
    bring(engine, statement(schedule__opening_hours="Mo-Fr 09:00-12:00"))
    return somebody(engine, Grant("coordinator", "bxl-noord"))


def filled_in(engine: Engine, changes: Mapping[str, Value | None], listing: UUID = PANTRY) -> Wanted:
    """The form as it is shown, with these changes."""
    with reading(engine) as connection:
        current = read_current(connection, listing, NOW)
    values = {key: current.value(key) for key in current.keys}
    return Wanted({**values, **changes}, current.marks(TODAY), state=current.state)


_minutes = count()


def send(
    engine: Engine, person: Person, wanted: Wanted, reason: Reason = CALLED, listing: UUID = PANTRY
) -> Saved:
    """Save, each time a minute later."""
    moment = LATER + timedelta(minutes=next(_minutes))
    with writing(engine) as connection:
        return save(connection, person, listing, wanted, reason, moment)


def test_nothing_changed_writes_nothing(engine: Engine, noor: Person) -> None:
    send(engine, noor, filled_in(engine, {}))
    with reading(engine) as connection:
        assert edits_of(connection, PANTRY) == []


def test_only_the_changed_field_becomes_an_edit(engine: Engine, noor: Person) -> None:
    send(engine, noor, filled_in(engine, {"contact.email": "hallo@voorraadkast.example.be"}))
    with reading(engine) as connection:
        assert [edit.key for edit in edits_of(connection, PANTRY)] == ["contact.email"]


def test_the_edit_tells_who_why_and_how(engine: Engine, noor: Person) -> None:
    send(engine, noor, filled_in(engine, {"contact.email": "hallo@voorraadkast.example.be"}))
    with reading(engine) as connection:
        (edit,) = edits_of(connection, PANTRY)
    assert (edit.by, edit.role, edit.why, edit.how) == (noor.by, "coordinator", "called them", "phone")


def test_not_known_is_stated_as_not_known(engine: Engine, noor: Person) -> None:
    send(engine, noor, filled_in(engine, {"phone.numbers": None}))
    assert "phone.numbers" not in found(engine).values


def test_another_way_of_writing_the_week_is_no_change(engine: Engine, noor: Person) -> None:
    wanted = filled_in(engine, {"schedule.opening_hours": "Mo,Tu,We,Th,Fr 09:00-12:00"})
    assert send(engine, noor, wanted).changed == ()


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("service.languages", ["nl", "fr"], ["fr", "nl"]),
        ("service.description@nl", "Een zin.\r\nNog een. ", "Een zin.\nNog een."),
        ("location.point", [50.123456, 4.2], [50.123461, 4.2]),
    ],
)
def test_what_is_the_same_to_a_person_has_the_same_mark(key: str, one: Value, other: Value) -> None:
    assert mark_of(key, one, TODAY) == mark_of(key, other, TODAY)


def test_fields_that_do_not_overlap_are_both_kept(engine: Engine, noor: Person) -> None:
    second = filled_in(engine, {"contact.email": "hallo@voorraadkast.example.be"})
    send(engine, noor, filled_in(engine, {"phone.numbers": ["+3222999999"]}))
    assert send(engine, noor, second) == Saved(("contact.email",))
    assert found(engine).values["phone.numbers"] == ["+3222999999"]


def test_of_what_both_changed_the_second_is_asked(engine: Engine, noor: Person) -> None:
    second = filled_in(engine, {"phone.numbers": ["+3222111111"], "contact.email": "a@b.example.be"})
    send(engine, noor, filled_in(engine, {"phone.numbers": ["+3222999999"]}))
    saved = send(engine, noor, second)
    assert (saved.changed, saved.asked) == (("contact.email",), ("phone.numbers",))


def test_what_is_asked_is_not_overwritten(engine: Engine, noor: Person) -> None:
    second = filled_in(engine, {"phone.numbers": ["+3222111111"]})
    send(engine, noor, filled_in(engine, {"phone.numbers": ["+3222999999"]}))
    send(engine, noor, second)
    assert found(engine).values["phone.numbers"] == ["+3222999999"]


@pytest.mark.parametrize(("word", "number"), [("mine", "+3222111111"), ("theirs", "+3222999999")])
def test_the_second_decides(engine: Engine, noor: Person, word: str, number: str) -> None:
    second = filled_in(engine, {"phone.numbers": ["+3222111111"]})
    send(engine, noor, filled_in(engine, {"phone.numbers": ["+3222999999"]}))
    send(engine, noor, replace(second, settled={"phone.numbers": word}))  # type: ignore[dict-item]
    assert found(engine).values["phone.numbers"] == [number]


def test_both_wrote_the_same(engine: Engine, noor: Person) -> None:
    second = filled_in(engine, {"phone.numbers": ["+3222999999"]})
    send(engine, noor, filled_in(engine, {"phone.numbers": ["+3222999999"]}))
    assert send(engine, noor, second) == Saved()


def test_one_tick_confirms_the_rest(engine: Engine, noor: Person) -> None:
    wanted = replace(filled_in(engine, {"phone.numbers": ["+3222999999"]}), confirms=True)
    saved = send(engine, noor, wanted)
    read = found(engine)
    assert saved.confirmed == len([w for w in read.listing.provenance.values() if w.kind == "source"])
    assert read.listing.provenance["service.name@nl"].how == "phone"


def test_a_pause_comes_with_its_last_day(engine: Engine, noor: Person) -> None:
    wanted = replace(filled_in(engine, {}), state="paused", pause_until=date(2026, 12, 31))
    send(engine, noor, wanted)
    assert (found(engine).listing.state, found(engine).listing.state_until) == ("paused", date(2026, 12, 31))


def test_a_later_last_day_of_a_pause_is_a_change(engine: Engine, noor: Person) -> None:
    send(engine, noor, replace(filled_in(engine, {}), state="paused", pause_until=date(2026, 12, 31)))
    send(engine, noor, replace(filled_in(engine, {}), state="paused", pause_until=date(2027, 1, 31)))
    assert found(engine).listing.state_until == date(2027, 1, 31)


def test_without_a_reason_nothing_is_saved(engine: Engine, noor: Person) -> None:
    with pytest.raises(BadValue) as error:
        send(engine, noor, filled_in(engine, {"contact.email": "a@b.example.be"}), Reason(" "))
    assert error.value.field == "why"


def test_the_way_of_checking_is_a_reason() -> None:
    assert reason_or_way(" ", "phone", {"phone": "Gebeld"}) == "Gebeld"


def test_a_coordinator_of_another_zone_may_not(engine: Engine, noor: Person) -> None:
    other = somebody(engine, Grant("coordinator", "bxl-zuid"))
    with pytest.raises(Forbidden):
        send(engine, other, filled_in(engine, {"contact.email": "a@b.example.be"}))


def test_an_editor_states_as_the_provider(engine: Engine, noor: Person) -> None:
    own = found(engine).listing.organization.id
    editor = somebody(engine, Grant("editor", organization=own))
    send(engine, editor, filled_in(engine, {"contact.email": "a@b.example.be"}))
    assert found(engine).listing.provenance["contact.email"].trust == "checked"
    assert found(engine).listing.provenance["contact.email"].role == "provider"


def test_an_editor_of_another_organization_may_not(engine: Engine, noor: Person) -> None:
    editor = somebody(engine, Grant("editor", organization=uuid4()))
    with pytest.raises(Forbidden):
        send(engine, editor, filled_in(engine, {"contact.email": "a@b.example.be"}))


def test_each_save_is_a_line_of_the_audit(engine: Engine, noor: Person) -> None:
    send(engine, noor, filled_in(engine, {"contact.email": "a@b.example.be"}))
    with reading(engine) as connection:
        (line,) = connection.execute(sa.select(audit).where(audit.c.action == "edit")).all()
    assert (line.account_id, line.listing_id, line.about["fields"]) == (noor.id, PANTRY, ["contact.email"])


def test_a_pin_taken_away_is_where_the_address_says(engine: Engine, noor: Person) -> None:
    before = found(engine).values["location.point"]
    send(engine, noor, filled_in(engine, {"location.point": [50.9, 4.3]}))
    send(engine, noor, filled_in(engine, {"location.point": None}))
    assert found(engine).values["location.point"] == before


def test_a_pin_that_stayed_while_the_address_moved_is_told(engine: Engine, noor: Person) -> None:
    send(engine, noor, filled_in(engine, {"location.point": [50.9, 4.3]}))
    assert send(engine, noor, filled_in(engine, {"address.house_number": "99"})).pin_stayed


def test_a_preview_writes_nothing(engine: Engine, noor: Person) -> None:
    with reading(engine) as connection:
        shown = as_it_would_be(connection, PANTRY, {"cost_option.kind": "free"}, role="coordinator", now=NOW)
        assert shown.listing.service.cost == "free"
        assert edits_of(connection, PANTRY) == []


def test_a_preview_keeps_a_secret_address(engine: Engine) -> None:
    bring(engine, hidden_statement())
    shelter = listing_id("shelter")
    with reading(engine) as connection:
        shown = as_it_would_be(connection, shelter, {"cost_option.kind": "free"}, role="coordinator", now=NOW)
    assert "Geheimstraat" not in repr(shown)


def test_a_provider_cannot_publish_a_draft(engine: Engine) -> None:
    with writing(engine) as connection:
        values = {"service.name@nl": "Soep", "organization.name": "De Ketel", "address.postal_code": "1020"}
        made = add_by_hand(connection, values, by="x", now=NOW, role="provider")
        own = read_listing(connection, made, hidden_too=True)
    assert own is not None
    editor = somebody(engine, Grant("editor", organization=own.listing.organization.id))
    with pytest.raises(Forbidden):
        send(engine, editor, replace(filled_in(engine, {}, made), state="published"), listing=made)


def test_an_edit_by_another_way_counts_as_changed_meanwhile(engine: Engine, noor: Person) -> None:
    second = filled_in(engine, {"phone.numbers": ["+3222111111"]})
    with writing(engine) as connection:
        state_edit(connection, PANTRY, "phone.numbers", ["+3222333333"], by="Bea", why="new", now=NOW)
    assert send(engine, noor, second).asked == ("phone.numbers",)
