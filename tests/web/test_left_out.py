"""Readings of a question that are taken away stay away, and nothing else changes."""

import pytest

from service.errors import BadParameter
from service.geo.places import gazetteer
from service.search.open import open_search
from service.search.query.criteria import Criteria, read
from tests.conftest import FROZEN

QUESTION = "voedselpakket in Anderlecht, gratis, en ik spreek Arabisch"


@pytest.fixture(scope="module")
def search(settings):
    return open_search(settings).search


def understood(search, *without):
    return search(Criteria(q=QUESTION, lang="nl", without=without), FROZEN).understood


def test_all_is_read_when_nothing_is_left_out(search):
    read_ = understood(search)
    assert [need.code for need in read_.needs][:1] == ["food.parcel"]
    assert read_.place.name == "Anderlecht"
    assert "free" in read_.situation
    assert "ar" in read_.speaks


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("need:food.parcel", lambda u: "food.parcel" in [need.code for need in u.needs]),
        ("place", lambda u: u.place is not None),
        ("situation:free", lambda u: "free" in u.situation),
        ("speaks:ar", lambda u: "ar" in u.speaks),
    ],
)
def test_a_reading_that_is_left_out_is_not_read(search, name, look):
    assert look(understood(search))
    assert not look(understood(search, name))


def test_the_words_of_a_need_left_out_are_not_searched_for(search):
    given = Criteria(q="voedselpakket in Anderlecht", lang="nl", without=("need:food.parcel",), explain=True)
    words = [word["word"] for word in search(given, FROZEN).explain["engine"]["words"]]
    assert "voedselpakket" not in words


def test_without_the_place_distances_have_no_centre(search):
    assert search(Criteria(q=QUESTION, lang="nl", without=("place",)), FROZEN).centre is None
    assert gazetteer().lookup("Anderlecht") is not None


@pytest.mark.parametrize("name", ["need:nothing", "situation:rich", "crisis", "", "place:x"])
def test_what_is_no_reading_is_refused(name):
    with pytest.raises(BadParameter, match="without"):
        read([("without", name)], strict=True)
