"""Parts of a large selection, asked for together where they are small; and every listing, share by share."""

import pytest

from service.search.engine.base import Alternative, EngineQuery, Word
from service.search.engine.meilisearch.selection import (
    more_hits,
    most_selected,
    pooled,
    selections,
    share_hits,
)


def test_small_parts_are_asked_for_in_one_question():
    assert pooled({"both words": 3, "a strong word": 40}, 400) == {"(both words) OR (a strong word)": 400}


def test_a_large_part_is_asked_for_by_itself():
    assert pooled({"a sure need": 9_000, "both words": 3}, 400) == {"(both words)": 400, "a sure need": 9_000}


@pytest.mark.parametrize(("last", "questions"), [(200, 1), (201, 2)])
def test_together_they_are_no_more_than_one_question_tells(last, questions):
    assert len(pooled({"both words": 200, "a strong word": last}, 400)) == questions


def test_of_no_parts_nothing_is_asked():
    assert pooled({}, 400) == {}


@pytest.mark.parametrize(("held", "sort"), [(800, []), (801, ["_geoPoint(51.05, 3.73):asc"])])
def test_few_are_told_in_no_order_and_of_many_the_nearest(held, sort):
    query = EngineQuery(point=(51.05, 3.73), limit=400)
    (asked,) = more_hits(query, {"both words": held})
    assert asked["sort"] == sort
    assert asked["limit"] >= min(held, 400)


def test_of_few_that_are_told_in_no_order_none_is_left_out():
    (asked,) = more_hits(EngineQuery(point=(51.05, 3.73), limit=400), {"both words": 800})
    assert asked["limit"] > 800


@pytest.mark.parametrize(
    ("documents", "shares"), [(0, 1), (1_000, 1), (1_001, 16), (100_000, 256), (1_000_000, 4_096)]
)
def test_every_listing_is_in_one_share(documents, shares):
    asked = share_hits(documents, ("id",))
    assert len({each["filter"] for each in asked}) == len(asked) == shares
    beginnings = [each["filter"].partition("STARTS WITH ")[2].strip('"') for each in asked]
    listing_id = "a7f3c0de-0000-4000-8000-000000000000"
    assert sum(listing_id.startswith(each) for each in beginnings) == 1


def word(term: str) -> Word:
    return Word(term, (Alternative(term, 1.0),))


@pytest.mark.parametrize(
    ("words", "needs", "most"),
    [
        ({"huur": 30, "advies": 5}, 0, [5, 35]),
        ({"huur": 30, "hulp": 90_000}, 0, [30]),
        ({"hulp": 90_000}, 0, [100_000]),
        ({}, 700, [700]),
        ({"huur": 30, "advies": 5}, 700, [705]),
        ({"hulp": 90_000}, 700, [700]),
    ],
)
def test_what_is_held_bounds_what_is_selected(words, needs, most):
    query = EngineQuery(words=tuple(map(word, words)), needs={"housing.rent": 0.9} if needs else {})
    assert most_selected(query, [*words.values()], needs, 100_000) == most
    assert len(selections(query, [*words.values()], 100_000)) == len(most)
