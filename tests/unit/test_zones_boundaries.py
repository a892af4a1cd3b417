"""Municipality boundaries on drawn grids: read, checked, dissolved, compared, and asked about a point.

The grid is four squares of a tenth of a degree with the south-west corner at 4.0 east, 51.0 north:

    C D     A and B make the zone west-east-1, C the zone north, D is missing or divided
    A B
"""

import json

import pytest
import shapefile

from service.errors import SourceError
from service.geo.boundaries import MunicipalityBoundaries, read_boundaries
from service.geo.point import Point
from service.geo.zone_outlines import ZoneOutlines, differences, dissolve, split_by_nearest
from service.geo.zone_parts import ZonePart
from service.geo.zones import Zone

NAMES = {"10001": "Averdorp", "10002": "Bosdorp", "10003": "Kerkdorp", "10004": "Duindorp"}
ELZ = "flemish_primary_care_zone"


def ring(column, row, side=0.1):
    west, south = round(4 + column * 0.1, 6), round(51 + row * 0.1, 6)
    east, north = round(west + side, 6), round(south + side, 6)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code, column, row, field="niscode"):
    return {
        "type": "Feature",
        "properties": {field: code, "name": "x"},
        "geometry": {"type": "Polygon", "coordinates": [ring(column, row)]},
    }


GRID = [feature("10001", 0, 0), feature("10002", 1, 0), feature("10003", 0, 1), feature("10004", 1, 1)]


@pytest.fixture
def draw(tmp_path):
    def write(features, **more):
        path = tmp_path / "grid.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}))
        return path

    return write


class Book:
    """A composition of zones for the grid."""

    def __init__(self, parts):
        self.parts = [
            ZonePart(zone, nis, tuple(codes), "", "", "", "high", "") for zone, nis, *codes in parts
        ]
        ids = dict.fromkeys(part.zone_id for part in self.parts)
        self.zones = tuple(Zone(i, ELZ, i, i, (), "", "", "", "high", "") for i in ids)

    def zone(self, zone_id):
        return next(zone for zone in self.zones if zone.id == zone_id)

    def parts_of_municipality(self, nis):
        return tuple(part for part in self.parts if part.nis == nis)


PLAIN = Book([("south", "10001"), ("south", "10002"), ("north", "10003"), ("north", "10004")])
DIVIDED = Book(
    [
        ("west", "10001"),
        ("west", "10002", "9001"),
        ("east", "10002", "9002"),
        ("west", "10003"),
        ("east", "10004"),
    ]
)
POSTAL = {("9001", "10002"): Point(51.05, 4.12), ("9002", "10002"): Point(51.05, 4.18)}


def outlines_of(path, book=PLAIN):
    return dissolve(read_boundaries(path, NAMES), book, POSTAL)


def test_a_complete_grid_is_complete(draw):
    boundaries = read_boundaries(draw(GRID), NAMES)
    assert boundaries.is_complete
    assert boundaries.code_field == "niscode"


@pytest.mark.parametrize("field", ["NIS", "cd_munty_refnis", "geoitem"])
def test_the_field_with_the_codes_is_found_by_its_content(draw, field):
    features = [feature(code, 0, row, field) for row, code in enumerate(NAMES)]
    assert read_boundaries(draw(features), NAMES).code_field == field


def test_a_missing_municipality_is_named(draw):
    assert read_boundaries(draw(GRID[:3]), NAMES).missing == ("Duindorp (10004)",)


def test_a_code_that_is_none_of_ours_is_reported_and_left_out(draw):
    boundaries = read_boundaries(draw([*GRID, feature("99999", 2, 0)]), NAMES)
    assert boundaries.unknown == ("99999",)
    assert "99999" not in boundaries.outlines


def test_several_polygons_of_one_code_are_joined(draw):
    sectors = [*GRID[1:], feature("10001", 0, 0), feature("10001", 0, -1)]
    boundaries = read_boundaries(draw(sectors), NAMES)
    assert boundaries.outlines["10001"].area == pytest.approx(0.02)


