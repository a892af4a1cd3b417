"""The state of a zone, counted over small catalogues of which every figure can be counted by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from service.catalogue.confirm import confirm
from service.catalogue.demand import add_demand
from service.catalogue.ground import data_ground
from service.catalogue.tasks.answer import close_task
from service.catalogue.tasks.corrections import report
from service.catalogue.tasks.read import read_tasks
from service.config import TIMEZONE
from service.database.session import reading, writing
from service.database.state import state_figures, state_reach
from service.desk.state.count import count_state, is_due
from service.desk.state.points import Home, Homes, postal_homes
from service.geo.point import Point
from service.model.demand import Tally
from service.search.index.document import facts_of
from tests.contract.catalogue_factory import NOW, bring, listing_id, statement

TODAY = NOW.astimezone(TIMEZONE).date()
ZONE = "bxl-noord"  # Laken (1020) lies in it
READY: dict[str, Any] = {"service__readiness": "ready"}


def count(engine: Engine, now: datetime = NOW, homes: Homes | None = None) -> None:
    count_state(engine, facts_of, now, homes or postal_homes(data_ground()))


def figures(engine: Engine, scope: str = "all", code: str = "", day: date = TODAY, zone: str = ZONE) -> Any:
    own = state_figures.c
    with reading(engine) as connection:
        wanted = sa.select(own.figures).where(own.zone == zone, own.day == day)
        return connection.scalar(wanted.where(own.scope == scope, own.code == code))


def reach(engine: Engine, need: str = "food.parcel", zone: str = ZONE, day: date = TODAY) -> Any:
    own = state_reach.c
    with reading(engine) as connection:
        return connection.execute(
            sa.select(state_reach).where(own.zone == zone, own.need == need, own.day == day)
        ).one()


def test_a_zone_without_listings_has_figures_too(engine: Engine) -> None:
    count(engine)
    assert (figures(engine)["listings"], figures(engine)["age"]) == (0, None)


def test_listings_are_counted_in_zone_theme_need_and_municipality(engine: Engine) -> None:
    bring(engine, statement("one"), statement("two", service__needs=["food.parcel", "food.meal"]))
    count(engine)
    groups = (("all", ""), ("theme", "food"), ("need", "food.parcel"), ("need", "food.meal"))
    assert [figures(engine, *group)["listings"] for group in groups] == [2, 2, 2, 1]
    assert figures(engine, "municipality", "21004")["listings"] == 2


def test_a_listing_is_verified_where_all_its_key_facts_were_confirmed(engine: Engine) -> None:
    bring(engine, statement("one"), statement("two"))
    with writing(engine) as connection:
        confirm(connection, listing_id("one"), by="Amina", why="called", role="zone", now=NOW, how="phone")
        keys = ["phone.numbers"]  # its address is not confirmed
        confirm(connection, listing_id("two"), keys, by="Amina", why="called", role="zone", now=NOW)
    count(engine)
    assert figures(engine)["verified"] == [1, 2]


def test_what_was_confirmed_13_months_ago_is_not_verified(engine: Engine) -> None:
    then = NOW - timedelta(days=396)
    bring(engine, statement("one"), now=then)
    with writing(engine) as connection:
        confirm(connection, listing_id("one"), by="Amina", why="called", role="zone", now=then, how="phone")
    count(engine)
    assert figures(engine)["verified"] == [0, 1]


def test_completeness_is_the_questions_answered_of_those_asked(engine: Engine) -> None:
    bring(engine, statement("one", cost_option__kind="free"))  # topic, contact, place and price of 14
    count(engine)
    assert figures(engine)["known"] == [4, 14]
    assert {q for q, (known, _of) in figures(engine)["questions"].items() if known} == {
        "topic", "contact", "place", "price",
    }  # fmt: skip


def test_what_is_by_telephone_is_not_asked_for_a_place(engine: Engine) -> None:
    bring(engine, statement("one", service__channels=["phone"]))
    count(engine)
    assert figures(engine)["known"] == [3, 12]  # topic, contact, way in


def test_a_secret_address_is_not_asked_for(engine: Engine) -> None:
    bring(engine, statement("one", address__hidden=True))
    count(engine)
    assert "place" not in figures(engine)["questions"]


def test_the_median_age_is_that_of_the_answers(engine: Engine) -> None:
    day = TODAY - timedelta(days=100)
    bring(engine, statement("one", said_on=day.isoformat()))
    with writing(engine) as connection:  # one of three answers is of today
        confirm(
            connection, listing_id("one"), ["phone.numbers"], by="Amina", why="called", role="zone", now=NOW
        )
    count(engine)
    assert (figures(engine)["age"], figures(engine)["dated"]) == (100, [3, 3])


def test_an_undated_fact_has_no_age(engine: Engine) -> None:
    bring(engine, statement("one", said_on=None))
    count(engine)
    assert (figures(engine)["age"], figures(engine)["dated"]) == (None, [0, 3])


def test_of_each_b_the_criteria_that_cannot_be_judged_are_counted(engine: Engine) -> None:
    bring(engine, statement("one"))
    count(engine)
    before = figures(engine)["unknown"]["betaalbaar"]
    bring(engine, statement("one", cost_option__kind="free"))
    count(engine)
    after = figures(engine)["unknown"]["betaalbaar"]
    assert after[0] < before[0]
    assert set(figures(engine)["unknown"]) == {
        "bereikbaar", "beschikbaar", "betaalbaar", "bruikbaar", "begrijpbaar", "betrouwbaar", "bekend",
        "begripvol",
    }  # fmt: skip


def test_corrections_are_open_until_somebody_closes_them(engine: Engine) -> None:
    bring(engine, statement("one"))
    with writing(engine) as connection:
        report(connection, listing_id("one"), "hours", "", None, NOW - timedelta(days=4))
        report(connection, listing_id("one"), "gone", "", None, NOW - timedelta(days=8))
        mine = next(t for t in read_tasks(connection, TODAY)[0] if t.about.get("what") == "gone")
        close_task(connection, str(mine.id), "done", by="Amina", why="called", now=NOW)
    count(engine)
    found = figures(engine)
    assert (found["corrections"], found["closed"], found["days"]) == (1, 1, 8.0)


def test_what_vanished_at_its_source_is_withdrawn_and_no_listing(engine: Engine) -> None:
    bring(engine, statement("one"), statement("two"), statement("three"))
    bring(engine, statement("one"), statement("two"))
    count(engine)
    assert (figures(engine)["listings"], figures(engine)["withdrawn"]) == (2, 1)


def test_a_second_count_of_a_day_takes_the_place_of_the_first(engine: Engine) -> None:
    bring(engine, statement("one"))
    count(engine)
    bring(engine, statement("one"), statement("two"))
    count(engine)
    assert figures(engine)["listings"] == 2


def test_the_next_count_is_due_after_a_week(engine: Engine) -> None:
    with reading(engine) as connection:
        assert not is_due(connection, NOW)  # there is nothing to count
    bring(engine, statement("one"))
    with reading(engine) as connection:
        assert is_due(connection, NOW)
    count(engine)
    with reading(engine) as connection:
        assert not is_due(connection, NOW + timedelta(days=6))
        assert is_due(connection, NOW + timedelta(days=7))


def test_of_earlier_counts_the_figures_stay_and_the_map_goes(engine: Engine) -> None:
    bring(engine, statement("one", **READY))
    count(engine)
    count(engine, NOW + timedelta(days=7))
    assert figures(engine)["listings"] == 1
    assert (reach(engine).in_reach, reach(engine).far) == ("", [])


def test_of_long_ago_one_count_a_month_is_kept_of_needs(engine: Engine) -> None:
    bring(engine, statement("one"))
    first = datetime(2026, 3, 4, 9, 0, tzinfo=TIMEZONE)
    for at in (first, first + timedelta(days=7), NOW):
        count(engine, at)
    days = [first.date(), first.date() + timedelta(days=7), TODAY]
    assert [figures(engine, "need", "food.parcel", day) is not None for day in days] == [True, False, True]
    assert [figures(engine, day=day) is not None for day in days] == [True, True, True]


LAKEN = Point(50.87938, 4.34516)


def home(metres_north: float, people: float, zones: tuple[str, ...] = (ZONE,)) -> Home:
    return Home(Point(LAKEN.lat + metres_north / 111_195, LAKEN.lon), people, "1020 21004", zones)


def ready(engine: Engine, *keys: str, **more: Any) -> None:
    point = {"location__point": [LAKEN.lat, LAKEN.lon]}
    bring(engine, *(statement(key, **{**READY, **point, **more}) for key in keys))


def test_ten_minutes_by_bike_is_1415_metres_in_a_straight_line(engine: Engine) -> None:
    ready(engine, "one")
    count(engine, homes=Homes("people", (home(1_410, 30), home(1_420, 5))))
    found = reach(engine)
    assert (found.people, found.in_reach) == ([5, 30, 0], "10")


def test_two_listings_are_a_choice(engine: Engine) -> None:
    ready(engine, "one", "two", "three")
    count(engine, homes=Homes("people", (home(0, 7),)))
    assert (reach(engine).people, reach(engine).in_reach) == ([0, 0, 7], "2")


def test_a_listing_that_is_still_to_be_confirmed_is_not_in_reach(engine: Engine) -> None:
    ready(engine, "one", service__readiness="lead")
    count(engine, homes=Homes("people", (home(0, 7),)))
    assert reach(engine).people == [7, 0, 0]


def test_a_secret_address_is_in_nobodys_reach(engine: Engine) -> None:
    ready(engine, "one", address__hidden=True)
    count(engine, homes=Homes("people", (home(0, 7),)))
    assert reach(engine).people == [7, 0, 0]


def test_a_listing_across_the_border_of_the_zone_counts(engine: Engine) -> None:
    ready(engine, "one")  # in the zone of Laken
    count(engine, homes=Homes("people", (home(1_000, 9, ("bxl-zuid",)),)))
    assert reach(engine, zone="bxl-zuid").people == [0, 9, 0]


def test_the_places_without_are_named_with_how_far_it_is(engine: Engine) -> None:
    ready(engine, "one")
    count(engine, homes=Homes("people", (home(3_000, 12), home(2_000, 4))))
    ((place, people, metres),) = reach(engine).far
    assert (place, people) == ("1020 21004", 16)
    assert metres == pytest.approx(3_000, abs=5)


def test_where_there_is_none_anywhere_no_distance_is_given(engine: Engine) -> None:
    count(engine, homes=Homes("people", (home(0, 7),)))
    assert reach(engine).far == [["1020 21004", 7, None]]


_PATHS = {
    "service__description__at__nl": "Iedereen is welkom.",
    "service__audience": ["everyone"],
    "schedule__opening_hours": "Mo-Fr 09:00-12:00",
    "service__channels": ["phone"],
    "service__languages": ["nl"],
    "cost_option__kind": "free",
    "location__wheelchair": "yes",
    "phone__numbers": None,
    "contact__website": None,
    "address__street__at__nl": None,
}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sets(st.sampled_from(sorted(_PATHS))), max_size=4))
def test_completeness_lies_between_none_and_all(engine: Engine, chosen: list[set[str]]) -> None:
    said = [statement(f"k{n}", **{p: _PATHS[p] for p in paths}) for n, paths in enumerate(chosen)]
    if said:
        bring(engine, *said)
    count(engine, homes=Homes("people", (home(0, 1),)))
    known, asked = figures(engine)["known"]
    assert 0 <= known <= asked
    assert all(0 <= some <= of for some, of in figures(engine)["questions"].values())
    assert all(0 <= some <= of for some, of in figures(engine)["unknown"].values())


def searched(engine: Engine, *counts: tuple[str, str, str, int]) -> None:
    with writing(engine) as connection:
        add_demand(connection, {(TODAY, Tally("unanswered", n, nis, b)): many for n, nis, b, many in counts})


def test_searches_in_vain_are_told_by_need_and_by_place(engine: Engine) -> None:
    searched(engine, ("food.meal", "21004", "betaalbaar", 4), ("food.meal", "21012", "betaalbaar", 7))
    count(engine, homes=Homes("people", (home(0, 1),)))
    found = figures(engine, "searches")  # of the two municipalities the first alone lies in the zone
    assert (found["needs"], found["places"]) == ([], [])
    searched(engine, ("food.meal", "21004", "betaalbaar", 1))
    count(engine, homes=Homes("people", (home(0, 1),)))
    found = figures(engine, "searches")
    assert found["needs"] == [["food.meal", "betaalbaar", 5]]
    assert found["places"] == [["21004", "betaalbaar", 5]]


def test_searches_are_not_kept_with_earlier_counts(engine: Engine) -> None:
    count(engine)
    count(engine, NOW + timedelta(days=7))
    assert figures(engine, "searches") is None
