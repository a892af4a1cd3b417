"""States of a listing: draft, paused until a day, ended; all stated, all undone, all coming by themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from service.catalogue.by_hand import add_by_hand
from service.catalogue.edits import expire_edits, state_edit, withdraw_edit
from service.catalogue.links import link
from service.catalogue.listings import read_listing
from service.catalogue.outbox import last_position
from service.database.claims import listing as listing_table
from service.database.hsds import organization
from service.database.session import reading, writing
from service.errors import BadValue
from tests.contract.catalogue_factory import CITY, LATER, NOW, bring, found, listing_id, published, statement

PANTRY = listing_id()


def say(engine: Engine, key: str, value: object, until: date | None = None, now: datetime = NOW):
    with writing(engine) as connection:
        return state_edit(
            connection, PANTRY, key, value, by="Amina", why="they said so", now=now, until=until
        )


@pytest.mark.parametrize("state", ["draft", "paused", "ended"])
def test_what_is_not_published_is_not_found(engine: Engine, state: str) -> None:
    bring(engine, statement())
    say(engine, "service.state", state)
    assert published(engine) == set()


def test_undoing_it_brings_it_back(engine: Engine) -> None:
    bring(engine, statement())
    stated = say(engine, "service.state", "paused")
    with writing(engine) as connection:
        withdraw_edit(connection, stated.id, by="Amina", why="a mistake", now=LATER)
    assert published(engine) == {PANTRY}


def test_the_index_is_told_of_a_pause(engine: Engine) -> None:
    bring(engine, statement())
    with reading(engine) as connection:
        before = last_position(connection)
    say(engine, "service.state", "paused")
    with reading(engine) as connection:
        assert last_position(connection) == before + 1


def test_a_pause_says_until_when(engine: Engine) -> None:
    bring(engine, statement())
    say(engine, "service.state", "paused", until=date(2026, 12, 31))
    listing = found(engine).listing
    assert (listing.state, listing.state_until) == ("paused", date(2026, 12, 31))


def test_a_pause_is_over_by_itself(engine: Engine) -> None:
    bring(engine, statement())
    say(engine, "service.state", "paused", until=date(2026, 12, 31))
    with writing(engine) as connection:
        expire_edits(connection, datetime(2027, 1, 1, 9, 0, tzinfo=NOW.tzinfo))
    assert published(engine) == {PANTRY}


def test_a_reader_sees_it_on_the_day_even_before_the_worker_came(engine: Engine) -> None:
    bring(engine, statement())
    say(engine, "service.state", "paused", until=date(2026, 12, 31))
    read = found(engine, now=datetime(2027, 1, 1, 9, 0, tzinfo=NOW.tzinfo))
    assert read.listing.state == "published"


def test_a_project_runs_to_its_last_day(engine: Engine) -> None:
    bring(engine, statement())
    say(engine, "service.ends_on", "2026-12-31")
    with writing(engine) as connection:
        expire_edits(connection, datetime(2026, 12, 31, 20, 0, tzinfo=NOW.tzinfo))
    assert published(engine) == {PANTRY}


@pytest.mark.parametrize("who", ["a person", "the source"])
def test_a_project_ends_the_day_after(engine: Engine, who: str) -> None:
    if who == "the source":
        bring(engine, statement(service__ends_on="2026-12-31"))
    else:
        bring(engine, statement())
        say(engine, "service.ends_on", "2026-12-31")
    with writing(engine) as connection:
        expire_edits(connection, datetime(2027, 1, 1, 9, 0, tzinfo=NOW.tzinfo))
    listing = found(engine).listing
    assert (listing.state, listing.state_since, published(engine)) == ("ended", date(2026, 12, 31), set())


def test_a_later_last_day_takes_it_up_again(engine: Engine) -> None:
    bring(engine, statement(service__ends_on="2026-11-01"))
    say(engine, "service.ends_on", "2027-06-30")
    assert published(engine) == {PANTRY}


def test_what_all_sources_dropped_is_withdrawn_whatever_is_stated(engine: Engine) -> None:
    bring(engine, statement(), statement("other"))
    say(engine, "service.state", "published")
    bring(engine, statement("other"), now=LATER)
    assert found(engine).listing.state == "withdrawn"


def test_a_draft_is_read_by_nobody_outside(engine: Engine) -> None:
    bring(engine, statement())
    say(engine, "service.state", "draft")
    with reading(engine) as connection:
        assert read_listing(connection, PANTRY) is None
        assert read_listing(connection, PANTRY, hidden_too=True) is not None


def test_the_organization_of_a_draft_alone_is_in_no_table(engine: Engine) -> None:
    bring(engine, statement())
    say(engine, "service.state", "draft")
    with reading(engine) as connection:
        assert connection.execute(sa.select(organization.c.id)).all() == []


def test_the_other_listing_of_an_organization_speaks_for_it(engine: Engine) -> None:
    bring(engine, statement(), statement("other"))
    say(engine, "service.state", "draft")
    with reading(engine) as connection:
        assert connection.scalar(sa.select(organization.c.listing_id)) == listing_id("other")


def test_made_by_hand_it_is_a_draft(engine: Engine) -> None:
    with writing(engine) as connection:
        made = add_by_hand(connection, {"service.name@nl": "Soep op zondag"}, by="Amina", now=NOW)
    with reading(engine) as connection:
        assert connection.scalar(sa.select(listing_table.c.state)) == "draft"
        assert published(engine) == set()
        read = read_listing(connection, made, hidden_too=True)
    assert read is not None
    assert read.values["service.name@nl"] == "Soep op zondag"


def test_published_by_an_edit_it_is_found(engine: Engine) -> None:
    with writing(engine) as connection:
        made = add_by_hand(connection, {"service.name@nl": "Soep op zondag"}, by="Amina", now=NOW)
        state_edit(connection, made, "service.state", "published", by="Amina", why="ready", now=NOW)
    assert published(engine) == {made}


def test_made_by_nobody_is_refused(engine: Engine) -> None:
    with writing(engine) as connection, pytest.raises(BadValue):
        add_by_hand(connection, {"service.name@nl": "Soep"}, by=" ", now=NOW)


def test_a_source_that_calls_it_a_draft_hides_nothing_that_another_publishes(engine: Engine) -> None:
    bring(engine, statement(service__state="draft"))
    bring(engine, statement("theirs"), card=CITY)
    with writing(engine) as connection:
        link(connection, PANTRY, listing_id("theirs", CITY), by="Amina", why="the same", now=NOW)
    assert published(engine) == {PANTRY}


def test_the_day_after_is_when_it_is_looked_at_again(engine: Engine) -> None:
    bring(engine, statement(service__ends_on="2026-12-31"))
    with reading(engine) as connection:
        day = connection.scalar(sa.select(listing_table.c.recheck_on))
    assert day == date(2026, 12, 31) + timedelta(days=1)
