"""What waits for a person: opened once, answered once, and gone when it is no question any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from service.catalogue.edits import state_edit
from service.catalogue.matching.run import match
from service.catalogue.tasks.answer import close_task, reopen_task, snooze_task
from service.catalogue.tasks.questions import Question, ask
from service.catalogue.tasks.read import Side, Task, count_tasks, find_task, read_tasks, sides_of
from service.catalogue.tasks.refresh import Refreshed, refresh_tasks
from service.config import TIMEZONE
from service.database.session import reading, writing
from service.errors import BadValue, NotFound
from tests.contract.catalogue_factory import (
    CITY,
    LATER,
    NOW,
    ZONE,
    Reject,
    bring,
    found,
    listing_id,
    statement,
)

TODAY = LATER.astimezone(TIMEZONE).date()
ELSEWHERE = {"address__house_number": "40"}
COST: dict[str, Any] = {"cost_option__kind": "free"}


def tasks(engine: Engine, today: date = TODAY, **filters: Any) -> list[Task]:
    with reading(engine) as connection:
        return read_tasks(connection, today, **filters)[0]


def only(engine: Engine, kind: str) -> Task:
    (one,) = tasks(engine, kind=kind)
    return one


def close(engine: Engine, one: Task, outcome: str, **options: Any) -> Task:
    with writing(engine) as connection:
        return close_task(connection, str(one.id), outcome, by="Amina", why="called", now=LATER, **options)


def sides(engine: Engine, one: Task) -> list[Side]:
    with reading(engine) as connection:
        return sides_of(connection, one)


@pytest.fixture
def doubt(engine: Engine) -> Task:
    """The same pantry under two addresses, as the zone and the city know it."""
    bring(engine, statement(said_on="2026-11"))
    bring(engine, statement("4711", said_on="2026-11", **ELSEWHERE), card=CITY)
    match(engine, NOW)
    return only(engine, "duplicate")


@pytest.fixture
def dispute(engine: Engine) -> Task:
    """One pantry that is free for the one source and has a price for the other."""
    bring(engine, statement(said_on="2026-11", **COST))
    bring(engine, statement("4711", said_on="2026-11", cost_option__kind="fixed"), card=CITY)
    match(engine, NOW)
    refresh_tasks(engine, NOW)
    return only(engine, "contradiction")


def test_a_doubtful_duplicate_shows_both_sides(engine: Engine, doubt: Task) -> None:
    both = sides(engine, doubt)
    assert {side.speaker for side in both} == {"List of the zone (pantry)", "Open data of the city (4711)"}
    assert {side.values["address.house_number"] for side in both} == {"12", "40"}


def test_a_doubtful_duplicate_says_why_it_is_asked(doubt: Task) -> None:
    assert doubt.title.endswith("at another address in the municipality")


def test_same_joins_both(engine: Engine, doubt: Task) -> None:
    close(engine, doubt, "same")
    assert found(engine, "4711", CITY).listing.id == listing_id()


def test_different_is_not_asked_again(engine: Engine, doubt: Task) -> None:
    close(engine, doubt, "different")
    match(engine, LATER, everything=True)
    assert tasks(engine, kind="duplicate") == []


def test_what_was_closed_says_by_whom_and_how(engine: Engine, doubt: Task) -> None:
    closed = close(engine, doubt, "different")
    assert (closed.state, closed.outcome, closed.closed_by, closed.why) == (
        "closed", "different", "Amina", "called",
    )  # fmt: skip


def test_a_task_is_answered_once(engine: Engine, doubt: Task) -> None:
    close(engine, doubt, "different")
    with pytest.raises(BadValue, match="was closed as different by Amina"):
        close(engine, doubt, "same")


def test_an_answer_fits_its_question(engine: Engine, doubt: Task) -> None:
    with pytest.raises(BadValue, match="same, different"):
        close(engine, doubt, "done")


def test_an_answer_needs_a_reason(engine: Engine, doubt: Task) -> None:
    with writing(engine) as connection, pytest.raises(BadValue, match="why"):
        close_task(connection, str(doubt.id), "same", by="Amina", why=" ", now=LATER)


def test_a_task_is_found_by_the_first_signs_of_its_id(engine: Engine, doubt: Task) -> None:
    with reading(engine) as connection:
        assert find_task(connection, str(doubt.id)[:8]).id == doubt.id


def test_an_unknown_task_is_told(engine: Engine) -> None:
    with reading(engine) as connection, pytest.raises(NotFound):
        find_task(connection, "0" * 32)


def test_what_is_put_off_comes_back_on_its_day(engine: Engine, doubt: Task) -> None:
    day = date(2026, 12, 24)
    with writing(engine) as connection:
        snooze_task(connection, str(doubt.id), day, LATER)
    assert tasks(engine, kind="duplicate") == []
    assert [one.id for one in tasks(engine, day, kind="duplicate")] == [doubt.id]


def test_nothing_is_put_off_until_yesterday(engine: Engine, doubt: Task) -> None:
    with writing(engine) as connection, pytest.raises(BadValue, match="is not to come"):
        snooze_task(connection, str(doubt.id), TODAY, LATER)


def test_tasks_of_a_zone(engine: Engine, doubt: Task) -> None:
    zone = doubt.zones[0]
    assert [one.id for one in tasks(engine, zone=zone, kind="duplicate")] == [doubt.id]
    assert tasks(engine, zone="elz-gent") == []


@pytest.mark.parametrize(("need", "count"), [("food.parcel", 1), ("food", 1), ("food.meal", 0), ("foo", 0)])
def test_tasks_of_a_need_or_theme(engine: Engine, doubt: Task, need: str, count: int) -> None:
    assert len(tasks(engine, need=need, kind="duplicate")) == count


def test_sources_that_contradict_each_other_are_asked_about(engine: Engine, dispute: Task) -> None:
    said = [(side.speaker, side.values["cost_option.kind"]) for side in sides(engine, dispute)]
    assert said == [("Zorgzone Noord", "free"), ("Stad Brussel", "fixed")]


def test_a_contradiction_that_a_person_settles_is_gone(engine: Engine, dispute: Task) -> None:
    with writing(engine) as connection:
        state_edit(connection, listing_id(), "cost_option.kind", "free", by="A", why="rang", now=LATER)
    assert refresh_tasks(engine, LATER).dropped == 1


def test_a_contradiction_that_was_answered_is_not_asked_again(engine: Engine, dispute: Task) -> None:
    close(engine, dispute, "dismissed")
    refresh_tasks(engine, LATER)
    assert tasks(engine, kind="contradiction") == []


def test_it_is_asked_again_when_somebody_says_something_else(engine: Engine, dispute: Task) -> None:
    close(engine, dispute, "dismissed")
    bring(engine, statement("4711", said_on="2026-11", cost_option__kind="by_income"), card=CITY, now=LATER)
    refresh_tasks(engine, LATER)
    assert len(tasks(engine, kind="contradiction")) == 1


def test_a_source_that_contradicts_a_person_is_asked_about(engine: Engine) -> None:
    bring(engine, statement())
    with writing(engine) as connection:
        state_edit(connection, listing_id(), "cost_option.kind", "free", by="A", why="rang", now=NOW)
    bring(engine, statement(cost_option__kind="fixed"), now=LATER)
    refresh_tasks(engine, LATER)
    assert only(engine, "contradiction").about == {"between": "person"}


def test_refused_rows_are_told_by_column_and_reason(engine: Engine) -> None:
    rejects = [Reject(row=row) for row in (3, 4)]
    bring(engine, statement(), *rejects, replace(rejects[0], column="email"))
    refresh_tasks(engine, NOW)
    titles = [one.title for one in tasks(engine, kind="rejected_row")]
    assert titles == [
        "zone-list: 2 refused in phone: is not a telephone number",
        "zone-list: 1 refused in email: is not a telephone number",
    ]


def test_refused_rows_show_what_would_be_right(engine: Engine) -> None:
    bring(engine, statement(), Reject())
    refresh_tasks(engine, NOW)
    (side,) = sides(engine, only(engine, "rejected_row"))
    assert (side.values["row"], side.values["suggestion"]) == (3, "+32 2 512 34 56")


def test_rows_that_are_repaired_are_no_task_any_more(engine: Engine) -> None:
    bring(engine, statement(), Reject())
    refresh_tasks(engine, NOW)
    bring(engine, statement(), now=LATER)
    refresh_tasks(engine, LATER)
    assert tasks(engine, kind="rejected_row") == []


def test_what_nobody_checked_for_long_is_asked_about(engine: Engine) -> None:
    bring(engine, statement(said_on="2025-06-01"), statement("new", said_on="2026-11-01", **ELSEWHERE))
    refresh_tasks(engine, LATER)
    assert [one.listing for one in tasks(engine, kind="due_check")] == [listing_id()]


def test_what_is_checked_is_fresh(engine: Engine) -> None:
    bring(engine, statement(said_on="2025-06-01"))
    refresh_tasks(engine, NOW)
    close(engine, only(engine, "due_check"), "done", how="phone")
    refresh_tasks(engine, LATER)
    assert (tasks(engine), found(engine).listing.checked_on) == ([], TODAY)


def test_a_check_says_how(engine: Engine) -> None:
    bring(engine, statement(said_on="2025-06-01"))
    refresh_tasks(engine, NOW)
    with pytest.raises(BadValue, match="phone, visit or mail"):
        close(engine, only(engine, "due_check"), "done")


def test_a_source_that_speaks_again_needs_no_check(engine: Engine) -> None:
    bring(engine, statement(said_on="2025-06-01"))
    refresh_tasks(engine, NOW)
    bring(engine, statement(said_on="2026-11-20"), now=LATER)
    refresh_tasks(engine, LATER)
    assert tasks(engine) == []


def test_what_is_withdrawn_needs_no_check(engine: Engine) -> None:
    bring(engine, statement(said_on="2025-06-01"), statement("other", said_on="2026-11-20", **ELSEWHERE))
    refresh_tasks(engine, NOW)
    bring(engine, statement("other", said_on="2026-11-20", **ELSEWHERE), now=LATER)
    refresh_tasks(engine, LATER)
    assert tasks(engine) == []


def test_help_at_night_comes_before_other_help(engine: Engine) -> None:
    night = statement("night", "2025-06-01", service__needs=["housing.shelter"], **ELSEWHERE)
    bring(engine, statement(said_on="2025-06-01"), night)
    refresh_tasks(engine, LATER)
    assert [one.listing for one in tasks(engine)] == [listing_id("night"), listing_id()]


def test_refreshing_twice_changes_nothing(engine: Engine, dispute: Task) -> None:
    assert refresh_tasks(engine, NOW) == Refreshed()


def test_what_others_ask_is_opened_once(engine: Engine) -> None:
    bring(engine, statement())
    question = Question("correction", "correction:1", listing_id(), key="phone.numbers")
    with writing(engine) as connection:
        assert [ask(connection, [question], NOW), ask(connection, [question], NOW)] == [1, 0]


def test_a_correction_comes_before_a_check(engine: Engine) -> None:
    bring(engine, statement(said_on=None))
    refresh_tasks(engine, NOW)
    with writing(engine) as connection:
        ask(connection, [Question("correction", "correction:1", listing_id(), key="phone.numbers")], NOW)
    assert [one.kind for one in tasks(engine)] == ["correction", "due_check"]


def test_open_tasks_are_counted_by_kind(engine: Engine, dispute: Task) -> None:
    with reading(engine) as connection:
        assert count_tasks(connection, TODAY) == {"contradiction": 1}


def test_an_unknown_kind_is_told(engine: Engine) -> None:
    with reading(engine) as connection, pytest.raises(BadValue, match="no kind of task"):
        read_tasks(connection, TODAY, kind="gossip")


def test_the_zone_list_comes_from_the_listing(engine: Engine, doubt: Task) -> None:
    assert set(doubt.zones) == set(found(engine, card=ZONE).listing.zones)


def reopen(engine: Engine, one: Task) -> Task:
    with writing(engine) as connection:
        return reopen_task(connection, str(one.id), by="Amina", why="a mistake", now=LATER)


def test_an_answer_can_be_taken_back_with_what_it_confirmed(engine: Engine) -> None:
    bring(engine, statement(said_on=None))
    refresh_tasks(engine, LATER)
    one = only(engine, "due_check")
    close(engine, one, "done", how="phone")
    reopen(engine, one)
    assert (only(engine, "due_check").id, found(engine).listing.checked_on) == (one.id, None)


def test_two_that_were_joined_by_mistake_come_apart_and_are_asked_again(engine: Engine, doubt: Task) -> None:
    close(engine, doubt, "same")
    reopen(engine, doubt)
    assert {side.listing for side in sides(engine, only(engine, "duplicate"))} == {
        listing_id(),
        listing_id("4711", CITY),
    }


def test_two_that_were_kept_apart_by_mistake_are_asked_again(engine: Engine, doubt: Task) -> None:
    close(engine, doubt, "different")
    reopen(engine, doubt)
    match(engine, LATER)
    assert only(engine, "duplicate").id == doubt.id


def test_a_task_that_waits_has_nothing_to_take_back(engine: Engine, doubt: Task) -> None:
    with pytest.raises(BadValue):
        reopen(engine, doubt)
