"""What holds whatever is said and in whatever order it comes, on both databases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from service.catalogue.claims import Statement
from service.catalogue.edits import state_edit, withdraw_edit
from service.catalogue.ids import record_id
from service.catalogue.intake import take
from service.catalogue.links import link, unlink
from service.catalogue.listings import read_listing
from service.catalogue.outbox import last_position
from service.catalogue.rebuild import rebuild
from service.catalogue.runs import Counts
from service.database.session import reading, writing
from service.model.dates import PartialDate
from service.model.values import Value
from tests.contract.catalogue_factory import LATER, MOMENTS, NOW, Card, derived
from tests.contract.conftest import empty

SOURCES = (
    Card("zone", "Zone", precedence=10),
    Card("city", "Stad", precedence=5),
    Card("osm", "OpenStreetMap", precedence=5),
)
KEYS = ("pantry", "shelter")
EVERY = [(card, key) for card in SOURCES for key in KEYS]

property_test = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""The database is shared by the examples and emptied before each."""

FIELDS: dict[str, st.SearchStrategy[Value]] = {
    "organization.name": st.sampled_from(["De Kast", "Het Huis"]),
    "service.name@nl": st.sampled_from(["Voedsel", "Opvang"]),
    "service.needs": st.lists(st.sampled_from(["food.parcel", "food.meal"]), unique=True, min_size=1),
    "address.postal_code": st.sampled_from(["1020", "1080", "2000"]),
    "address.hidden": st.booleans(),
    "phone.numbers": st.sampled_from([["+3222123456"], ["+3225551234"]]),
    "contact.website": st.sampled_from(["https://a.example.be", "https://b.example.be"]),
    "service_area.coverage": st.sampled_from(["local", "brussels"]),
}
DATES = st.sampled_from([None, "2024", "2025-11", "2026-08-13"])


def statement(key: str) -> st.SearchStrategy[Statement]:
    values = st.fixed_dictionaries({}, optional=FIELDS)
    return st.builds(
        lambda said, on: Statement(key, said, PartialDate.parse(on) if on else None), values, DATES
    )


STATEMENTS = st.tuples(*(statement(key) for _card, key in EVERY))
"""What each source says under each key."""


def by_source(statements: Iterable[Statement]) -> dict[Card, list[Statement]]:
    said: dict[Card, list[Statement]] = {card: [] for card in SOURCES}
    for (card, _key), each in zip(EVERY, statements, strict=True):
        said[card].append(each)
    return said


def bring(engine: Engine, statements: Iterable[Statement]) -> Counts:
    counts = Counts()
    for card, said in by_source(statements).items():
        counts = take(engine, card, said, NOW)
    return counts


@dataclass(frozen=True)
class Stated:
    """An edit that somebody states, at a moment of its own."""

    about: int
    key: str
    value: Value | None
    minute: int


@st.composite
def edits(draw: st.DrawFn) -> list[Stated]:
    minutes = draw(st.lists(st.integers(1, 500), unique=True, max_size=4))
    stated = []
    for minute in minutes:
        key = draw(st.sampled_from(list(FIELDS)))
        value = draw(st.none() | FIELDS[key])
        stated.append(Stated(draw(st.integers(0, len(EVERY) - 1)), key, value, minute))
    return stated


LINKS = st.lists(
    st.tuples(st.integers(0, len(EVERY) - 1), st.integers(0, len(EVERY) - 1)).filter(
        lambda ends: ends[0] != ends[1]
    ),
    max_size=4,
    unique=True,
)


def own_id(number: int) -> UUID:
    card, key = EVERY[number]
    return record_id(card.id, key)


def state(engine: Engine, stated: Stated) -> UUID:
    at = NOW + timedelta(minutes=stated.minute)
    with writing(engine) as connection:
        listing = own_id(stated.about)
        return state_edit(connection, listing, stated.key, stated.value, by="Amina", why="x", now=at).id


def join(engine: Engine, ends: tuple[int, int]) -> UUID:
    with writing(engine) as connection:
        return link(connection, own_id(ends[0]), own_id(ends[1]), by="Amina", why="x", now=LATER)


