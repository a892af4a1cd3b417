"""Stops of public transport: reading GTFS, the nearest stop, and how a listing tells it."""

import zipfile
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from importers.readers.gtfs import gtfs_stops
from service.catalogue.listings import iter_listings
from service.catalogue.nearest_stop import nearest_stop
from service.cli import cli
from service.database.session import reading
from service.errors import SourceError
from service.geo.point import Point, distance_m
from service.geo.stop_table import FILE, Stop, StopTable, build_stop_table

HEADER = "stop_id,stop_code,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding"
# Names of stops in Brussels and Gent; points are near them, access is made up.
STOPS = """\
S1,,DE BROUCKERE,50.8510,4.3530,1,,1
P1,,DE BROUCKERE PERRON 1,50.8512,4.3531,0,S1,0
P2,,DE BROUCKERE PERRON 2,50.8508,4.3529,,S1,2
E1,,Ingang Anspach,50.8500,4.3520,2,S1,2
G1,,knoop,50.8511,4.3530,3,S1,
B1,2010,Ribaucourt,50.8600,4.3380,0,,1
B2,2011,Ribaucourt,50.8601,4.3382,,,
B3,9001,"Gent, Korenmarkt",51.0544,3.7219,0,,2
S9,,Station alleen,50.8000,4.3000,1,,0
X1,,Zonder punt,,,0,,1
X2,,Nergens,0,0,0,,1
"""
AGENCY = (
    "agency_id,agency_name,agency_url,agency_timezone\n1,STIB-MIVB,https://www.stib-mivb.be,Europe/Brussels\n"
)


def _feed(path, stops=STOPS, header=HEADER, agency=AGENCY, **more):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("stops.txt", f"\ufeff{header}\n{stops}")
        if agency:
            packed.writestr("agency.txt", agency)
        for name, text in more.items():
            packed.writestr(f"{name}.txt", text)
    return path


@pytest.fixture
def feed(tmp_path):
    return _feed(tmp_path / "stib.zip", stop_times="trip_id,stop_id\n1,B1\n")


@pytest.fixture
def stops(feed):
    return list(gtfs_stops(feed, Counter()))


@pytest.fixture
def table(tmp_path, stops):
    build_stop_table(tmp_path / FILE, stops)
    return StopTable(tmp_path / FILE)


def test_stops_platforms_and_entrances_are_taken(stops):
    assert Counter(stop.name for stop in stops) == {
        "DE BROUCKERE": 3,
        "Ribaucourt": 2,
        "Gent, Korenmarkt": 1,
        "Station alleen": 1,
    }


@pytest.mark.parametrize(
    ("lat", "step_free"),
    [(50.8512, True), (50.8508, False), (50.8500, True), (50.8600, True), (50.8601, None), (51.0544, False)],
    ids=["as its station", "its own", "stairs at one entrance", "yes", "not said", "no"],
)
def test_step_free_is_what_the_operator_says(stops, lat, step_free):
    assert [stop.step_free for stop in stops if stop.point.lat == lat] == [step_free]


def test_stops_carry_the_name_of_their_operator(stops):
    assert {stop.operator for stop in stops} == {"STIB-MIVB"}


def test_a_feed_without_an_agency_is_named_as_its_file(tmp_path):
    found = gtfs_stops(_feed(tmp_path / "delijn.zip", agency=""), Counter())
    assert {stop.operator for stop in found} == {"delijn"}


def test_stops_without_a_point_are_left_out_with_their_reason(feed):
    left_out = Counter()
    list(gtfs_stops(feed, left_out))
    assert left_out == {"has no point": 1, "has no name or no point": 1}


def test_a_feed_without_access_says_unknown(tmp_path):
    header, stops = "stop_id,stop_name,stop_lat,stop_lon", "B1,Ribaucourt,50.86,4.338\n"
    (stop,) = gtfs_stops(_feed(tmp_path / "feed.zip", stops, header), Counter())
    assert stop.step_free is None


def test_the_nearest_stop_comes_with_its_metres(table):
    near = table.nearest(Point(50.8595, 4.3380))
    assert (near.stop.name, near.distance_m, near.stop.step_free) == ("Ribaucourt", 56, True)


def test_the_nearest_step_free_stop_may_be_farther(table):
    assert table.nearest(Point(51.0, 3.9), step_free_only=True) is None
    assert table.nearest(Point(51.0, 3.9)).stop.name == "Gent, Korenmarkt"


def test_far_from_every_stop_there_is_none(table):
    assert table.nearest(Point(51.2, 2.9)) is None


_lat, _lon = st.floats(50.7, 51.3), st.floats(3.0, 5.0)


@given(st.lists(st.tuples(_lat, _lon), min_size=1, max_size=30), _lat, _lon)
def test_no_other_stop_is_nearer(tmp_path_factory, points, lat, lon):
    path = tmp_path_factory.mktemp("stops") / FILE
    build_stop_table(path, [Stop("Halte", "De Lijn", Point(*each), None) for each in points])
    near = StopTable(path).nearest(Point(lat, lon))
    least = min(distance_m(Point(lat, lon), Point(*each)) for each in points)
    assert round(least) == near.distance_m if near else least > 20_000


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda path: path.write_bytes(b"stop_id\n"), "is no GTFS feed"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "is no zip that can be read|no stops.txt"),
        (lambda path: _feed(path, header="stop_id,name"), "lacks the column stop_name"),
        (lambda path: _feed(path, shapes="0" * 30_000_000), "would unpack to"),
    ],
    ids=["no zip", "empty", "other columns", "bomb"],
)
def test_what_is_no_feed_is_refused(tmp_path, made, message):
    made(tmp_path / "feed.zip")
    with pytest.raises(SourceError, match=message):
        list(gtfs_stops(tmp_path / "feed.zip", Counter()))


COLUMNS = (
    "key",
    "organization.name",
    "service.name@nl",
    "address.postal_code",
    "address.hidden",
    "location.point",
)


def _near(world, *cells):
    world.load(world.write("desk.csv", [("1", "Vzw De Brug", "Onthaal", *cells)], COLUMNS))
    with reading(world.engine) as connection:
        (listing,) = iter_listings(connection)
    return nearest_stop(world.engine, listing.location)


def test_a_listing_tells_its_nearest_stop(world, stops):
    build_stop_table(world.home / FILE, stops)
    assert _near(world, "1080", "", "50.8595 4.3380").stop.name == "Ribaucourt"


@pytest.mark.parametrize(
    "cells", [("1080", "", ""), ("1080", "ja", "50.8595 4.3380")], ids=["vague", "hidden"]
)
def test_a_place_that_is_vague_or_hidden_tells_none(world, stops, cells):
    build_stop_table(world.home / FILE, stops)
    assert _near(world, *cells) is None


def test_without_stops_there_is_none(world):
    assert _near(world, "1080", "", "50.8595 4.3380") is None


def test_the_command_loads_the_stops_of_all_operators(tmp_path, feed, monkeypatch):
    monkeypatch.setenv("NABIJ_HOME", str(tmp_path / "home"))
    other = _feed(tmp_path / "delijn.zip", "B1,,Dampoort,51.05,3.74,0,,\n", agency="")
    told = CliRunner().invoke(cli, ["stops", "load", str(feed), str(other)], catch_exceptions=False).output
    assert told.splitlines()[:2] == ["8 stops of STIB-MIVB, delijn", "step-free: yes 3, no 2, unknown 3"]
