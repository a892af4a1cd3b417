"""Distances to the middle of a municipality follow an index whose list of municipalities grows."""

import numpy as np
import pytest

from service.geo.places import gazetteer
from service.search.query.centre import where_of
from service.search.query.criteria import Criteria
from service.search.query.towns import Towns

ANTWERP, GHENT = "11002", "44021"


class Growing:
    """An engine that gives the same list each time and adds to it, as the one over a database does."""

    def __init__(self):
        self.texts = ["", ANTWERP]

    def open_codes(self, _column):
        return self.texts


@pytest.fixture
def centre():
    return where_of(Criteria(near="Gent"), None, gazetteer(), "nl").centre


def test_a_town_that_came_since_the_last_question_has_its_distance(centre):
    engine = Growing()
    towns = Towns(engine, gazetteer())
    towns.metres(np.array([1]), centre)
    engine.texts.append(GHENT)
    assert towns.metres(np.array([2]), centre)[0] < 5_000


def test_no_town_has_no_distance(centre):
    assert np.isnan(Towns(Growing(), gazetteer()).metres(np.array([0]), centre)[0])
