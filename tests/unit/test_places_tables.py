"""The tables of data/places and data/zones hang together, and every row says where it is from."""

import pytest

from service.config import DATA
from service.geo.boundaries import BELGIUM
from service.geo.places import gazetteer
from service.geo.tables import rows_of, split

PLACES = sorted(p for p in (DATA / "places").glob("*.csv") if p.name != "sources.csv")
ZONES = sorted(p for p in (DATA / "zones").glob("*.csv") if p.name != "sources.csv")
LOCATED = ["municipalities", "former_municipalities", "districts", "postal_codes", "quarters", "landmarks"]


def table(name):
    return rows_of(DATA / "places" / f"{name}.csv")


@pytest.mark.parametrize("path", PLACES + ZONES, ids=lambda p: p.name)
def test_every_row_names_a_known_source_with_date_and_confidence(path):
    sources = {row["id"] for row in rows_of(path.parent / "sources.csv")}
    for row in rows_of(path):
        assert row["source"] in sources
        assert row["as_of"][:2] == "20"
        assert row["confidence"] in ("high", "medium", "low")


def test_the_two_lists_of_sources_are_the_same():
    assert rows_of(DATA / "places" / "sources.csv") == rows_of(DATA / "zones" / "sources.csv")


def test_every_source_has_a_licence():
    assert all(row["licence"] for row in rows_of(DATA / "places" / "sources.csv"))


def test_nothing_is_under_a_share_alike_licence():
    licences = " ".join(row["licence"] for row in rows_of(DATA / "places" / "sources.csv"))
    assert "ODbL" not in licences
    assert "SA" not in licences


def test_there_are_304_municipalities():
    assert len({row["nis"] for row in table("municipalities")}) == 304


@pytest.mark.parametrize("name", LOCATED)
def test_every_point_lies_in_belgium_and_says_what_it_is_of(name):
    west, south, east, north = BELGIUM
    for row in table(name):
        assert west < float(row["lon"]) < east
        assert south < float(row["lat"]) < north
        assert row["point_of"]


@pytest.mark.parametrize("name", ["former_municipalities", "districts", "quarters", "landmarks"])
def test_a_postal_code_belongs_to_the_municipality_of_its_row(name):
    pairs = {(row["postal_code"], row["nis"]) for row in table("postal_codes")}
    assert [row["name_nl"] for row in table(name) if (row["postal_code"], row["nis"]) not in pairs] == []


def test_zones_of_a_postal_code_are_those_of_the_composition():
    book = gazetteer().zones
    for row in table("postal_codes"):
        shares = book.zones_of(row["nis"], row["postal_code"])
        assert sorted(split(row["zones"])) == sorted(share.zone_id for share in shares)


def test_more_than_150_quarters_are_known():
    assert sum(place.kind == "quarter" for place in gazetteer().places.values()) > 150


def test_every_name_of_a_word_list_is_a_name_of_the_gazetteer():
    known = gazetteer()
    unknown = [r["word"] for r in table("ordinary_words") if not known.has_name(r["word"])]
    assert unknown == []


def test_a_former_municipality_is_not_a_present_one():
    present = {row["nis"] for row in table("municipalities")}
    former = table("former_municipalities")
    assert all(row["old_nis"] not in present and row["nis"] in present for row in former)
