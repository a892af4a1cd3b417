"""Before a new listing is made, those that may be the same are shown; making it, joining, and undoing."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy.engine import Engine

from service.accounts.person import Grant, Person
from service.accounts.store import add_account, find_account
from service.catalogue.edits import state_edit
from service.catalogue.matching.run import match
from service.database.session import reading, writing
from service.desk.editing.alike import Alike, alike, make
from service.desk.editing.current import read_current
from service.desk.editing.joining import join, side_by_side
from service.desk.editing.story import Change, steps_of, undo
from service.errors import BadValue, Forbidden, NotFound
from service.model.values import Value
from tests.contract.catalogue_factory import CITY, LATER, NOW, bring, found, listing_id, published, statement

NEW: dict[str, Value] = {
    "service.name@nl": "Voedselpakketten",
    "organization.name": "De Voorraadkast",
    "address.postal_code": "1020",
    "address.municipality": "21004",
    "service.needs": ["food.parcel"],
}


def somebody(engine: Engine, *grants: Grant) -> Person:
    with writing(engine) as connection:
        email = f"{uuid4().hex}@zone.example.be"
        return add_account(connection, email, "Noor", "nl", grants, NOW, active=True)


@pytest.fixture
def noor(engine: Engine) -> Person:
    bring(
        engine,
        statement(),
        statement("other", **{"service.name@nl": "Fietsherstel", "service.needs": ["social.meeting_place"]}),
    )
    return somebody(engine, Grant("coordinator", "bxl-noord"))


def seen(engine: Engine, values: dict[str, Value]) -> list[Alike]:
    with reading(engine) as connection:
        return alike(connection, values, NOW)


def test_the_same_is_shown_first(engine: Engine, noor: Person) -> None:
    match(engine, NOW)
    assert seen(engine, NEW)[0].listing.id == listing_id()


@pytest.mark.parametrize(
    "name", ["Voedselpaketten", "VOEDSELPAKKETTEN Laken", "voedselpakketten van de Voorraadkast"]
)
def test_another_spelling_is_shown_too(engine: Engine, noor: Person, name: str) -> None:
    match(engine, NOW)
    assert listing_id() in {each.listing.id for each in seen(engine, NEW | {"service.name@nl": name})}


def test_something_else_is_not_shown(engine: Engine, noor: Person) -> None:
    match(engine, NOW)
    new: dict[str, Value] = {**NEW, "service.name@nl": "Zwemles", "organization.name": "Vzw Vis"}
    assert seen(engine, new) == []


def test_another_municipality_has_others(engine: Engine, noor: Person) -> None:
    match(engine, NOW)
    assert seen(engine, NEW | {"address.postal_code": "9000", "address.municipality": "44021"}) == []


def test_what_was_made_a_moment_ago_is_shown(engine: Engine, noor: Person) -> None:
    with writing(engine) as connection:
        made = make(connection, noor, NEW, NOW)
    assert made in {each.listing.id for each in seen(engine, NEW)}


def test_it_is_made_as_a_draft(engine: Engine, noor: Person) -> None:
    before = published(engine)
    with writing(engine) as connection:
        make(connection, noor, NEW, NOW)
    assert published(engine) == before


def test_in_another_zone_it_is_not_made(engine: Engine, noor: Person) -> None:
    with writing(engine) as connection, pytest.raises(Forbidden):
        make(connection, noor, NEW | {"address.postal_code": "9000", "address.municipality": "44021"}, NOW)


def test_an_editor_may_edit_what_they_made(engine: Engine, noor: Person) -> None:
    editor = somebody(engine, Grant("editor", organization=found(engine).listing.organization.id))
    with writing(engine) as connection:
        made = make(connection, editor, NEW, NOW)
    with reading(engine) as connection:
        own = read_current(connection, made, NOW).listing.organization.id
        assert own in find_account(connection, editor.id).person.organizations


@pytest.fixture
def two(engine: Engine, noor: Person) -> tuple[UUID, UUID]:
    bring(
        engine,
        statement("theirs", said_on="2026-10", cost_option__kind="free", address__house_number="14"),
        card=CITY,
    )
    return listing_id(), listing_id("theirs", CITY)


def test_side_by_side_tells_whose_value_would_win(engine: Engine, two: tuple[UUID, UUID]) -> None:
    with reading(engine) as connection:
        one, other = (read_current(connection, each, NOW) for each in two)
        lines = {line.key: line for line in side_by_side(connection, one, other, NOW)}
    assert (lines["address.house_number"].wins, lines["address.house_number"].differs) == ("one", True)
    assert (lines["cost_option.kind"].wins, lines["cost_option.kind"].differs) == ("other", False)
    assert lines["service.name@nl"].wins == "both"


def test_joining_and_undoing_leaves_two(engine: Engine, noor: Person, two: tuple[UUID, UUID]) -> None:
    with writing(engine) as connection:
        stays = join(connection, noor, *two, same=True, why="the same door", now=LATER)
    assert stays == two[0]
    with reading(engine) as connection:
        linked = next(
            s for s in steps_of(connection, read_current(connection, stays, LATER)) if s.kind == "linked"
        )
    with writing(engine) as connection:
        undo(connection, noor, stays, "link", linked.ids, why="two doors", now=LATER)
    assert set(two) <= published(engine)


def test_a_record_is_taken_out_of_a_joined_listing(
    engine: Engine, noor: Person, two: tuple[UUID, UUID]
) -> None:
    with writing(engine) as connection:
        stays = join(connection, noor, *two, same=True, why="the same door", now=LATER)
        undo(connection, noor, stays, "apart", [two[1]], why="two doors", now=LATER)
    assert set(two) <= published(engine)


def test_both_must_be_in_the_zone(engine: Engine, noor: Person) -> None:
    bring(engine, statement("gent", address__postal_code="9000", address__municipality="44021"), card=CITY)
    with writing(engine) as connection, pytest.raises(Forbidden):
        join(connection, noor, listing_id(), listing_id("gent", CITY), same=True, why="x", now=NOW)


def test_one_is_not_joined_with_itself(engine: Engine, noor: Person) -> None:
    with writing(engine) as connection, pytest.raises(BadValue):
        join(connection, noor, listing_id(), listing_id(), same=True, why="x", now=NOW)


def steps(engine: Engine) -> list:  # type: ignore[type-arg]
    with reading(engine) as connection:
        return steps_of(connection, read_current(connection, listing_id(), LATER))


def test_a_step_tells_before_and_after(engine: Engine, noor: Person) -> None:
    with writing(engine) as connection:
        state_edit(connection, listing_id(), "address.house_number", "14", by=noor.by, why="moved", now=LATER)
    assert steps(engine)[0].changes == (Change("address.house_number", "12", "14"),)


def test_several_fields_of_one_moment_are_one_step(engine: Engine, noor: Person) -> None:
    with writing(engine) as connection:
        for key, value in (("address.house_number", "14"), ("contact.email", "a@b.example.be")):
            state_edit(connection, listing_id(), key, value, by=noor.by, why="moved", now=LATER)
    assert len(steps(engine)[0].changes) == 2


def test_taking_back_is_a_step_too(engine: Engine, noor: Person) -> None:
    with writing(engine) as connection:
        edit = state_edit(
            connection, listing_id(), "address.house_number", "14", by=noor.by, why="moved", now=NOW
        )
        undo(connection, noor, listing_id(), "edit", [edit.id], why="no", now=LATER)
    assert (steps(engine)[0].kind, steps(engine)[0].changes) == (
        "taken_back",
        (Change("address.house_number", "14", "12"),),
    )


def test_what_was_taken_back_cannot_be_taken_back_again(engine: Engine, noor: Person) -> None:
    with writing(engine) as connection:
        edit = state_edit(
            connection, listing_id(), "contact.email", "a@b.example.be", by="x", why="y", now=NOW
        )
        undo(connection, noor, listing_id(), "edit", [edit.id], why="no", now=LATER)
    with writing(engine) as connection, pytest.raises(NotFound):
        undo(connection, noor, listing_id(), "edit", [edit.id], why="no", now=LATER)


def test_a_source_that_says_something_else_is_a_step(engine: Engine, noor: Person) -> None:
    bring(engine, statement(address__house_number="16"), statement("other"), now=LATER)
    assert Change("address.house_number", "12", "16") in steps(engine)[0].changes
