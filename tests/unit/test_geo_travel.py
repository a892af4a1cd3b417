"""Minutes and metres are each other's inverse, and every number of the table has its reason."""

import pytest

from service.errors import BadValue
from service.geo.travel import TRAVEL_MODES, minutes, radius_m, travel_paces


def test_a_kilometre_on_foot_takes_eighteen_minutes():
    assert minutes(1000, "walk") == 18  # 1000 m x 1.3 / 75 m a minute = 17.3, rounded up


@pytest.mark.parametrize("mode", TRAVEL_MODES)
def test_the_radius_of_some_minutes_is_travelled_in_those_minutes(mode):
    assert minutes(radius_m(30, mode), mode) == 30


@pytest.mark.parametrize("mode", TRAVEL_MODES)
def test_farther_never_takes_less(mode):
    times = [minutes(metres, mode) for metres in range(0, 20_000, 500)]
    assert times == sorted(times)


def test_walking_next_door_is_quicker_than_taking_the_bus():
    assert minutes(200, "walk") < minutes(200, "transit")


def test_less_time_than_it_takes_to_start_reaches_nothing():
    assert radius_m(5, "transit") == 0


def test_an_unknown_mode_says_which_there_are():
    with pytest.raises(BadValue, match=r"walk \| bike \| transit \| car"):
        minutes(100, "horse")


@pytest.mark.parametrize("mode", TRAVEL_MODES)
def test_every_pace_has_its_reason(mode):
    assert len(travel_paces()[mode].reason) > 40
