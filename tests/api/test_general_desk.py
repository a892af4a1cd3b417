"""Where no listing in reach answers a need: it is said, and a general desk of the place is named."""

import pytest

from tests.api.made import listing

DESK = ("money.income_support",)


@pytest.fixture
def towns(town):
    return town(
        listing("Voedselpakket Genk", "Genk"),
        listing("OCMW Brugge", "Brugge", needs=DESK),
        listing("OCMW Oostende", "Oostende", needs=DESK),
        listing("Rechtenloket Brugge", "Brugge", north_m=300, needs=("money.rights",)),
        listing("OCMW Genk", "Genk", needs=DESK, coverage="municipality"),
        listing("Hulplijn Brussel", needs=(*DESK, "money.rights", "housing.search"), coverage="brussels"),
        listing("Sociaal tarief", needs=("money.rights",), coverage="brussels"),
    )


def desks(results):
    return [each.service for each in results.general_desk]


def codes(results):
    return [each.code for each in results.notices]


def test_need_with_nothing_in_reach_names_the_desk_of_the_place(towns, now):
    results = towns.search(now, need="food.parcel", near="Brugge")
    assert desks(results) == ["OCMW Brugge", "Rechtenloket Brugge"]


def test_notice_says_which_need_nothing_in_reach_answers(towns, now):
    (notice,) = [
        each for each in towns.search(now, need="food.parcel", near="Brugge").notices
        if each.code == "none_in_reach"
    ]  # fmt: skip
    assert notice.needs == ("food.parcel",)


def test_answer_further_away_stays_and_the_desk_is_no_answer(towns, now):
    results = towns.search(now, need="food.parcel", near="Brugge")
    assert [each.service for each in results.results] == ["Voedselpakket Genk"]
    assert results.total == 1


def test_no_desk_where_help_is_around_the_corner(towns, now):
    results = towns.search(now, need="food.parcel", near="Genk")
    assert desks(results) == []
    assert "none_in_reach" not in codes(results)


def test_desk_stands_where_nothing_answers_at_all(towns, now):
    results = towns.search(now, need="housing.shelter", near="Brugge")
    assert results.total == 0
    assert desks(results) == ["OCMW Brugge", "Rechtenloket Brugge"]


def test_typed_question_names_the_desk_too(towns, now):
    assert "OCMW Brugge" in desks(towns.search(now, q="nachtopvang Brugge"))


def test_town_without_a_desk_of_its_own_sees_one_of_a_town_near_by(towns, now):
    assert desks(towns.search(now, need="food.parcel", near="Damme"))[0] in {
        "OCMW Brugge",
        "Rechtenloket Brugge",
    }


def test_welfare_centre_of_another_town_is_left_out(towns, now):
    assert desks(towns.search(now, need="housing.shelter", near="Zutendaal")) == []


def test_region_has_a_desk_where_the_town_has_none(towns, now):
    assert desks(towns.search(now, need="food.parcel", near="Jette")) == ["Hulplijn Brussel"]


def test_notice_names_the_place(towns, now):
    assert towns.search(now, need="food.parcel", near="Ieper").notices[-1].words == ("Ieper",)


def test_desk_far_away_is_not_named(towns, now):
    assert desks(towns.search(now, need="food.parcel", near="Ieper")) == []


def test_without_a_place_no_desk_is_named(towns, now):
    assert desks(towns.search(now, need="housing.shelter")) == []


def test_who_asks_for_a_desk_gets_no_desk_beside(towns, now):
    results = towns.search(now, need="money.income_support", near="Ieper")
    assert desks(results) == []


def test_fence_does_not_keep_the_desk_out(towns, now):
    results = towns.search(now, need="food.parcel", near="Damme", within_m=1000)
    assert "nothing_in_fence" in codes(results)
    assert desks(results)


def test_api_marks_the_desk_apart_from_results(towns, client, now):
    body = client(towns).get("/api/v1/search?need=food.parcel&near=Brugge&lang=nl").json
    assert [each["service"] for each in body["general_desk"]] == ["OCMW Brugge", "Rechtenloket Brugge"]
    assert body["notices"][-1]["needs"] == ["food.parcel"]
