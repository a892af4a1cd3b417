"""Parts of a large selection, asked for together where they are small; and every listing, share by share."""

import pytest

from service.search.engine.meilisearch.selection import pooled, share_hits


def test_small_parts_are_asked_for_in_one_question():
    assert pooled({"both words": 3, "a strong word": 40}, 400) == ["(both words) OR (a strong word)"]


def test_a_large_part_is_asked_for_by_itself():
    assert pooled({"a sure need": 9_000, "both words": 3}, 400) == ["(both words)", "a sure need"]


@pytest.mark.parametrize(("last", "questions"), [(200, 1), (201, 2)])
def test_together_they_are_no_more_than_one_question_tells(last, questions):
    assert len(pooled({"both words": 200, "a strong word": last}, 400)) == questions


def test_of_no_parts_nothing_is_asked():
    assert pooled({}, 400) == []


@pytest.mark.parametrize(
    ("documents", "shares"), [(0, 1), (1_000, 1), (1_001, 16), (100_000, 256), (1_000_000, 4_096)]
)
def test_every_listing_is_in_one_share(documents, shares):
    asked = share_hits(documents, ("id",))
    assert len({each["filter"] for each in asked}) == len(asked) == shares
    beginnings = [each["filter"].partition("STARTS WITH ")[2].strip('"') for each in asked]
    listing_id = "a7f3c0de-0000-4000-8000-000000000000"
    assert sum(listing_id.startswith(each) for each in beginnings) == 1
