"""Ids of an import are known again however many came between."""

from uuid import UUID, uuid5

import pytest

from service.catalogue.seen import SeenIds

NAMES = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
MANY = 65_000


def named(number):
    return uuid5(NAMES, str(number))


@pytest.fixture(scope="module")
def seen():
    return SeenIds(map(named, range(MANY)))


@pytest.mark.parametrize("number", [0, 1, 19_999, 20_000, 39_999, 59_999, 60_000, MANY - 1])
def test_an_id_that_came_is_known(seen, number):
    assert named(number) in seen


def test_ids_that_did_not_come_are_not(seen):
    assert not any(named(number) in seen for number in range(MANY, MANY + 2_000))


def test_ids_that_share_their_upper_half_are_two():
    first = UUID(int=(7 << 64) + 1)
    others = [UUID(int=(7 << 64) + low) for low in range(2, 20_002)]
    seen = SeenIds([*others])
    assert first not in seen
    assert others[-1] in seen
    assert others[0] in seen


def test_nothing_came():
    assert named(1) not in SeenIds()
