"""Since when there is enough, guessed by how many listings have each day."""

import pytest

from service.search.engine.meilisearch.days import Days

TEN_A_DAY = {str(day): 10 for day in range(20_000, 21_000)}


def newer(counts, since):
    return sum(count for day, count in counts.items() if float(day) >= since)


@pytest.mark.parametrize("wanted", [5, 100, 400])
def test_it_holds_enough_and_not_many_times_too_many(wanted):
    since = Days(TEN_A_DAY, {}).since(wanted, 1.0)
    assert wanted <= newer(TEN_A_DAY, since) <= 2 * wanted + 10


def test_of_a_tenth_it_is_longer_ago():
    days = Days(TEN_A_DAY, {})
    assert 4_000 <= newer(TEN_A_DAY, days.since(400, 0.1)) <= 8_000


def test_a_listing_that_was_said_and_checked_counts_once():
    """All were checked on the day on which they were said."""
    assert newer(TEN_A_DAY, Days(TEN_A_DAY, TEN_A_DAY).since(100, 1.0)) >= 100


def test_a_check_is_a_word_on_a_listing_too():
    assert Days({"20000": 5_000}, {"20100": 500}).since(400, 1.0) == 20_100


@pytest.mark.parametrize("share", [0.0, 0.000_1], ids=["none", "hardly any"])
def test_of_too_few_there_is_no_day(share):
    assert Days(TEN_A_DAY, {}).since(400, share) is None


def test_a_day_on_which_all_were_said_does_not_tell_them_apart():
    assert Days({"20000": 100_000}, {}).since(400, 1.0) is None


def test_of_an_index_without_days_there_is_none():
    assert Days({}, {}).since(400, 1.0) is None


@pytest.mark.parametrize(("found", "is_guessed"), [(500, True), (20_000, False)])
def test_after_far_too_many_were_found_nothing_is_guessed(found, is_guessed):
    days = Days(TEN_A_DAY, {})
    days.learn(found)
    days.learn(500)
    assert (days.since(400, 1.0) is not None) == is_guessed
