"""Which of two results stands first, and why."""

from datetime import timedelta

import numpy as np

from service.eight_b.facts import Facts
from service.eight_b.screen import prepare
from service.search.query.order import IN_SIGHT
from service.search.query.rank import PARTS
from tests.api.made import listing


def test_nearer_stands_first_when_all_else_is_equal(town, now):
    streets = town(listing("Ver", "Gent", north_m=3000), listing("Dichtbij", "Gent", north_m=400))
    assert streets.names(now, near="Gent", need="food.parcel") == ["Dichtbij", "Ver"]


def test_nearer_stands_first_however_far_both_are(town, now):
    streets = town(listing("Brugge", "Brugge"), listing("Oostende", "Oostende"))
    assert streets.names(now, near="Hasselt") == ["Brugge", "Oostende"]


def test_spoken_language_stands_before_a_little_nearer(town, now):
    streets = town(
        listing("Andere taal", "Gent", north_m=1000, languages=("nl",)),
        listing("Zijn taal", "Gent", north_m=1500, languages=("ar",)),
    )
    assert streets.names(now, near="Gent", speaks="ar") == ["Zijn taal", "Andere taal"]
    assert streets.names(now, near="Gent") == ["Andere taal", "Zijn taal"]


def test_known_barrier_stands_behind_not_knowing(town, now):
    streets = town(
        listing("Trappen", "Gent", wheelchair="no"),
        listing("Onbekend", "Gent"),
        listing("Drempelvrij", "Gent", wheelchair="yes"),
    )
    assert streets.names(now, near="Gent", situation="wheelchair") == ["Drempelvrij", "Onbekend", "Trappen"]


def test_fit_does_not_outweigh_the_other_end_of_the_country(town, now):
    streets = town(listing("Hier", "Gent"), listing("Ginder", "Hasselt", cost="free"))
    assert streets.names(now, near="Gent", situation="free") == ["Hier", "Ginder"]


def test_way_of_travelling_changes_how_much_distance_weighs(town, now):
    streets = town(listing("Hier", "Gent", north_m=200), listing("Gratis", "Gent", north_m=1200, cost="free"))
    assert streets.names(now, near="Gent", situation="free", mode="walk") == ["Hier", "Gratis"]
    assert streets.names(now, near="Gent", situation="free", mode="car") == ["Gratis", "Hier"]


def test_fresh_stands_before_stale_at_the_same_place(town, now):
    streets = town(
        listing("Oud", "Gent", said_on="2019", readiness="older"), listing("Vers", "Gent", said_on="2026-10")
    )
    assert streets.names(now, near="Gent") == ["Vers", "Oud"]


def test_stale_stands_behind_what_is_not_at_the_same_place(town, now):
    streets = town(
        listing("Verlopen", "Gent", said_on="2026-06-01", stale_on=now.date()),
        listing("Geldig", "Gent", said_on="2026-06-01", stale_on=now.date() + timedelta(days=1)),
    )
    assert streets.names(now, near="Gent") == ["Geldig", "Verlopen"]


def test_fresh_does_not_outweigh_a_ring(town, now):
    streets = town(
        listing("Zeker maar ver", "Gent", north_m=6000, said_on="2026-11"),
        listing("Te bevestigen", "Gent", north_m=1300, said_on="2018", readiness="lead"),
    )
    assert streets.names(now, near="Gent")[0] == "Te bevestigen"


def test_need_stands_before_words_alone(town, now):
    streets = town(
        listing("Armoedecentrum Prisma", "Gent", needs=["social.meeting_place"]),
        listing("Bedeling", "Gent", needs=["food.parcel"]),
    )
    results = streets.search(now, q="voedselpakket prisma gent")
    assert results.results[0].service == "Bedeling"


def test_listing_for_one_need_stands_before_one_for_everything(town, now):
    everything = ["money.rights", "food.parcel", "money.debt", "housing.search", "basic.medical"]
    streets = town(listing("Gids", "Gent", needs=everything), listing("Bedeling", "Gent"))
    assert streets.names(now, q="voedselpakket in Gent") == ["Bedeling", "Gids"]


def test_word_in_the_name_stands_before_one_in_the_text(town, now):
    streets = town(
        listing("Buurthuis", "Gent", description={"nl": "Soms is er Kriebelhoek."}),
        listing("Kriebelhoek", "Gent"),
    )
    assert streets.names(now, q="kriebelhoek") == ["Kriebelhoek", "Buurthuis"]


def test_question_about_sunday_prefers_what_is_open_then(town, now):
    streets = town(
        listing("Weekdagen", "Gent", needs=["food.meal"], opening_hours="Mo-Fr 11:00-14:00"),
        listing("Zondag", "Gent", needs=["food.meal"], opening_hours="Su 11:00-14:00"),
    )
    results = streets.search(now, q="warme maaltijd zondag in Gent")
    assert [result.service for result in results.results] == ["Zondag", "Weekdagen"]


