"""What people look for is kept as counts alone, and never shown of a few."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from service.catalogue.demand import add_demand, demand_of, forget_demand
from service.database.demand import demand
from service.database.session import reading, writing
from service.errors import NotFound
from service.model.demand import FEWEST, KEPT_DAYS, Tally

DAY = date(2026, 11, 24)
ANDERLECHT, GENT = "21001", "44021"


def keep(engine, *counts, day=DAY):
    with writing(engine) as connection:
        add_demand(connection, {(day, tally): number for tally, number in counts})


def read(engine, since=DAY, until=DAY, **asked):
    with reading(engine) as connection:
        return demand_of(connection, since, until, **asked)


def test_counts_of_one_day_are_added_up(engine):
    keep(engine, (Tally("asked", "food.parcel", ANDERLECHT), 4))
    keep(engine, (Tally("asked", "food.parcel", ANDERLECHT), 3))
    assert [row.searches for row in read(engine)] == [7]


def test_fewer_than_five_are_shown_to_nobody(engine):
    keep(engine, (Tally("asked", "food.parcel", ANDERLECHT), FEWEST - 1))
    assert read(engine) == []


def test_five_are_shown(engine):
    keep(engine, (Tally("asked", "food.parcel", ANDERLECHT), FEWEST))
    assert [(row.need, row.municipality) for row in read(engine)] == [("food.parcel", ANDERLECHT)]


def test_what_is_small_apart_is_shown_together(engine):
    keep(
        engine, *[(Tally("unanswered", "food.parcel", ANDERLECHT, b), 3) for b in ("betaalbaar", "bruikbaar")]
    )
    assert [row.searches for row in read(engine, by=("need",))] == [6]


def test_days_outside_the_time_asked_do_not_count(engine):
    keep(engine, (Tally("asked", "food.parcel", ANDERLECHT), 9), day=DAY - timedelta(days=1))
    assert read(engine) == []


def test_a_zone_has_what_was_asked_in_its_municipalities(engine):
    keep(engine, *[(Tally("asked", "food.parcel", nis), 9) for nis in (ANDERLECHT, GENT)])
    assert [row.municipality for row in read(engine, zones=["elz-gent"])] == [GENT]


def test_one_kind_can_be_asked_for(engine):
    keep(engine, (Tally("asked", "food.parcel", GENT), 9), (Tally("shown", "food.parcel", GENT), 8))
    assert [row.kind for row in read(engine, kinds=["shown"])] == ["shown"]


def test_the_most_asked_comes_first(engine):
    keep(engine, (Tally("asked", "food.meal", GENT), 5), (Tally("asked", "food.parcel", GENT), 8))
    assert [row.need for row in read(engine)] == ["food.parcel", "food.meal"]


def test_a_zone_that_there_is_not_is_an_error(engine):
    with pytest.raises(NotFound):
        read(engine, zones=["nowhere"])


def test_counts_go_after_their_time(engine):
    keep(engine, (Tally("asked", "food.parcel", GENT), 9), day=DAY - timedelta(days=KEPT_DAYS + 1))
    keep(engine, (Tally("asked", "food.meal", GENT), 9), day=DAY - timedelta(days=KEPT_DAYS))
    with writing(engine) as connection:
        forget_demand(connection, DAY)
        assert list(connection.scalars(sa.select(demand.c.need))) == ["food.meal"]
