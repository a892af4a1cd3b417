"""The real municipality boundaries, where their file lies beside the project."""

from pathlib import Path

import pytest
import shapely

from service.geo.boundaries import read_boundaries
from service.geo.places import gazetteer
from service.geo.zone_outlines import ZoneOutlines, dissolve

FILE = Path(__file__).parents[3] / "shared" / "belgium" / "boundaries" / "gemeente.shp"


@pytest.fixture(scope="module")
def boundaries():
    if not FILE.exists():
        reason = f"no official boundaries at {FILE}"
        print(reason)
        pytest.skip(reason)
    return read_boundaries(FILE)


@pytest.fixture(scope="module")
def zones(boundaries):
    return dissolve(boundaries, gazetteer().zones, gazetteer().postal_points())


def test_all_304_municipalities_are_there(boundaries):
    assert len(boundaries.outlines) == 304
    assert boundaries.is_complete
    assert boundaries.unknown == ()


def test_every_zone_gets_its_outline(zones):
    assert list(zones.outlines) == [zone.id for zone in gazetteer().zones.zones]


def test_antwerp_and_brussels_are_divided_and_said_so(zones):
    assert [note[:5] for note in zones.notes] == ["11002", "21004"]


def test_bruzel_is_as_large_as_the_region(zones):
    assert zones.area_km2("elz-bruzel") == pytest.approx(162.4, abs=1)


def test_every_place_lies_in_or_beside_its_municipality(boundaries):
    far = []
    for place in gazetteer().places.values():
        spot = place.point
        if place.nis and place.point_of != "neighbour":
            degrees = boundaries.outlines[place.nis].distance(shapely.Point(spot.lon, spot.lat))
            if degrees > 0.03:  # about two to three kilometres: a stand-in may be in the next village
                far.append((place.id, round(degrees, 3)))
    assert far == []


def test_the_indicative_outlines_resemble_the_real_ones(zones):
    drawn = ZoneOutlines.from_geojson(gazetteer().zones.outlines)
    overlaps = sorted(
        drawn.outlines[zone].intersection(outline).area / drawn.outlines[zone].union(outline).area
        for zone, outline in zones.outlines.items()
    )
    assert overlaps[0] > 0.6
    assert overlaps[len(overlaps) // 2] > 0.9
