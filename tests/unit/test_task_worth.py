"""What a task is worth grows with what people look for, with age and with what nobody knows."""

import pytest

from service.catalogue.tasks.worth import Reasons, worth_of


def test_a_task_that_nobody_asks_about_is_worth_its_kind():
    assert worth_of(Reasons(4.0)) == 4.0


def test_fifteen_searches_double_it():
    assert worth_of(Reasons(4.0, searches=15)) == 8.0


def test_no_number_of_searches_makes_it_more_than_threefold():
    assert worth_of(Reasons(4.0, searches=10_000)) == 12.0


@pytest.mark.parametrize(
    ("younger", "older"), [("fresh", "undated"), ("undated", "due"), ("due", "overdue"), ("overdue", "stale")]
)
def test_the_older_is_worth_more(younger, older):
    assert worth_of(Reasons(4.0, age=younger)) < worth_of(Reasons(4.0, age=older))


def test_each_unknown_fact_that_people_ask_about_adds_a_tenth():
    assert worth_of(Reasons(4.0, unknown=("price", "step_free"))) == 4.8


def test_unknown_facts_at_most_double_it():
    assert worth_of(Reasons(4.0, unknown=tuple("abcdefghijklmnop"))) == 8.0


def test_reasons_are_kept_as_they_are():
    assert Reasons(4.0, 23, "stale", ("price",)).plain() == {
        "base": 4.0, "searches": 23, "age": "stale", "unknown": ["price"],
    }  # fmt: skip
