"""What people look for moves tasks up, and opens tasks for what nobody offers near them."""

from datetime import timedelta

from service.catalogue.demand import add_demand
from service.catalogue.tasks.read import read_tasks
from service.catalogue.tasks.refresh import refresh_tasks
from service.config import TIMEZONE
from service.database.session import reading, writing
from service.model.demand import Tally
from tests.contract.catalogue_factory import LATER, Reject, bring, statement

DAY = LATER.astimezone(TIMEZONE).date()
BRUSSELS, ANTWERP = "21004", "11002"


def search(engine, number, *tallies):
    with writing(engine) as connection:
        add_demand(connection, {(DAY, each): number for each in tallies})


def tasks(engine, kind=None, today=DAY):
    with reading(engine) as connection:
        return read_tasks(connection, today, kind=kind)[0]


def two_pantries(engine):
    """Two listings of the same age, in two towns."""
    bring(
        engine,
        statement("brussels", said_on=None),
        statement("antwerp", said_on=None, address__postal_code="2000", address__municipality=ANTWERP),
    )


def test_a_listing_that_people_look_for_comes_first(engine):
    two_pantries(engine)
    search(engine, 20, Tally("shown", "food.parcel", ANTWERP))
    refresh_tasks(engine, LATER)
    first, second = tasks(engine, "due_check")
    assert (first.reasons["searches"], second.reasons["searches"]) == (20, 0)


def test_the_searches_of_a_few_move_nothing(engine):
    two_pantries(engine)
    search(engine, 4, Tally("shown", "food.parcel", ANTWERP))
    refresh_tasks(engine, LATER)
    assert len({each.worth for each in tasks(engine, "due_check")}) == 1


def test_what_people_asked_and_nobody_knows_is_a_reason(engine):
    two_pantries(engine)
    search(engine, 9, Tally("unknown", "food.parcel", ANTWERP, "betaalbaar", "price"))
    refresh_tasks(engine, LATER)
    assert tasks(engine, "due_check")[0].reasons["unknown"] == ["price"]


def test_what_is_stated_is_not_unknown(engine):
    bring(engine, statement(said_on=None, cost_option__kind="free"))
    search(engine, 9, Tally("unknown", "food.parcel", BRUSSELS, "betaalbaar", "price"))
    refresh_tasks(engine, LATER)
    assert tasks(engine, "due_check")[0].reasons["unknown"] == []


def test_a_task_is_weighed_anew_the_next_day(engine):
    two_pantries(engine)
    refresh_tasks(engine, LATER)
    search(engine, 20, Tally("asked", "food.parcel", ANTWERP))
    refresh_tasks(engine, LATER)
    same_day = max(each.worth for each in tasks(engine, "due_check"))
    refresh_tasks(engine, LATER + timedelta(days=1))
    assert max(each.worth for each in tasks(engine, "due_check")) > same_day


def test_a_need_that_nobody_answers_near_people_is_a_task_of_the_zone(engine):
    search(engine, 6, Tally("unanswered", "food.parcel", "44021", "betaalbaar"))
    refresh_tasks(engine, LATER)
    (one,) = tasks(engine, "need_gap")
    assert (one.zones, one.about["searches"], one.about["b"]) == (("elz-gent",), 6, "betaalbaar")


def test_a_need_that_few_missed_is_no_task(engine):
    search(engine, 4, Tally("unanswered", "food.parcel", "44021", "betaalbaar"))
    refresh_tasks(engine, LATER)
    assert tasks(engine, "need_gap") == []


def test_a_need_that_is_found_again_is_no_task_any_more(engine):
    search(engine, 6, Tally("unanswered", "food.parcel", "44021"))
    refresh_tasks(engine, LATER)
    refresh_tasks(engine, LATER + timedelta(days=40))
    assert tasks(engine, "need_gap") == []


def test_a_fact_that_people_ask_for_is_a_task_of_a_listing_in_order(engine):
    bring(engine, statement(said_on="2026-11"))
    search(engine, 9, Tally("unknown", "food.parcel", BRUSSELS, "betaalbaar", "price"))
    refresh_tasks(engine, LATER)
    (one,) = tasks(engine, "gap")
    assert one.reasons["unknown"] == ["price"]


def test_a_fact_that_is_known_is_no_gap(engine):
    bring(engine, statement(said_on="2026-11", cost_option__kind="free"))
    search(engine, 9, Tally("unknown", "food.parcel", BRUSSELS, "betaalbaar", "price"))
    refresh_tasks(engine, LATER)
    assert tasks(engine, "gap") == []


def test_what_has_to_be_checked_anyway_is_no_gap_besides(engine):
    bring(engine, statement(said_on=None))
    search(engine, 9, Tally("unknown", "food.parcel", BRUSSELS, "betaalbaar", "price"))
    refresh_tasks(engine, LATER)
    assert [each.kind for each in tasks(engine)] == ["due_check"]


def test_refused_rows_of_a_source_of_one_zone_are_of_that_zone(engine):
    bring(engine, statement(said_on="2026-11"), Reject())
    refresh_tasks(engine, LATER)
    (one,) = tasks(engine, "rejected_row")
    assert "bxl-noord" in one.zones
