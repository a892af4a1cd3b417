"""Facts that age are known until the minute that they expire, and sources that disagree are both heard."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from service.catalogue.edits import state_edit
from service.catalogue.links import link
from service.config import TIMEZONE
from service.database import hsds_terms
from service.database.session import reading, writing
from tests.contract.catalogue_factory import CITY, NOW, bring, found, listing_id, statement

INTAKE, COST = "service.intake", "cost_option.kind"
BEFORE_THE_CLOCK = datetime(2026, 10, 10, 14, 30, tzinfo=TIMEZONE)
"""Thirty days later the clocks have gone back an hour."""


def state(engine: Engine, now: datetime, key: str = INTAKE, raw: object = "open", **options: Any) -> None:
    with writing(engine) as connection:
        state_edit(connection, listing_id(), key, raw, by="Amina", why="called them", now=now, **options)


def two_sources(engine: Engine, **values: Any) -> None:
    """Zone and city speak of the same listing; ``values`` are what the city says otherwise."""
    bring(engine, statement(cost_option__kind="free"))
    bring(engine, statement(**values), card=CITY)
    with writing(engine) as connection:
        link(connection, listing_id(), listing_id(card=CITY), by="Amina", why="the same place", now=NOW)


def test_what_a_person_said_is_known_until_the_very_minute(engine: Engine) -> None:
    bring(engine, statement())
    state(engine, BEFORE_THE_CLOCK)
    last = datetime(2026, 11, 9, 14, 29, tzinfo=TIMEZONE)
    assert found(engine, now=last).values[INTAKE] == "open"


def test_it_expires_at_the_same_time_of_day_across_a_clock_change(engine: Engine) -> None:
    bring(engine, statement())
    state(engine, BEFORE_THE_CLOCK)
    expired = datetime(2026, 11, 9, 14, 30, tzinfo=TIMEZONE)
    assert INTAKE not in found(engine, now=expired).values


def test_an_expired_fact_leaves_the_listing_too(engine: Engine) -> None:
    bring(engine, statement())
    state(engine, BEFORE_THE_CLOCK)
    assert INTAKE not in found(engine, now=datetime(2026, 12, 1, tzinfo=UTC)).listing.facts


def test_who_said_it_stays_known(engine: Engine) -> None:
    bring(engine, statement())
    state(engine, BEFORE_THE_CLOCK)
    assert INTAKE in found(engine, now=datetime(2026, 12, 1, tzinfo=UTC)).listing.provenance


def test_a_coordinator_still_sees_what_was_said(engine: Engine) -> None:
    bring(engine, statement())
    state(engine, BEFORE_THE_CLOCK)
    held = found(engine, now=datetime(2026, 12, 1, tzinfo=UTC), hidden_too=True)
    assert held.values[INTAKE] == "open"


def test_an_edit_that_runs_out_sooner_takes_the_fact_with_it(engine: Engine) -> None:
    bring(engine, statement())
    state(engine, BEFORE_THE_CLOCK, until=date(2026, 10, 12))
    assert found(engine).listing.expires[INTAKE] == datetime(2026, 10, 13, tzinfo=TIMEZONE)


def test_what_a_source_said_counts_from_the_first_day_that_its_date_can_mean(engine: Engine) -> None:
    bring(engine, statement(said_on="2026-11", service__intake="limited"))
    assert found(engine).listing.expires[INTAKE] == datetime(2026, 12, 1, tzinfo=TIMEZONE)


def test_of_unknown_age_it_is_not_known(engine: Engine) -> None:
    bring(engine, statement(said_on=None, service__intake="open"))
    assert INTAKE not in found(engine, now=NOW).values


def test_what_ages_stands_in_no_table_that_cannot_forget_it(engine: Engine) -> None:
    bring(engine, statement(said_on="2026-11", service__intake="open", service__companion=True))
    with reading(engine) as connection:
        paths = set(connection.scalars(sa.select(hsds_terms.attribute.c.link_type)))
    assert "service.companion" in paths
    assert INTAKE not in paths


def test_an_older_statement_speaks_again_where_the_newer_has_expired(engine: Engine) -> None:
    bring(engine, statement(said_on="2026-11-20", service__intake="stopped"))
    state(engine, datetime(2026, 10, 1, 9, 0, tzinfo=TIMEZONE))
    assert found(engine, now=datetime(2026, 11, 22, 9, 0, tzinfo=TIMEZONE)).values[INTAKE] == "stopped"


def test_two_sources_that_disagree_make_a_dispute(engine: Engine) -> None:
    two_sources(engine, cost_option__kind="fixed")
    assert found(engine).listing.disputed == (COST,)


def test_both_statements_are_shown(engine: Engine) -> None:
    two_sources(engine, cost_option__kind="fixed")
    held = found(engine)
    assert (held.values[COST], [claim.value for claim in held.others[COST]]) == ("free", ["fixed"])


def test_two_sources_that_agree_make_none(engine: Engine) -> None:
    two_sources(engine, cost_option__kind="free")
    assert found(engine).listing.disputed == ()


def test_lists_of_two_sources_add_up_and_do_not_disagree(engine: Engine) -> None:
    two_sources(engine, service__needs=["food.meal"])
    assert found(engine).listing.disputed == ()


def test_opening_hours_written_otherwise_are_the_same(engine: Engine) -> None:
    bring(engine, statement(schedule__opening_hours="Mo,Tu,We,Th,Fr 09:00-12:00"))
    bring(engine, statement(schedule__opening_hours="Mo-Fr 09:00-12:00"), card=CITY)
    with writing(engine) as connection:
        link(connection, listing_id(), listing_id(card=CITY), by="Amina", why="the same place", now=NOW)
    assert found(engine).listing.disputed == ()


def test_a_person_settles_a_dispute(engine: Engine) -> None:
    two_sources(engine, cost_option__kind="fixed")
    state(engine, NOW, key=COST, raw="free")
    assert found(engine).listing.disputed == ()
