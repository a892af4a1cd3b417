"""What excludes and what does not, one parameter at a time."""

from datetime import datetime

import pytest

from service.config import TIMEZONE
from service.errors import BadParameter
from tests.api.made import listing


@pytest.fixture
def streets(town):
    return town(
        listing("Pakketten Gent", "Gent", needs=["food.parcel"], languages=("nl",), cost="free"),
        listing("Maaltijden Gent", "Gent", needs=["food.meal"], languages=("nl", "ar"), cost="fixed"),
        listing("Pakketten Molenbeek", "Molenbeek", needs=["food.parcel"], channels=("on_site", "phone")),
        listing("Schulden Leuven", "Leuven", needs=["money.debt"], opening_hours="Mo-Fr 09:00-12:00"),
        listing("Lijn", needs=["mental_health.talk"], opening_hours="24/7", coverage="belgium"),
    )  # fmt: skip


def found(streets, now, **parameters):
    return set(streets.names(now, **parameters))


def test_need_excludes(streets, now):
    assert found(streets, now, need="food.parcel") == {"Pakketten Gent", "Pakketten Molenbeek"}


def test_several_needs_take_any(streets, now):
    assert found(streets, now, need=["food.meal", "money.debt"]) == {"Maaltijden Gent", "Schulden Leuven"}


def test_theme_excludes(streets, now):
    assert found(streets, now, theme="money") == {"Schulden Leuven"}


def test_municipality_excludes(streets, now):
    assert found(streets, now, municipality="44021") == {"Pakketten Gent", "Maaltijden Gent"}


def test_unknown_municipality_is_refused(streets, now):
    with pytest.raises(BadParameter, match="municipality"):
        streets.search(now, municipality="99999")


def test_zone_takes_what_lies_in_it(streets, now):
    assert found(streets, now, zone="bxl-centrum-west") == {"Pakketten Molenbeek"}


def test_zone_takes_what_serves_it(town, now):
    streets = town(listing("Elders", "Leuven", serves=("bxl-noord",)), listing("Ver", "Leuven"))
    assert streets.names(now, zone="bxl-noord") == ["Elders"]


def test_channel_excludes(streets, now):
    assert found(streets, now, channel="phone") == {"Pakketten Molenbeek", "Lijn"}


def test_language_takes_only_those_known_to_speak_it(streets, now):
    assert found(streets, now, language="ar") == {"Maaltijden Gent"}


def test_several_languages_take_only_those_that_speak_all(streets, now):
    assert found(streets, now, language=["nl", "ar"]) == {"Maaltijden Gent"}


def test_within_metres_excludes(town, now):
    streets = town(listing("Dichtbij", "Gent", north_m=900), listing("Verder", "Gent", north_m=1100))
    assert streets.names(now, near="Gent", within_m=1000) == ["Dichtbij"]


def test_within_minutes_goes_by_the_mode(town, now):
    streets = town(listing("Dichtbij", "Gent", north_m=500), listing("Verder", "Gent", north_m=1400))
    assert streets.names(now, near="Gent", minutes=10, mode="walk") == ["Dichtbij"]
    assert streets.names(now, near="Gent", minutes=10, mode="bike") == ["Dichtbij", "Verder"]


def test_near_alone_excludes_nothing(streets, now):
    assert streets.search(now, near="Gent").total == 5


def test_fence_without_any_place_is_refused(streets, now):
    with pytest.raises(BadParameter) as error:
        streets.search(now, q="voedselpakket", minutes=10)
    assert error.value.parameter == "minutes"


def test_place_in_the_question_is_the_centre_of_a_fence(streets, now):
    assert found(streets, now, q="voedselpakket in Gent", within_m=2000) == {"Pakketten Gent"}


def test_unknown_place_is_refused(streets, now):
    with pytest.raises(BadParameter) as error:
        streets.search(now, near="Xqzwvillekens")
    assert error.value.parameter == "near"


def test_open_at_takes_only_what_is_known_to_be_open(streets, now):
    assert found(streets, now, open_at="2026-11-24T11:00") == {"Schulden Leuven", "Lijn"}
    assert found(streets, now, open_at="2026-11-24T13:00") == {"Lijn"}


def test_open_now_is_the_clock(streets, now):
    assert found(streets, now, open_at="now") == {"Schulden Leuven", "Lijn"}


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [("2026-10-25T00:30Z", True), ("2026-10-25T01:30Z", True), ("2026-10-25T02:30Z", False)],
    ids=["02:30 summer", "02:30 winter", "03:30 winter"],
)
def test_open_at_across_the_end_of_summer_time(town, now, moment, is_open):
    streets = town(listing("Nacht", "Gent", opening_hours="22:00-03:00"))
    assert bool(streets.names(now, open_at=moment)) == is_open


def test_open_now_where_the_clock_jumps_forward(town):
    streets = town(listing("Nacht", "Gent", opening_hours="03:00-05:00"))
    before = datetime(2026, 3, 29, 1, 59, tzinfo=TIMEZONE)
    after = datetime(2026, 3, 29, 3, 0, tzinfo=TIMEZONE)
    (closed,), (opened,) = streets.search(before).results, streets.search(after).results
    assert (closed.open_now, opened.open_now) == (False, True)
    assert closed.next_open == after


def test_b_takes_only_what_fits(streets, now):
    assert found(streets, now, b="betaalbaar", situation="free") == {"Pakketten Gent"}


@pytest.mark.parametrize(
    "person", [{"speaks": "ar"}, {"situation": "wheelchair"}, {"audience": "young"}, {"mode": "walk"}]
)
def test_what_describes_the_person_excludes_nothing(streets, now, person):
    assert streets.search(now, **person).total == 5


def test_explicit_need_wins_over_the_question(streets, now):
    assert found(streets, now, q="schulden", need="food.meal") == {"Maaltijden Gent"}


def test_explicit_place_wins_over_the_question(streets, now):
    results = streets.search(now, q="voedselpakket in Gent", near="Molenbeek")
    assert results.results[0].service == "Pakketten Molenbeek"
    assert results.understood.place.nis == "21012"


def test_without_understanding_the_words_are_matched(streets, now):
    results = streets.search(now, q="pakketten gent", understand="false")
    assert results.understood.needs == ()
    assert results.results[0].service == "Pakketten Gent"


def test_facets_count_all_that_was_selected(streets, now):
    facets = streets.search(now, per_page=1).facets
    assert facets["theme"] == {"food": 3, "money": 1, "mental_health": 1}
    assert facets["municipality"]["44021"] == 2
    assert facets["language"] == {"nl": 2, "ar": 1}
    assert facets["situation"]["free"] == 1


def test_pages_follow_each_other(streets, now):
    pages = [streets.names(now, per_page=2, page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert len({name for page in pages for name in page}) == 5
