"""Parts of a large selection, asked for together where they are small."""

import pytest

from service.search.engine.meilisearch.selection import pooled


def test_small_parts_are_asked_for_in_one_question():
    assert pooled({"both words": 3, "a strong word": 40}, 400) == ["(both words) OR (a strong word)"]


def test_a_large_part_is_asked_for_by_itself():
    assert pooled({"a sure need": 9_000, "both words": 3}, 400) == ["(both words)", "a sure need"]


@pytest.mark.parametrize(("last", "questions"), [(200, 1), (201, 2)])
def test_together_they_are_no_more_than_one_question_tells(last, questions):
    assert len(pooled({"both words": 200, "a strong word": last}, 400)) == questions


def test_of_no_parts_nothing_is_asked():
    assert pooled({}, 400) == []
