"""What a place name or postal code given on its own means."""

import pytest

from service.config import DATA
from service.geo.places import Gazetteer, gazetteer
from service.geo.point import Point, distance_m

HASSELT = Point(50.93, 5.34)


def looked_up(text, **more):
    match = gazetteer().lookup(text, **more)
    return match.place if match else None


@pytest.mark.parametrize("text", ["Gent", "gent", " Gent ", "Ghent", "Gand", "Gante", "Гент", "gent centrum"])
def test_gent_in_every_spelling(text):
    assert looked_up(text).nis == "44021"


@pytest.mark.parametrize("text", ["1080", "1080 Molenbeek", "Molenbeek 1080", "1080 Sint-Jans-Molenbeek"])
def test_molenbeek_with_and_without_its_code(text):
    assert looked_up(text).nis == "21012"


@pytest.mark.parametrize("municipality", [p for p in gazetteer().places.values() if p.kind == "municipality"])
def test_every_municipality_is_found_by_its_name(municipality):
    assert looked_up(municipality.name_nl).nis == municipality.nis


def test_every_postal_code_is_found():
    codes = {p.postal_code for p in gazetteer().places.values() if p.kind == "postal_code"}
    assert {code for code in codes if looked_up(code) is None} == set()


@pytest.mark.parametrize(("code", "nis"), [("1040", "21005"), ("1050", "21009")])
def test_a_code_of_two_municipalities_means_the_one_without_another_code(code, nis):
    match = gazetteer().lookup(code)
    assert match.place.nis == nis
    assert match.alternatives[0].nis == "21004"


def test_the_beginning_of_a_name_is_enough():
    assert looked_up("Molenb").nis == "21012"


@pytest.mark.parametrize(("text", "nis"), [("Antwrpen", "11002"), ("Lokren", "46029"), ("Kortrik", "34022")])
def test_a_misspelt_name(text, nis):
    assert looked_up(text).nis == nis


@pytest.mark.parametrize("text", ["", "   ", "xyz", "0000", "Parijs", "Madrid", "!!"])
def test_what_names_no_place_here(text):
    assert looked_up(text) is None


def test_a_word_given_as_place_is_a_place():
    assert looked_up("as").nis == "71002"


def test_an_address_gives_its_municipality():
    assert looked_up("Koningin Maria Hendrikaplein 1, 9000 Gent").nis == "44021"


@pytest.mark.parametrize("hint", ["Laakdal", "2430", "13053"])
def test_a_hint_may_be_a_name_a_postal_code_or_a_nis_code(hint):
    assert looked_up("Vorst", hint=hint).nis == "13053"


def test_near_prefers_the_closer_of_two():
    assert looked_up("Halle", near=Point(51.24, 4.65)).nis == "11055"
    assert looked_up("Halle", near=Point(50.74, 4.23)).nis == "23027"


def test_a_place_knows_its_zones():
    assert looked_up("Molenbeek").zones == ("bxl-centrum-west", "elz-bruzel")


def test_a_municipality_with_several_codes_has_none_for_certain():
    assert looked_up("Leuven").postal_code is None


def test_a_municipality_with_one_code_has_it():
    assert looked_up("Jette").postal_code == "1090"


@pytest.mark.parametrize("name", ["Hasselt", "Runkst", "Jessa", "station Hasselt", "3500"])
def test_what_is_in_hasselt_is_near_hasselt(name):
    assert distance_m(looked_up(name).point, HASSELT) < 5_000


def test_a_landmark_says_that_its_point_is_that_of_the_postal_code():
    assert looked_up("UZ Brussel").point_of == "postal_code"


def test_names_follow_the_reader():
    assert (looked_up("Ixelles").name("nl"), looked_up("Ixelles").name("fr")) == ("Elsene", "Ixelles")


def test_two_gazetteers_agree():
    assert Gazetteer(DATA).lookup("Vorst") == gazetteer().lookup("Vorst")
