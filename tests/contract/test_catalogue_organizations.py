"""Which listing speaks for an organization, whatever came before which, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from service.catalogue import intake
from service.catalogue.claims import Statement
from service.database.hsds import organization
from service.database.session import reading
from tests.contract.catalogue_factory import LATER, NOW, bring, listing_id, statement
from tests.contract.conftest import empty

KEYS = ("pantry", "shelter", "kitchen", "garden", "laundry")
FIRST_TO_LAST = sorted(KEYS, key=lambda key: listing_id(key).int)


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH", 1)


def speaker(engine: Engine) -> UUID | None:
    with reading(engine) as connection:
        return connection.scalar(sa.select(organization.c.listing_id))


def test_smallest_id_speaks_though_it_came_last(engine: Engine) -> None:
    bring(engine, *(statement(key) for key in reversed(FIRST_TO_LAST)))
    assert speaker(engine) == listing_id(FIRST_TO_LAST[0])


def test_what_came_later_is_shown_of_the_one_that_speaks(engine: Engine) -> None:
    bring(engine, *(statement(key) for key in KEYS))
    website = "https://kast.example.be"
    changed = statement(FIRST_TO_LAST[0], organization__website=website)
    bring(engine, changed, now=LATER, withdraw_missing=False)
    with reading(engine) as connection:
        assert connection.scalar(sa.select(organization.c.website)) == website


def test_next_one_speaks_when_the_first_hides_its_address(engine: Engine) -> None:
    bring(engine, *(statement(key) for key in KEYS))
    hidden = statement(FIRST_TO_LAST[0], address__hidden=True)
    bring(engine, hidden, now=LATER, withdraw_missing=False)
    assert speaker(engine) == listing_id(FIRST_TO_LAST[1])


def test_next_one_speaks_when_the_first_is_withdrawn(engine: Engine) -> None:
    bring(engine, *(statement(key) for key in KEYS))
    bring(engine, *(statement(key) for key in FIRST_TO_LAST[1:]), now=LATER)
    assert speaker(engine) == listing_id(FIRST_TO_LAST[1])


def test_next_one_speaks_when_the_first_names_another_organization(engine: Engine) -> None:
    bring(engine, *(statement(key) for key in KEYS))
    moved = statement(FIRST_TO_LAST[0], organization__name="Het Huis")
    bring(engine, moved, now=LATER, withdraw_missing=False)
    with reading(engine) as connection:
        speakers = set(connection.scalars(sa.select(organization.c.listing_id)))
    assert speakers == {listing_id(FIRST_TO_LAST[0]), listing_id(FIRST_TO_LAST[1])}


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.permutations(KEYS),
    st.lists(st.tuples(st.sampled_from(KEYS), st.booleans()), max_size=6),
)
def test_who_speaks_follows_from_what_is_said_in_the_end(
    engine: Engine, order: Sequence[str], changes: list[tuple[str, bool]]
) -> None:
    empty(engine)
    bring(engine, *(statement(key) for key in order), now=NOW)
    is_hidden = dict.fromkeys(KEYS, False)
    for key, hidden in changes:
        bring(engine, _hiding(key, hidden), now=LATER, withdraw_missing=False)
        is_hidden[key] = hidden
    assert speaker(engine) == listing_id(min(FIRST_TO_LAST, key=is_hidden.__getitem__))


def _hiding(key: str, hidden: bool) -> Statement:
    return statement(key, address__hidden=hidden)