def test_an_outline_that_crosses_itself_is_repaired_and_said_so(draw):
    bow = feature("10001", 0, 0)
    bow["geometry"]["coordinates"] = [[[4, 51], [4.1, 51.1], [4.1, 51], [4, 51.1], [4, 51]]]
    boundaries = read_boundaries(draw([bow, *GRID[1:]]), NAMES)
    assert boundaries.repaired == ("10001",)
    assert boundaries.outlines["10001"].is_valid


def test_numbers_as_codes_are_read(draw):
    features = [feature(int(code), 0, row) for row, code in enumerate(NAMES)]
    assert read_boundaries(draw(features), NAMES).is_complete


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("not json", "cannot be read"),
        ('{"type": "FeatureCollection"}', "cannot be read"),
        ('{"features": []}', "no field holds NIS codes"),
        (
            '{"features": [{"properties": {}, "geometry": {"type": "Point", "coordinates": [4, 51]}}]}',
            "polygon",
        ),
    ],
)
def test_a_file_that_holds_no_boundaries_says_why(tmp_path, content, message):
    path = tmp_path / "bad.geojson"
    path.write_text(content)
    with pytest.raises(SourceError, match=message):
        read_boundaries(path, NAMES)


def test_another_kind_of_file_says_what_would_be_right(tmp_path):
    with pytest.raises(SourceError, match=r"\.geojson, \.json or \.shp"):
        read_boundaries(tmp_path / "zones.gpkg", NAMES)


def test_latitude_before_longitude_is_noticed(draw):
    swapped = feature("10001", 0, 0)
    swapped["geometry"]["coordinates"] = [[[lat, lon] for lon, lat in ring(0, 0)]]
    with pytest.raises(SourceError, match="outside Belgium"):
        read_boundaries(draw([swapped, *GRID[1:]]), NAMES)


LAMBERT_72 = (
    'PROJCS["Belge_Lambert_1972",GEOGCS["GCS_Belge_1972",DATUM["D_Belge_1972",SPHEROID["International_1924",'
    '6378388.0,297.0]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION'
    '["Lambert_Conformal_Conic"],PARAMETER["False_Easting",150000.013],PARAMETER["False_Northing",5400088.438],'
    'PARAMETER["Central_Meridian",4.36748666666667],PARAMETER["Standard_Parallel_1",51.1666672333333],'
    'PARAMETER["Standard_Parallel_2",49.8333339],PARAMETER["Latitude_Of_Origin",90.0],UNIT["Meter",1.0]]'
)


def write_shapefile(path, projection):
    with shapefile.Writer(str(path)) as writer:
        writer.field("CODE", "C", 5)
        for number, code in enumerate(NAMES):
            x, y = 150_000 + 1_000 * number, 170_000
            writer.poly([[[x, y], [x, y + 1_000], [x + 1_000, y + 1_000], [x + 1_000, y], [x, y]]])
            writer.record(code)
    if projection:
        path.with_suffix(".prj").write_text(projection)
    return path


def test_a_shapefile_in_lambert_72_lands_in_brussels(tmp_path):
    boundaries = read_boundaries(write_shapefile(tmp_path / "grid.shp", LAMBERT_72), NAMES)
    west, south, east, north = boundaries.outlines["10001"].bounds
    assert (west, south) == (pytest.approx(4.369, abs=0.01), pytest.approx(50.84, abs=0.01))
    assert (east - west, north - south) == (pytest.approx(0.0142, abs=0.001), pytest.approx(0.009, abs=0.001))


def test_a_shapefile_without_projection_says_what_it_needs(tmp_path):
    with pytest.raises(SourceError, match=r"grid\.prj"):
        read_boundaries(write_shapefile(tmp_path / "grid.shp", ""), NAMES)


def test_municipalities_are_joined_into_zones(draw):
    zones = outlines_of(draw(GRID))
    assert list(zones.outlines) == ["south", "north"]
    assert zones.outlines["south"].bounds == pytest.approx((4.0, 51.0, 4.2, 51.1))


def test_a_municipality_without_outline_is_noted(draw):
    assert outlines_of(draw(GRID[:3])).notes == ("Duindorp (10004) has no outline in the file",)


