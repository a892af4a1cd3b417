"""Each action on a task, by people of the zone and of others, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from service.accounts.person import Grant, Person
from service.accounts.store import add_account
from service.catalogue.demand import add_demand
from service.catalogue.matching.run import match
from service.catalogue.tasks.corrections import report
from service.catalogue.tasks.refresh import refresh_tasks
from service.config import TIMEZONE, Settings
from service.database.accounts import audit
from service.database.session import reading, writing
from service.database.tasks import task
from service.desk.today.actions import Done, Given, act
from service.desk.today.waiting import (
    Asked,
    Waiting,
    count_waiting,
    done_this_week,
    one_task,
    waiting_tasks,
)
from service.errors import BadValue, Forbidden, NotFound
from service.model.demand import Tally
from tests.contract.catalogue_factory import CITY, LATER, NOW, bring, found, listing_id, statement

TODAY = LATER.astimezone(TIMEZONE).date()
NORTH = ("bxl-noord",)  # Laken lies in it


@dataclass
class Desk:
    """A zone with its coordinator, at one moment."""

    engine: Engine
    person: Person
    settings: Settings

    def tasks(self, zones: tuple[str, ...] | None = NORTH, **asked: Any) -> list[Waiting]:
        with reading(self.engine) as connection:
            return waiting_tasks(connection, Asked(zones, **asked), TODAY)

    def only(self, kind: str) -> Waiting:
        (one,) = self.tasks(kind=kind)
        return one

    def do(self, one: Waiting, do: str, **given: Any) -> Done:
        with writing(self.engine) as connection:
            return act(connection, self.settings, self.person, one.id, Given(do, **given), LATER)

    def done(self) -> int:
        with reading(self.engine) as connection:
            return done_this_week(connection, NORTH, LATER)


@pytest.fixture
def desk(engine: Engine, tmp_path: Any) -> Desk:
    return Desk(engine, coordinator(engine, "bxl-noord"), Settings(home=tmp_path))


def coordinator(engine: Engine, zone: str) -> Person:
    grants = [Grant("coordinator", zone)]
    with writing(engine) as connection:
        return add_account(connection, f"{uuid4().hex}@zone.example.be", "Noor", "nl", grants, LATER)


@pytest.fixture
def check(desk: Desk) -> Waiting:
    """A listing of which the age is not known."""
    bring(desk.engine, statement(said_on=None))
    refresh_tasks(desk.engine, NOW)
    return desk.only("due_check")


@pytest.fixture
def doubt(desk: Desk) -> Waiting:
    """The same pantry under two addresses."""
    bring(desk.engine, statement(said_on="2026-11"))
    bring(desk.engine, statement("4711", said_on="2026-11", address__house_number="40"), card=CITY)
    match(desk.engine, NOW)
    return desk.only("duplicate")


@pytest.fixture
def told(desk: Desk) -> Waiting:
    """What a visitor says is wrong."""
    bring(desk.engine, statement(said_on="2026-11"))
    with writing(desk.engine) as connection:
        report(connection, listing_id(), "contact", "Het nummer is nu 02 511 11 11", "an@x.example.be", NOW)
    return desk.only("correction")


def test_confirming_by_phone_checks_all_that_the_listing_says(desk: Desk, check: Waiting) -> None:
    assert desk.do(check, "confirm", how="phone").came == "confirmed"
    assert found(desk.engine).listing.checked_on == TODAY


def test_what_was_done_this_week_is_counted_for_the_zone(desk: Desk, check: Waiting) -> None:
    desk.do(check, "confirm", how="visit")
    assert desk.done() == 1


def test_what_closed_by_itself_was_done_by_nobody(desk: Desk, check: Waiting) -> None:
    bring(desk.engine, statement(said_on="2026-11"), now=LATER)
    refresh_tasks(desk.engine, LATER)
    assert (desk.tasks(), desk.done()) == ([], 0)


def test_one_fact_is_confirmed_and_the_rest_still_waits(desk: Desk, check: Waiting) -> None:
    done = desk.do(check, "confirm", how="phone", keys=("phone.numbers",))
    facts = found(desk.engine).listing.provenance
    assert (done.came, facts["phone.numbers"].how, facts["contact.website"].how) == ("noted", "phone", None)
    assert desk.only("due_check").id == check.id


def test_a_change_is_stated_by_the_coordinator(desk: Desk, check: Waiting) -> None:
    desk.do(check, "change", key="phone.numbers", value="02 511 11 11", how="phone")
    fact = found(desk.engine)
    assert (fact.values["phone.numbers"], fact.listing.provenance["phone.numbers"].role) == (
        ["+3225111111"],
        "coordinator",
    )


def test_nothing_written_means_that_it_is_not_known(desk: Desk, check: Waiting) -> None:
    desk.do(check, "change", key="contact.website", value="")
    assert "contact.website" not in found(desk.engine).values


def test_a_value_that_cannot_be_is_refused_and_nothing_changes(desk: Desk, check: Waiting) -> None:
    with pytest.raises(BadValue):
        desk.do(check, "change", key="contact.email", value="at the door")
    assert desk.only("due_check").id == check.id


@pytest.mark.parametrize(("do", "given"), [("confirm", {"how": "phone"}), ("snooze", {"until": "week"})])
def test_what_was_done_can_be_taken_back(desk: Desk, check: Waiting, do: str, given: dict[str, str]) -> None:
    desk.do(check, do, **given)
    assert desk.tasks() == []
    assert desk.do(check, "undo").came == "reopened"
    assert desk.only("due_check").id == check.id
    assert found(desk.engine).listing.checked_on is None


def test_a_change_of_one_fact_can_be_taken_back_while_the_task_waits(desk: Desk, check: Waiting) -> None:
    desk.do(check, "change", key="contact.website", value="")
    desk.do(check, "undo")
    assert found(desk.engine).values["contact.website"] == "https://voorraadkast.example.be"


def test_what_is_put_off_waits_again_on_its_day(desk: Desk, check: Waiting) -> None:
    desk.do(check, "snooze", until=(TODAY + timedelta(days=3)).isoformat())
    assert desk.tasks() == []
    with reading(desk.engine) as connection:
        (one,) = waiting_tasks(connection, Asked(NORTH), TODAY + timedelta(days=3))
    assert one.id == check.id


@pytest.mark.parametrize("until", ["yesterday", "2020-01-01", ""])
def test_a_day_that_cannot_be_is_refused(desk: Desk, check: Waiting, until: str) -> None:
    with pytest.raises(BadValue):
        desk.do(check, "snooze", until=until)


def test_not_for_us_takes_a_reason(desk: Desk, check: Waiting) -> None:
    with pytest.raises(BadValue):
        desk.do(check, "dismiss")
    assert desk.do(check, "dismiss", why="of another zone").came == "dismissed"


def test_two_that_are_one_become_one_and_two_again(desk: Desk, doubt: Waiting) -> None:
    desk.do(doubt, "same")
    desk.do(doubt, "undo")
    one = desk.only("duplicate")
    assert one.listing != one.other


def test_two_that_are_two_are_not_asked_again(desk: Desk, doubt: Waiting) -> None:
    desk.do(doubt, "different")
    match(desk.engine, LATER)
    assert desk.tasks() == []


def test_the_words_of_a_visitor_become_a_fact(desk: Desk, told: Waiting) -> None:
    done = desk.do(told, "change", key="phone.numbers", value="02 511 11 11")
    assert (done.came, found(desk.engine).values["phone.numbers"]) == ("changed", ["+3225111111"])


def test_the_mail_of_a_visitor_goes_with_the_answer(desk: Desk, told: Waiting) -> None:
    assert "email" not in desk.do(told, "dismiss", why="It was looked at").task.about


def test_the_second_person_is_told_and_nothing_changes(desk: Desk, check: Waiting) -> None:
    desk.do(check, "confirm", how="phone")
    assert desk.do(check, "dismiss", why="too late").came == "colleague"


def test_a_coordinator_of_another_zone_may_not(desk: Desk, check: Waiting) -> None:
    other = Desk(desk.engine, coordinator(desk.engine, "elz-gent"), desk.settings)
    with pytest.raises(Forbidden):
        other.do(check, "confirm", how="phone")


def test_an_action_that_there_is_not_is_refused(desk: Desk, check: Waiting) -> None:
    with pytest.raises(BadValue):
        desk.do(check, "delete")


def test_a_task_that_there_is_not_is_not_found(desk: Desk) -> None:
    with writing(desk.engine) as connection, pytest.raises(NotFound):
        act(connection, desk.settings, desk.person, uuid4(), Given("done"), LATER)


def test_each_action_has_its_line_of_audit_without_values(desk: Desk, check: Waiting) -> None:
    desk.do(check, "change", key="contact.website", value="")
    with reading(desk.engine) as connection:
        (row,) = connection.execute(sa.select(audit)).all()
    assert (row.action, row.listing_id, row.about["came"]) == ("task", listing_id(), "known")
    assert set(row.about) == {"task", "kind", "came"}


def test_the_provider_is_asked_and_the_task_comes_back_after_three_weeks(desk: Desk) -> None:
    bring(desk.engine, statement(said_on=None, contact__email="kast@voorraadkast.example.be"))
    refresh_tasks(desk.engine, NOW)
    done = desk.do(desk.only("due_check"), "ask")
    assert (done.came, done.task.snoozed_until) == ("asked", TODAY + timedelta(days=21))


def test_a_provider_without_a_mail_cannot_be_asked(desk: Desk, check: Waiting) -> None:
    with pytest.raises(BadValue):
        desk.do(check, "ask")


def test_counts_are_by_kind_and_of_the_zone(desk: Desk, check: Waiting) -> None:
    with reading(desk.engine) as connection:
        assert count_waiting(connection, Asked(NORTH), TODAY) == {"due_check": 1}
        assert count_waiting(connection, Asked(("elz-gent",)), TODAY) == {}


@pytest.mark.parametrize(("need", "found_"), [("food", 1), ("food.parcel", 1), ("food.meal", 0), ("foo", 0)])
def test_a_need_or_its_theme_can_be_asked_for(desk: Desk, check: Waiting, need: str, found_: int) -> None:
    assert len(desk.tasks(need=need)) == found_


def test_nobody_without_zones_sees_anything(desk: Desk, check: Waiting) -> None:
    assert desk.tasks(zones=()) == []


def test_a_task_is_found_in_whatever_state(desk: Desk, check: Waiting) -> None:
    desk.do(check, "confirm", how="mail")
    with reading(desk.engine) as connection:
        again = one_task(connection, check.id)
    assert again is not None
    assert not again.is_waiting


def test_tasks_of_no_zone_are_those_of_everywhere(desk: Desk) -> None:
    with writing(desk.engine) as connection:
        row = {"id": uuid4(), "kind": "rejected_row", "topic": "x", "about": {}, "zones": " ", "needs": " ",
               "worth": 1.0, "state": "open", "opened_at": NOW}  # fmt: skip
        connection.execute(sa.insert(task).values(row))
    assert (len(desk.tasks(zones=None)), desk.tasks()) == (1, [])


def test_a_gap_is_settled_when_all_that_people_asked_for_is_known(desk: Desk) -> None:
    bring(desk.engine, statement(said_on="2026-11"))
    unknown = Tally("unknown", "food.parcel", "21004", "betaalbaar", "price")
    with writing(desk.engine) as connection:
        add_demand(connection, {(TODAY, unknown): 9})
    refresh_tasks(desk.engine, LATER)
    done = desk.do(desk.only("gap"), "change", key="cost_option.kind", value="free")
    assert (done.came, desk.tasks()) == ("changed", [])
