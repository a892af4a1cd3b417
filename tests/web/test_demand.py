"""What people look for is counted once, by codes alone, and never stands in the way of an answer."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import sqlalchemy as sa

from service.database.demand import demand
from service.desk import demand as counting
from service.desk.demand import DemandCounter
from service.errors import DatabaseAway
from service.model.demand import Tally
from tests.conftest import FROZEN

DAY = FROZEN.date()
PARCEL = "/nl/search?need=food.parcel&near=1070"


@pytest.fixture
def counted(app):
    """A function from addresses to what searching there adds to the counts."""
    engine = app.extensions["database"]

    def read():
        app.extensions["demand"].flush()
        with engine.connect() as connection:
            return Counter({tuple(row[:-1]): row.searches for row in connection.execute(sa.select(demand))})

    def ask(*addresses, **options):
        before = read()
        for address in addresses:
            app.test_client().get(address, **options)
        return {Tally(*key[1:]): number for key, number in (read() - before).items()}

    return ask


def test_a_search_counts_its_need_around_its_place(counted):
    assert counted(PARCEL)[Tally("asked", "food.parcel", "21001")] == 1


def test_a_search_of_the_api_counts_too(counted):
    assert counted("/api/v1/search?need=food.parcel&near=1070")[Tally("asked", "food.parcel", "21001")] == 1


def test_a_question_counts_the_need_that_was_understood(counted):
    assert counted("/nl/search?q=voedselpakket+in+Anderlecht")[Tally("asked", "food.parcel", "21001")] == 1


def test_listings_that_were_shown_count_for_the_need_that_was_asked(counted):
    assert {each.need for each in counted(PARCEL) if each.kind == "shown"} == {"food.parcel"}


@pytest.mark.parametrize(
    "again",
    [
        PARCEL + "&page=2",
        "/nl/search?q=voedselpakket+in+Anderlecht&theme=food",
        "/nl/search?q=voedselpakket+in+Anderlecht&need=food.parcel",
        "/embed?need=food.parcel&zone=bxl-noord",
        "/nl/zones/bxl-noord",
        "/nl/search",
    ],
)
def test_what_is_no_new_question_does_not_count(counted, again):
    assert counted(again) == {}


def test_nothing_found_is_noted_with_the_place(counted):
    assert counted("/nl/search?q=xqzkw&near=1070")[Tally("unanswered", "", "21001")] == 1


def test_where_nothing_fits_the_b_in_the_way_is_noted(counted):
    found = counted(PARCEL + "&situation=urgent&speaks=pl")
    assert [each.b for each in found if each.kind == "unanswered"] == ["beschikbaar"]


def test_a_search_without_an_answer_is_in_its_way_by_nothing(counted):
    found = counted("/nl/search?need=housing.rent_arrears&near=8970&within_m=100")
    assert [each.b for each in found if each.kind == "unanswered"] == [""]


def test_what_was_asked_and_nobody_knows_is_noted(counted):
    found = counted(PARCEL + "&situation=wheelchair")
    assert {each.b for each in found if each.kind == "unknown"} == {"bereikbaar"}


def test_nothing_is_unknown_where_nothing_was_asked(counted):
    assert not [each for each in counted(PARCEL) if each.kind == "unknown"]


def test_no_word_of_a_question_is_kept(app, counted):
    counted("/nl/search?q=mijn+buurvrouw+Godelieve+zoekt+een+voedselpakket&near=1070")
    with app.extensions["database"].connect() as connection:
        kept = [str(row) for row in connection.execute(sa.select(demand))]
    assert not [row for row in kept if "odelieve" in row]


def test_counts_wait_while_the_database_is_away(app, monkeypatch):
    counter = DemandCounter(app.extensions["database"])
    counter._writer = object()  # nobody writes behind our back

    def away(_engine):
        raise DatabaseAway("away")

    with monkeypatch.context() as patched:
        patched.setattr(counting, "writing", away)
        counter.count([Tally("asked", "food.meal", "44021")], DAY)
        assert not counter.flush()
    counter.count([Tally("asked", "food.meal", "44021")], DAY)
    assert list(counter._waiting.values()) == [2]


def test_what_another_thread_is_writing_is_there_when_all_is_written(app, monkeypatch):
    begun, may_end = Event(), Event()
    written = []

    def slowly(_connection, counts):
        begun.set()
        assert may_end.wait(10)
        written.extend(counts)

    monkeypatch.setattr(counting, "add_demand", slowly)
    counter = DemandCounter(app.extensions["database"])
    counter._writer = object()
    counter.count([Tally("asked", "food.meal", "44021")], DAY)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(counter.flush)
        assert begun.wait(10)
        second = threads.submit(lambda: counter.flush() and list(written))
        may_end.set()
        assert second.result(10) == [(DAY, Tally("asked", "food.meal", "44021"))]
        assert first.result(10)


def test_what_waits_is_bounded(app, monkeypatch):
    monkeypatch.setattr(counting, "MOST_KEPT", 3)
    counter = DemandCounter(app.extensions["database"])
    counter._writer = object()
    counter.count([Tally("asked", "food.meal", str(number)) for number in range(9)], DAY)
    assert len(counter._waiting) == 3