def test_a_divided_municipality_is_divided_by_the_nearest_postal_point_and_said_so(draw):
    zones = outlines_of(draw(GRID), DIVIDED)
    assert zones.zones_at(Point(51.05, 4.14)) == ("west",)
    assert zones.zones_at(Point(51.05, 4.16)) == ("east",)
    assert any("10002" in note and "nearest postal point" in note for note in zones.notes)


def test_a_division_loses_no_ground(draw):
    plain, divided = outlines_of(draw(GRID)), outlines_of(draw(GRID), DIVIDED)
    areas = [sum(each.area_km2(zone) for zone in each.outlines) for each in (plain, divided)]
    # not exactly: a side in degrees with one more corner bends a little less when it is laid out in metres
    assert areas[0] == pytest.approx(areas[1], rel=1e-4)


@pytest.mark.parametrize(
    ("lat", "lon", "zone"),
    [
        (51.05, 4.05, ("south",)),
        (51.15, 4.05, ("north",)),
        (51.1, 4.05, ("south",)),  # on the border: the first in the order of the zones
        (51.1, 4.1, ("south",)),  # where four municipalities meet
        (51.0, 4.0, ("south",)),  # on the outer corner
        (51.2, 4.1, ("north",)),  # on the outer border
        (50.99, 4.05, ()),
    ],
)
def test_a_point_on_a_border_counts_to_the_first_zone(draw, lat, lon, zone):
    assert outlines_of(draw(GRID)).zones_at(Point(lat, lon)) == zone


def test_the_order_of_the_zones_decides_not_the_order_of_the_file(draw):
    assert outlines_of(draw(GRID[::-1])).zones_at(Point(51.1, 4.05)) == ("south",)


def test_nothing_changes_between_a_generation_and_itself(draw):
    zones = outlines_of(draw(GRID))
    assert differences(zones, zones).is_empty


def test_a_municipality_that_changes_zone_is_ground_that_moves(draw):
    moved = Book([("south", "10001"), ("north", "10002"), ("north", "10003"), ("north", "10004")])
    old, new = outlines_of(draw(GRID)), outlines_of(draw(GRID), moved)
    (move,) = differences(old, new).moves
    assert (move.from_zone, move.to_zone) == ("south", "north")
    assert move.area_km2 == pytest.approx(0.1 * 111.2 * 0.1 * 69.9, rel=0.01)  # degrees at 51.05 north in km


def test_zones_that_come_and_go_are_named(draw):
    renamed = Book([("south", "10001"), ("south", "10002"), ("top", "10003"), ("top", "10004")])
    change = differences(outlines_of(draw(GRID)), outlines_of(draw(GRID), renamed))
    assert (change.added, change.removed) == (("top",), ("north",))


def test_ground_that_leaves_every_zone_goes_nowhere(draw):
    change = differences(outlines_of(draw(GRID)), outlines_of(draw(GRID[:3])))
    assert [(move.from_zone, move.to_zone) for move in change.moves] == [("north", None)]


def test_outlines_survive_geojson(draw):
    zones = outlines_of(draw(GRID), DIVIDED)
    again = ZoneOutlines.from_geojson(json.loads(json.dumps(zones.to_geojson())))
    assert differences(zones, again).is_empty
    assert again.notes == zones.notes


def test_geojson_puts_longitude_first(draw):
    collection = outlines_of(draw(GRID)).to_geojson()
    lon, lat = collection["features"][0]["geometry"]["coordinates"][0][0]
    assert lon < 10 < lat


def test_one_site_takes_everything():
    square = read_square()
    assert split_by_nearest(square, [(Point(51.05, 4.05), "all")]) == {"all": square}


def test_of_two_sites_at_one_spot_the_first_counts():
    spot = Point(51.05, 4.05)
    assert list(split_by_nearest(read_square(), [(spot, "first"), (spot, "second")])) == ["first"]


def read_square():
    return ZoneOutlines.from_geojson(
        {
            "features": [
                {
                    "properties": {"zone": "s", "kind": ELZ},
                    "geometry": {"type": "Polygon", "coordinates": [ring(0, 0)]},
                }
            ]
        }
    ).outlines["s"]


def test_boundaries_know_whether_they_are_complete():
    assert not MunicipalityBoundaries({}, "nis", ("Averdorp (10001)",), (), ()).is_complete
