"""Where people live: the table of population points, read strictly, or the postal codes."""

from __future__ import annotations

import pytest

from service.catalogue.ground import data_ground
from service.config import Settings
from service.desk.state.points import homes_of, read_homes
from service.errors import BadSetting, BadValue

LAKEN = "50.8794,4.3452"


@pytest.fixture
def table(tmp_path):
    def write(text):
        path = tmp_path / "population.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def homes(path):
    return list(read_homes(path, data_ground()))


def test_without_a_table_every_postal_code_counts_as_one(tmp_path):
    found = homes_of(Settings(home=tmp_path), data_ground())
    assert found.kind == "postal_codes"
    assert {home.people for home in found.points} == {1}


def test_a_table_in_the_data_folder_is_found(tmp_path, table):
    table(f"lat,lon,people\n{LAKEN},812\n")
    found = homes_of(Settings(home=tmp_path), data_ground())
    assert (found.kind, [home.people for home in found.points]) == ("people", [812])


def test_a_setting_that_names_no_file_says_so(tmp_path):
    with pytest.raises(BadSetting, match="NABIJ_POPULATION"):
        homes_of(Settings(home=tmp_path, population="nowhere.csv"), data_ground())


def test_a_point_lies_in_the_zones_of_the_nearest_postal_code(table):
    (home,) = homes(table(f"lat,lon,people\n{LAKEN},812\n"))
    assert home.place == "1020 21004"
    assert "bxl-noord" in home.zones


def test_points_abroad_and_points_without_people_are_left_out(table):
    found = homes(table(f"lat,lon,people\n{LAKEN},812\n{LAKEN},0\n48.8566,2.3522,9000\n"))
    assert [home.people for home in found] == [812]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("lat,lon\n1,2\n", "columns"),
        ("lat;lon;people\n50.8;4.3;1\n", "columns"),
        ("lat,lon,people\n50.8,east,1\n", "row 2 lon"),
        ("lat,lon,people\n50.8,4.3,\n", "row 2 people"),
        ('lat,lon,people\n"50,8",4.3,1\n', "row 2 lat"),
        ("lat,lon,people\n50.8,4.3,nan\n", "row 2 people"),
        ("lat,lon,people\n50.8,4.3,-1\n", "row 2 people"),
        ("lat,lon,people\n150.8,4.3,1\n", "row 2 lat"),
        ("lat,lon,people\n50.8,4.3\n", "row 2 people"),
        ("lat,lon,people\n50.8,4.3,1,9\n", "row 2"),
        ("lat,lon,people\n", "no point"),
        ("lat,lon,people\n48.8566,2.3522,5\n", "no point"),
    ],
)
def test_a_table_with_anything_else_is_refused_by_row_and_column(table, text, named):
    with pytest.raises(BadValue, match=named):
        homes(table(text))


def test_a_table_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "population.csv"
    path.write_bytes(b"\xff\xfe\x00lat")
    with pytest.raises(BadValue, match="cannot be read"):
        homes(path)
