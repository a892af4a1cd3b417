"""Places move from one zone to another: seen before, put in force on their day, followed, taken back."""

from datetime import date, timedelta

import pytest

from service.catalogue.composition import changes, moves_in_force, read_change, zone_book
from service.catalogue.follow_zones import follow_changes
from service.catalogue.many import Said, state_many
from service.catalogue.rebuild import rebuild
from service.database.session import reading, writing
from service.desk.composition.decide import (
    activate_change,
    correct_zones,
    differences_of,
    propose,
    undo_change,
)
from service.errors import BadValue, Forbidden
from tests.contract.catalogue_factory import NOW, bring, found, listing_id, statement
from tests.contract.desk_people import ADMINISTRATOR, COORDINATOR, ELSEWHERE

KIND = "brussels_care_zone"
LAKEN = "1020"
TODAY = NOW.date()


@pytest.fixture
def town(engine):
    haren = statement("haren", address__postal_code="1130", **{"service.name@nl": "Haren helpt"})
    bring(engine, statement(), haren)
    return engine


def move(engine, zone="bxl-zuid", codes=(LAKEN,), day=TODAY, by=ADMINISTRATOR):
    with writing(engine) as connection:
        return propose(
            connection, by, zone=zone, kind=KIND, nis="21004", postal_codes=codes, part="Laken",
            from_day=day, source="Iriscare, besluit 12", now=NOW,
        )  # fmt: skip


def activate(engine, change, now=NOW):
    with writing(engine) as connection:
        return activate_change(connection, ADMINISTRATOR, change, now)


def test_what_is_proposed_changes_nothing(town):
    move(town)
    assert found(town).listing.zones == ("bxl-noord", "elz-bruzel")


def test_the_differences_say_which_listings_would_move(town):
    with reading(town) as connection:
        seen = differences_of(connection, move(town))
    (one,) = seen.moves
    assert (one.before, one.after, one.count, seen.stay) == (
        ("bxl-noord", "elz-bruzel"), ("bxl-zuid", "elz-bruzel"), 1, 0,
    )  # fmt: skip
    assert seen.names == ((listing_id(), "Voedselpakketten"),)


def test_once_in_force_the_listings_follow(town):
    assert activate(town, move(town))
    assert found(town).listing.zones == ("bxl-zuid", "elz-bruzel")
    assert found(town, "haren").listing.zones == ("bxl-noord", "elz-bruzel")


def test_whoever_comes_later_follows_too(town):
    activate(town, move(town))
    bring(town, statement(), statement("new"), now=NOW + timedelta(hours=1))
    assert found(town, "new").listing.zones == ("bxl-zuid", "elz-bruzel")


def test_a_rebuild_keeps_it(town):
    activate(town, move(town))
    rebuild(town, NOW)
    assert found(town).listing.zones == ("bxl-zuid", "elz-bruzel")


def test_undo_brings_them_back(town):
    change = move(town)
    activate(town, change)
    with writing(town) as connection:
        assert undo_change(connection, ADMINISTRATOR, change, NOW)
    assert found(town).listing.zones == ("bxl-noord", "elz-bruzel")


def test_a_whole_municipality_moves_with_all_its_codes(town):
    activate(town, move(town, codes=()))
    assert found(town, "haren").listing.zones == ("bxl-zuid", "elz-bruzel")


def test_a_place_may_lie_in_no_zone_of_a_kind(town):
    activate(town, move(town, zone=None))
    assert found(town).listing.zones == ("elz-bruzel",)


def test_a_change_waits_for_its_day(town):
    change = move(town, day=date(2027, 1, 1))
    assert not activate(town, change)
    assert follow_changes(town, NOW) == 0
    assert follow_changes(town, NOW + timedelta(days=45)) == 1
    assert found(town).listing.zones == ("bxl-zuid", "elz-bruzel")


def test_many_listings_follow_by_the_worker(town, monkeypatch):
    monkeypatch.setattr("service.catalogue.follow_zones.AT_ONCE", 1)
    monkeypatch.setattr("service.catalogue.follow_zones.BATCH", 1)
    change = move(town, codes=())
    assert not activate(town, change)
    assert found(town).listing.zones == ("bxl-noord", "elz-bruzel")
    assert follow_changes(town, NOW) == 2
    assert follow_changes(town, NOW) == 0
    with reading(town) as connection:
        assert read_change(connection, change).settled_at == NOW


def test_where_somebody_stated_the_zone_it_stays(town):
    with writing(town) as connection:
        said = [Said(listing_id(), "location.zone", ["bxl-west"])]
        state_many(connection, said, by="An", why="border", now=NOW, roles={})
    change = move(town)
    with reading(town) as connection:
        seen = differences_of(connection, change)
    assert (seen.count, seen.stay) == (0, 1)
    activate(town, change)
    assert found(town).listing.zones == ("bxl-west",)


def test_the_last_of_two_changes_counts(town):
    activate(town, move(town))
    activate(town, move(town, zone="bxl-noord"), NOW + timedelta(minutes=1))
    assert found(town).listing.zones == ("bxl-noord", "elz-bruzel")


def test_the_composition_says_source_and_day(town):
    activate(town, move(town))
    with reading(town) as connection:
        book = zone_book(moves_in_force(connection))
    part = next(part for part in book.parts_of("bxl-zuid") if LAKEN in part.postal_codes)
    assert (part.source, part.as_of, part.part) == ("Iriscare, besluit 12", "2026-11-22", "Laken")


@pytest.mark.parametrize(
    "wrong", [{"zone": "elz-gent"}, {"zone": "nowhere"}, {"codes": ("9000",)}], ids=["kind", "zone", "code"]
)
def test_what_cannot_be_is_refused(town, wrong):
    with pytest.raises(BadValue):
        move(town, **wrong)


def test_only_an_administrator_changes_zones(town):
    with pytest.raises(Forbidden):
        move(town, by=COORDINATOR)


def test_a_change_is_put_in_force_once(town):
    change = move(town)
    activate(town, change)
    with pytest.raises(BadValue):
        activate(town, change)
    with reading(town) as connection:
        assert [each.id for each in changes(connection)] == [change]


def test_the_zone_of_one_listing_is_corrected_by_who_coordinates_it(town):
    with writing(town) as connection:
        correct_zones(connection, COORDINATOR, listing_id(), ["bxl-zuid"], "on the border", NOW)
    assert found(town).listing.zones == ("bxl-zuid",)
    assert found(town).listing.provenance["location.zone"].role == "coordinator"


def test_who_coordinates_elsewhere_does_not_take_it_over(town):
    with pytest.raises(Forbidden), writing(town) as connection:
        correct_zones(connection, ELSEWHERE, listing_id(), ["bxl-zuid"], "mine", NOW)