def lanes(results):
    return [result.lane for result in results]


def test_lanes_are_interleaved_so_that_neither_drowns(town, now):
    lines = [listing(f"Lijn {i}", needs=["mental_health.talk"], coverage="belgium") for i in range(6)]
    rooms = [listing(f"Huis {i}", "Gent", north_m=100 * i, needs=["mental_health.talk"]) for i in range(6)]
    results = town(*lines, *rooms).search(now, near="Gent", need="mental_health.talk").results
    assert lanes(results)[:6] == ["around", "around", "wide", "around", "around", "wide"]


def test_wide_help_leads_where_nothing_is_near(town, now):
    streets = town(listing("Ver huis", "Oostende"), listing("Lijn", coverage="belgium"))
    assert streets.names(now, near="Hasselt") == ["Lijn", "Ver huis"]


def test_help_at_the_door_leads_before_wide_help(town, now):
    streets = town(listing("Lijn", coverage="belgium"), listing("Huis", "Gent", readiness="lead"))
    assert streets.names(now, near="Gent") == ["Huis", "Lijn"]


def test_line_for_brussels_stands_behind_one_that_serves_flanders(town, now):
    streets = town(listing("Brussel", coverage="brussels"), listing("Vlaanderen", coverage="flanders"))
    assert streets.names(now, near="Gent") == ["Vlaanderen", "Brussel"]
    assert streets.names(now, near="Schaarbeek") == ["Brussel", "Vlaanderen"]


def test_place_that_one_visits_is_around_even_when_it_serves_all_of_brussels(town, now):
    streets = town(listing("Centrum", "Brussel", channels=("on_site", "phone"), coverage="brussels"))
    assert lanes(streets.search(now).results) == ["around"]


def test_informal_help_is_in_sight_beside_professional_help(town, now):
    offices = [listing(f"Dienst {i}", "Gent", provision="professional") for i in range(8)]
    streets = town(*offices, listing("Buren", "Gent", north_m=900, provision="informal"))
    assert "Buren" in streets.names(now, near="Gent")[:IN_SIGHT]


def test_universal_and_specific_help_are_both_in_sight(town, now):
    mothers = [listing(f"Mama's {i}", "Gent", audience=("single_parent",)) for i in range(8)]
    streets = town(*mothers, listing("Iedereen", "Gent", audience=("everyone",)))
    names = streets.names(now, near="Gent", audience="single_parent")
    assert "Iedereen" in names[:IN_SIGHT]
    assert names[0].startswith("Mama's")


def test_each_result_says_the_ring_it_stands_in(town, now):
    streets = town(listing("Dichtbij", "Gent", north_m=500), listing("Ver", "Gent", north_m=3000))
    near, far = streets.search(now, near="Gent").results
    assert 500 <= near.ring_m < 3000 <= far.ring_m


def test_empty_first_ring_is_said(town, now):
    results = town(listing("Ver", "Gent", north_m=5000)).search(now, near="Gent")
    (notice,) = results.notices
    assert (notice.code, notice.ring_m) == ("widened", results.results[0].ring_m)


def test_no_part_goes_above_its_ceiling(town, now):
    results = town(listing("Bedeling", "Gent", cost="free", languages=("nl",))).search(
        now, q="voedselpakket bedeling gent", situation="free"
    )
    score = results.results[0].score
    assert set(score) == set(PARTS)
    assert all(0 <= points <= PARTS[name].ceiling for name, points in score.items())


def test_verdicts_of_a_page_are_those_of_the_screen(town, now):
    streets = town(
        listing("Bedeling", "Gent", cost="free", languages=("nl", "ar"), audience=("family",)),
        listing("Dokter", "Molenbeek", needs=["basic.medical"], cost="fixed", appointment="required"),
        listing("Lijn", needs=["mental_health.talk"], opening_hours="24/7", coverage="belgium"),
        listing("Leeg", "Aalst", needs=[], channels=(), readiness=None, said_on=None),
    )
    person = {"near": "Gent", "speaks": "ar", "audience": "family", "need": []}
    person["situation"] = ["free", "evening", "wheelchair", "no_papers", "women_only", "children_along"]
    asked = streets.service._read(_criteria(person), now)
    screen = prepare(asked.situation)
    facts = {str(document.id): Facts.from_columns(document.facts) for document in streets.documents}
    results = streets.search(now, **person).results
    assert len(results) == 4
    for result in results:
        assert result.eight_b == screen.verdicts(facts[result.id]), result.service


def _criteria(person):
    from service.search.query.criteria import read

    pairs = [(n, one) for n, v in person.items() for one in (v if isinstance(v, list) else [v])]
    return read(pairs, strict=True)


def test_distance_is_that_of_the_map(town, now):
    (result,) = town(listing("Bedeling", "Gent", north_m=1000)).search(now, near="Gent").results
    assert np.isclose(result.distance_m, 1000, atol=2)
    assert result.minutes["walk"] == 18
    assert result.minutes["bike"] == 8