@given(statements=STATEMENTS, links=LINKS)
@property_test
def test_importing_twice_changes_nothing(
    engine: Engine, statements: tuple[Statement, ...], links: list[tuple[int, int]]
) -> None:
    empty(engine)
    bring(engine, statements)
    for ends in links:
        join(engine, ends)
    before = derived(engine)
    with reading(engine) as connection:
        position = last_position(connection)
    assert bring(engine, statements) == Counts(unchanged=len(KEYS))
    assert derived(engine) == before
    with reading(engine) as connection:
        assert last_position(connection) == position


@given(first=STATEMENTS, second=STATEMENTS, stated=edits().filter(bool))
@property_test
def test_an_edit_survives_any_import(
    engine: Engine, first: tuple[Statement, ...], second: tuple[Statement, ...], stated: list[Stated]
) -> None:
    empty(engine)
    bring(engine, first)
    for each in stated:
        state(engine, each)
    bring(engine, second)
    for listing in {each.about for each in stated}:
        last = {e.key: e for e in sorted(stated, key=lambda e: e.minute) if e.about == listing}
        with reading(engine) as connection:
            found = read_listing(connection, own_id(listing), hidden_too=True)
        assert found is not None
        for key in last:
            assert found.listing.provenance[key].kind == "edit"


@given(statements=STATEMENTS, stated=edits().filter(bool), links=LINKS)
@property_test
def test_withdrawing_edits_restores_what_sources_say(
    engine: Engine, statements: tuple[Statement, ...], stated: list[Stated], links: list[tuple[int, int]]
) -> None:
    empty(engine)
    bring(engine, statements)
    for ends in links:
        join(engine, ends)
    before = derived(engine, without=MOMENTS)
    edit_ids = [state(engine, each) for each in stated]
    for edit_id in edit_ids:
        with writing(engine) as connection:
            withdraw_edit(connection, edit_id, by="Amina", why="x", now=LATER)
    assert derived(engine, without=MOMENTS) == before


@given(statements=STATEMENTS, links=LINKS)
@property_test
def test_undoing_links_restores_what_each_says(
    engine: Engine, statements: tuple[Statement, ...], links: list[tuple[int, int]]
) -> None:
    empty(engine)
    bring(engine, statements)
    before = derived(engine)
    for link_id in [join(engine, ends) for ends in links]:
        with writing(engine) as connection:
            unlink(connection, link_id, by="Amina", why="x", now=LATER)
    assert derived(engine) == before


@given(data=st.data(), statements=STATEMENTS, stated=edits(), links=LINKS)
@property_test
def test_the_order_of_arrival_does_not_matter(
    engine: Engine,
    data: st.DataObject,
    statements: tuple[Statement, ...],
    stated: list[Stated],
    links: list[tuple[int, int]],
) -> None:
    arrivals: list[object] = [*range(len(EVERY)), *stated, *links]
    empty(engine)
    arrive(engine, statements, arrivals)
    one_way = derived(engine)
    empty(engine)
    arrive(engine, statements, data.draw(st.permutations(arrivals)))
    assert derived(engine) == one_way


def arrive(engine: Engine, statements: tuple[Statement, ...], arrivals: Iterable[object]) -> None:
    """Statements one by one, edits and links among them as soon as what they are about has come."""
    waiting = list(arrivals)
    come: set[int] = set()
    while waiting:
        rest = []
        for each in waiting:
            if isinstance(each, int):
                take(engine, EVERY[each][0], [statements[each]], NOW, withdraw_missing=False)
                come.add(each)
            elif isinstance(each, Stated) and each.about in come:
                state(engine, each)
            elif isinstance(each, tuple) and set(each) <= come:
                join(engine, each)
            else:
                rest.append(each)
        waiting = rest


@given(statements=STATEMENTS, stated=edits(), links=LINKS, silent=st.sampled_from(SOURCES))
@property_test
def test_a_rebuild_gives_what_was_there(
    engine: Engine,
    statements: tuple[Statement, ...],
    stated: list[Stated],
    links: list[tuple[int, int]],
    silent: Card,
) -> None:
    empty(engine)
    arrive(engine, statements, [*range(len(EVERY)), *stated, *links])
    take(engine, silent, [], LATER)
    before = derived(engine)
    with reading(engine) as connection:
        position = last_position(connection)
    rebuild(engine, LATER)
    assert derived(engine) == before
    with reading(engine) as connection:
        assert last_position(connection) == position
