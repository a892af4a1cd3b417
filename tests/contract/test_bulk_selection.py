"""The list of listings: what is chosen by zone, words, need, place, state, age and what is missing."""

import pytest

from service.catalogue.many import Said, confirm_many, state_many, withdraw_many
from service.database.session import reading, writing
from service.desk.bulk.selection import Filters, filters_of, find_lines, ids_of
from service.errors import BadParameter, BadValue
from tests.contract.catalogue_factory import NOW, bring, found, listing_id, statement

TODAY = NOW.date()
SHOP = statement("shop", **{"service.name@nl": "Kringwinkel Étoile"}, service__needs=["housing.rent_arrears"])
GENT = statement(
    "gent",
    said_on="2020-01",
    **{"service.name@nl": "Buurthuis"},
    address__postal_code="9000",
    address__municipality="44021",
)


@pytest.fixture
def lines(engine):
    bring(engine, statement(), SHOP, GENT)

    def look(zone=None, page=1, **asked):
        with reading(engine) as connection:
            found_lines, total = find_lines(connection, Filters(zone, **asked), TODAY, page)
        assert total >= len(found_lines)
        return [line.name for line in found_lines]

    return look


def test_all_zones_are_listed_by_name(lines):
    assert lines() == ["Buurthuis", "Kringwinkel Étoile", "Voedselpakketten"]


def test_a_zone_lists_its_own(lines):
    assert lines("bxl-noord") == ["Kringwinkel Étoile", "Voedselpakketten"]


def test_words_are_looked_for_without_accents_in_any_order(lines):
    assert lines("bxl-noord", words="etoile kring") == ["Kringwinkel Étoile"]


def test_the_name_of_the_organization_is_looked_in_too(lines):
    assert len(lines(words="voorraadkast")) == 3


def test_signs_of_the_database_are_letters(lines):
    assert lines(words="%") == lines()
    assert lines(words="_inkel") == ["Kringwinkel Étoile"]


def test_a_theme_holds_its_needs(lines):
    assert lines(need="food") == ["Buurthuis", "Voedselpakketten"]


def test_a_need_is_not_the_beginning_of_another(lines):
    assert lines(need="food.parcel") == ["Buurthuis", "Voedselpakketten"]


def test_the_municipality_chooses(lines):
    assert lines(municipality="44021") == ["Buurthuis"]


def test_what_is_missing_chooses(lines, engine):
    with writing(engine) as connection:
        said = [Said(listing_id("shop"), "service.languages", ["nl"])]
        state_many(connection, said, by="An", why="called", now=NOW, roles={})
    assert lines("bxl-noord", missing="service.languages") == ["Voedselpakketten"]


@pytest.mark.parametrize("state", ["fresh", "due", "overdue", "stale", "undated"])
def test_each_age_is_the_one_that_the_line_shows(lines, engine, state):
    bring(engine, statement(said_on=None), SHOP, GENT)
    with reading(engine) as connection:
        every, _total = find_lines(connection, Filters(), TODAY)
        chosen, _total = find_lines(connection, Filters(freshness=state), TODAY)
    assert [each.id for each in chosen] == [each.id for each in every if each.freshness == state]


def test_what_a_source_took_back_stays_in_the_list_as_withdrawn(lines, engine):
    bring(engine, statement(), SHOP, now=NOW.replace(hour=10))
    assert lines(state="withdrawn") == ["Buurthuis"]


def test_ids_come_in_the_order_of_the_list(lines, engine):
    with reading(engine) as connection:
        ids = ids_of(connection, Filters("bxl-noord"), TODAY, 1)
    assert ids == [listing_id("shop")]


def test_an_unknown_code_is_refused():
    with pytest.raises(BadParameter, match="not known"):
        filters_of({"freshness": "old"}, None)


def test_many_statements_make_the_listings_follow_once(lines, engine):
    said = [Said(listing_id(key), "service.appointment", "required") for key in ("pantry", "shop")]
    with writing(engine) as connection:
        edits = state_many(connection, said, by="An", why="called", now=NOW, roles={})
    assert found(engine, "shop").listing.service.appointment == "required"
    with writing(engine) as connection:
        assert withdraw_many(connection, [e.id for e in edits], by="An", why="wrong", now=NOW) == 2
        assert withdraw_many(connection, [e.id for e in edits], by="An", why="wrong", now=NOW) == 0
    assert found(engine, "shop").listing.service.appointment is None


def test_one_wrong_value_states_nothing(lines, engine):
    said = [
        Said(listing_id("pantry"), "service.appointment", "required"),
        Said(listing_id("shop"), "service.appointment", "sometimes"),
    ]
    with pytest.raises(BadValue, match="appointment"), writing(engine) as connection:
        state_many(connection, said, by="An", why="called", now=NOW, roles={})
    assert found(engine).listing.service.appointment is None


def test_many_are_confirmed_with_how_and_by_whom(lines, engine):
    ids = [listing_id("pantry"), listing_id("shop")]
    with writing(engine) as connection:
        roles = dict.fromkeys(ids, "coordinator")
        confirm_many(connection, ids, by="An", why="called", now=NOW, roles=roles, how="phone")
    assert found(engine).listing.checked_on == TODAY
    assert found(engine, "shop").listing.provenance["service.name@nl"].trust == "checked"
