"""The zones, their composition and what lies in them."""

import pytest

from service.errors import NotFound
from service.geo.places import gazetteer
from service.geo.tables import split
from service.geo.zone_outlines import ZoneOutlines
from service.geo.zones import KINDS, ZoneBook


@pytest.fixture(scope="module")
def book():
    return ZoneBook()


def zones_of(book, nis, code=None):
    return [share.zone_id for share in book.zones_of(nis, code)]


@pytest.mark.parametrize(("kind", "number"), [("brussels_care_zone", 5), ("flemish_primary_care_zone", 60)])
def test_there_are_five_care_zones_and_59_primary_care_zones_with_bruzel(book, kind, number):
    assert sum(zone.kind == kind for zone in book.zones) == number


def test_every_municipality_lies_in_a_primary_care_zone(book):
    towns = [p.nis for p in gazetteer().places.values() if p.kind == "municipality"]
    lost = [nis for nis in towns if not any(s.zone_id.startswith("elz-") for s in book.zones_touching(nis))]
    assert lost == []


def test_every_postal_code_lies_in_exactly_one_zone_of_each_kind_it_can(book):
    for place in gazetteer().places.values():
        if place.kind == "postal_code":
            kinds = [book.zone(zone).kind for zone in zones_of(book, place.nis, place.postal_code)]
            wanted = list(KINDS) if place.region == "brussels" else ["flemish_primary_care_zone"]
            assert sorted(kinds) == sorted(wanted), place.id


def test_molenbeek_lies_in_two_zones(book):
    assert zones_of(book, "21012") == ["bxl-centrum-west", "elz-bruzel"]


@pytest.mark.parametrize(
    ("code", "zone"),
    [("2000", "elz-antwerpen-centrum"), ("2100", "elz-antwerpen-oost"), ("2020", "elz-antwerpen-zuid")],
)
def test_antwerp_is_divided_by_postal_code(book, code, zone):
    assert zones_of(book, "11002", code) == [zone]


def test_antwerp_without_postal_code_lies_in_no_zone_for_certain(book):
    assert zones_of(book, "11002") == []


def test_what_is_not_sure_says_so(book):
    shares = {share.zone_id: share.confidence for share in book.zones_of("21004", "1040")}
    assert shares["bxl-centrum-west"] == "low"


def test_municipalities_and_zones_agree(book):
    for zone in book.zones:
        for nis in book.municipalities_of(zone.id):
            assert zone.id in [share.zone_id for share in book.zones_touching(nis)]


def test_postal_codes_of_a_part_belong_to_its_municipality(book):
    for part in book.parts:
        assert set(part.postal_codes) <= set(book.postal_codes_of(part.nis))


def test_an_unknown_zone_is_not_found(book):
    with pytest.raises(NotFound):
        book.municipalities_of("elz-nergens")


def test_every_zone_is_named_in_dutch_and_french(book):
    assert all(zone.name("nl") and zone.name("fr") for zone in book.zones)


def test_a_zone_is_found_by_its_name_unless_only_a_town_is_meant():
    assert gazetteer().lookup("ELZ Leuven").place.kind == "zone"
    assert gazetteer().lookup("Leuven").place.kind == "municipality"


def test_every_zone_is_found_by_each_of_its_names(book):
    for zone in book.zones:
        for name in zone.names:
            assert gazetteer().lookup(name).place.id == zone.id


def test_the_outlines_show_every_zone_and_say_that_they_are_indicative(book):
    features = book.outlines["features"]
    assert [feature["properties"]["zone"] for feature in features] == [zone.id for zone in book.zones]
    assert all(feature["properties"]["indicative"] is True for feature in features)


def test_the_outlines_name_source_and_licence(book):
    for feature in book.outlines["features"]:
        assert split(feature["properties"]["source"]) == ["ngi-cantons", "geonames"]
        assert "CC BY 4.0" in feature["properties"]["licence"]


def test_the_outlines_are_sound_and_hold_most_of_what_lies_in_them(book):
    outlines = ZoneOutlines.from_geojson(book.outlines)
    assert all(outline.is_valid for outline in outlines.outlines.values())
    towns = [p for p in gazetteer().places.values() if p.kind == "municipality" and p.zones]
    right = sum(town.zones[-1] in outlines.zones_at(town.point) for town in towns)
    assert right / len(towns) > 0.97
