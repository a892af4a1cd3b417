"""A selection is told by the marks of its listings: few at once, more of them share by share."""

import uuid

import pytest

from service.search.engine.meilisearch.marks import mark, marked, shares_of


def test_few_are_asked_for_at_once():
    assert shares_of("selected", 1_300) == [{"filter": "selected", "limit": 0, "facets": ["mark"]}]


@pytest.mark.parametrize(("most", "shares"), [(1_301, 2), (5_400, 2), (5_401, 4), (8_000, 4), (10**6, 16)])
def test_of_more_none_is_too_large_to_be_counted_by_itself(most, shares):
    assert len(shares_of("selected", most)) == shares


@pytest.mark.parametrize("most", [3_000, 8_000, 40_000])
def test_every_id_is_in_one_share(most):
    filters = [each["filter"] for each in shares_of("selected", most)]
    for digit in "0123456789abcdef":
        assert sum(f'"{digit}"' in each for each in filters) == 1


def test_shares_come_in_the_order_of_ids():
    ids = [str(uuid.UUID(int=each << 120)) for each in (3, 200, 17, 90)]
    told = sorted(mark(key, each, 20_000.0, None) for key, each in enumerate(ids))
    answers = [
        {"facetDistribution": {"mark": {mark: 1 for mark in told if f'"{mark[0]}"' in share["filter"]}}}
        for share in shares_of("selected", 8_000)
    ]
    assert list(marked(*answers).listed().values()) == sorted(ids)
