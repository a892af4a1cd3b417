"""A point is a place on the earth, and distances agree with known ones."""

import pytest

from service.errors import BadValue
from service.geo.point import Point, distance_m

BRUSSELS = Point(50.8467, 4.3525)
ANTWERP = Point(51.2211, 4.3997)


@pytest.mark.parametrize(("lat", "lon"), [(90.1, 0), (-91, 0), (0, 180.5), (float("nan"), 4)])
def test_a_number_that_is_no_position_is_refused(lat, lon):
    with pytest.raises(BadValue):
        Point(lat, lon)


def test_the_error_names_the_field():
    with pytest.raises(BadValue) as caught:
        Point(50, 200)
    assert caught.value.field == "lon"


def test_brussels_to_antwerp_is_some_42_kilometres():
    assert distance_m(BRUSSELS, ANTWERP) == pytest.approx(41_760, abs=200)


def test_distance_is_the_same_both_ways():
    assert distance_m(BRUSSELS, ANTWERP) == distance_m(ANTWERP, BRUSSELS)


def test_no_distance_to_itself():
    assert distance_m(ANTWERP, ANTWERP) == 0


def test_opposite_points_are_half_way_around():
    assert distance_m(Point(0, 0), Point(0, 180)) == pytest.approx(20_015_000, rel=0.001)
