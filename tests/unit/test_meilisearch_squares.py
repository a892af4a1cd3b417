"""How far the nearest lie, guessed by how many lie in each square."""

import math
from collections import Counter

import numpy as np
import pytest

from service.search.engine.distance import exact_m
from service.search.engine.meilisearch.squares import Spread, Squares, square_of

GENT = (51.0538, 3.7250)


def scattered(count, middle, spread):
    rng = np.random.default_rng(5)
    return rng.normal(middle, spread, (count, 2))


def squares(points):
    return Squares(Counter(square_of((float(lat), float(lon))) for lat, lon in points))


def within(points, radius_m):
    return int((exact_m(points[:, 0], points[:, 1], GENT) <= radius_m).sum())


@pytest.mark.parametrize("spread", [0.02, 0.2, 1.0], ids=["one town", "a province", "the land"])
@pytest.mark.parametrize("wanted", [100, 400])
def test_it_holds_enough_and_not_many_times_too_many(spread, wanted):
    points = scattered(20_000, GENT, spread)
    radius_m = Spread(squares(points), GENT).radius_m(wanted)
    assert wanted <= within(points, radius_m) <= 4 * wanted


def test_of_a_tenth_it_is_farther():
    points = scattered(20_000, GENT, 0.2)
    spread = Spread(squares(points), GENT)
    radius_m = spread.radius_m(100, 0.1)
    assert radius_m > 2 * spread.radius_m(100)
    assert 1_000 <= within(points, radius_m) <= 4_000


def test_from_far_away_it_reaches_there():
    points = scattered(5_000, (50.46, 4.86), 0.05)
    flat = 1.02  # a flat map is wrong by so much at a hundred kilometres
    assert within(points, flat * Spread(squares(points), GENT).radius_m(100)) >= 100


@pytest.mark.parametrize(
    ("held", "share"), [({}, 1.0), ({square_of(GENT): 100}, 1.0), ({square_of(GENT): 900}, 0.1)]
)
def test_where_hardly_so_many_are_it_has_no_end(held, share):
    assert math.isinf(Spread(Squares(held), GENT).radius_m(100, share))
