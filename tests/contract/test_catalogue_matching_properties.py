"""What holds of matching whatever is said and in whatever order it comes, on both databases."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from service.catalogue.claims import Statement
from service.catalogue.ids import record_id
from service.catalogue.intake import take
from service.catalogue.links import link, set_apart
from service.catalogue.matching.run import Matched, match
from service.database.claims import source_record
from service.database.session import reading, writing
from service.database.tasks import CLOSED, task
from service.model.values import Value
from tests.contract.catalogue_factory import LATER, NOW, Card, derived
from tests.contract.conftest import empty
from tests.contract.test_catalogue_properties import property_test

SOURCES = (Card("zone", precedence=10), Card("city", precedence=5), Card("osm", precedence=5))
KEYS = ("a", "b")

FIELDS: dict[str, st.SearchStrategy[Value]] = {
    "organization.name": st.sampled_from(["De Kast", "De Kast vzw", "Het Huis"]),
    "service.name@nl": st.sampled_from(["Voedselpakketten", "Voedselpaketten", "Opvang"]),
    "address.municipality": st.sampled_from(["21004", "21004", "21012"]),
    "address.street@nl": st.sampled_from(["Bockstaellaan", "Hoogstraat"]),
    "address.house_number": st.sampled_from(["12", "40"]),
    "phone.numbers": st.sampled_from([["+3222123456"], ["+3225551234"]]),
    "service.needs": st.sampled_from([["food.parcel"], ["food.parcel", "food.meal"], ["housing.shelter"]]),
    "service.identifiers": st.sampled_from([["zone:a"], ["city:b"], ["elsewhere:1"]]),
}
REQUIRED = ("organization.name", "service.name@nl", "address.municipality")

VALUES = st.fixed_dictionaries(
    {name: FIELDS[name] for name in REQUIRED},
    optional={name: said for name, said in FIELDS.items() if name not in REQUIRED},
)
SAID = st.tuples(*(st.dictionaries(st.sampled_from(KEYS), VALUES) for _source in SOURCES))
"""What each source says under each key."""

_Said = tuple[dict[str, dict[str, Value]], ...]


def bring(engine: Engine, said: _Said, order: Iterable[int], *, match_between: bool = True) -> None:
    """Each source whole, in an order; compared after each, or once at the end."""
    empty(engine)
    for number in order:
        statements = [Statement(key, values) for key, values in said[number].items()]
        take(engine, SOURCES[number], statements, NOW)
        if match_between:
            match(engine, LATER)
    match(engine, LATER)


def outcome(engine: Engine) -> tuple[object, ...]:
    """All that follows from the claims, and what is asked."""
    asked = sa.select(task.c.topic).where(task.c.state != CLOSED).order_by(task.c.topic)
    with reading(engine) as connection:
        return derived(engine), connection.scalars(asked).all()


def groups(engine: Engine) -> dict[UUID, list[tuple[str, bool]]]:
    """By listing, the sources of its records and whether they speak."""
    found: dict[UUID, list[tuple[str, bool]]] = {}
    with reading(engine) as connection:
        for row in connection.execute(sa.select(source_record)):
            found.setdefault(row.listing_id, []).append((row.source_id, row.withdrawn_at is None))
    return {listing: sorted(members) for listing, members in found.items()}


@given(said=SAID, order=st.permutations(range(len(SOURCES))))
@property_test
def test_the_order_of_sources_does_not_matter(engine: Engine, said: _Said, order: list[int]) -> None:
    bring(engine, said, range(len(SOURCES)))
    expected = outcome(engine)
    bring(engine, said, order)
    assert outcome(engine) == expected


@given(said=SAID)
@property_test
def test_comparing_once_is_comparing_after_each(engine: Engine, said: _Said) -> None:
    bring(engine, said, range(len(SOURCES)))
    expected = outcome(engine)
    bring(engine, said, range(len(SOURCES)), match_between=False)
    assert outcome(engine) == expected


@given(before=SAID, said=SAID)
@property_test
def test_what_was_said_before_does_not_matter(engine: Engine, before: _Said, said: _Said) -> None:
    keys = [sorted({*before[number], *said[number]}) for number in range(len(SOURCES))]
    whole: _Said = tuple(
        {key: said[number].get(key, before[number].get(key, {})) for key in keys[number]}
        for number in range(len(SOURCES))
    )
    bring(engine, whole, range(len(SOURCES)))
    expected = groups(engine)
    bring(engine, before, range(len(SOURCES)))
    for number, card in enumerate(SOURCES):
        statements = [Statement(key, values) for key, values in whole[number].items()]
        take(engine, card, statements, LATER)
    match(engine, LATER)
    assert groups(engine) == expected


@given(said=SAID)
@property_test
def test_matching_again_changes_nothing(engine: Engine, said: _Said) -> None:
    bring(engine, said, range(len(SOURCES)))
    expected = outcome(engine)
    assert match(engine, LATER) == Matched()
    again = match(engine, LATER, everything=True)
    assert again == Matched(compared=sum(map(len, said)))
    assert outcome(engine) == expected


@given(said=SAID)
@property_test
def test_no_rule_joins_what_one_source_keeps_apart(engine: Engine, said: _Said) -> None:
    bring(engine, said, range(len(SOURCES)))
    for members in groups(engine).values():
        speaking = [source for source, speaks in members if speaks]
        assert len(speaking) == len(set(speaking))


@given(said=SAID, ends=st.lists(st.integers(0, 5), min_size=2, max_size=2, unique=True))
@property_test
def test_a_persons_join_taken_back_gives_what_was_there(engine: Engine, said: _Said, ends: list[int]) -> None:
    bring(engine, said, range(len(SOURCES)))
    every = [record_id(card.id, key) for card in SOURCES for key in KEYS]
    known = {record_id(SOURCES[n].id, key) for n in range(len(SOURCES)) for key in said[n]}
    one, other = (every[end] for end in ends)
    homes = {record: listing for listing, members in fed(engine).items() for record in members}
    if not {one, other} <= known or len(fed(engine)[homes[one]]) + len(fed(engine)[homes[other]]) > 2:
        return  # taking one of several out of a listing leaves another one than was there
    before = derived(engine)
    with writing(engine) as connection:
        link(connection, one, other, by="Amina", why="x", now=LATER)
    with writing(engine) as connection:
        set_apart(connection, other, by="Amina", why="y", now=LATER)
    assert derived(engine) == before


def fed(engine: Engine) -> dict[UUID, set[UUID]]:
    """By listing, its records."""
    found: dict[UUID, set[UUID]] = {}
    with reading(engine) as connection:
        for row in connection.execute(sa.select(source_record.c.id, source_record.c.listing_id)):
            found.setdefault(row.listing_id, set()).add(row.id)
    return found
