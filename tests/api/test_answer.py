"""What an answer says and what it keeps to itself."""

from tests.api.made import listing


def test_hidden_address_shows_no_street_point_or_distance(town, now):
    streets = town(listing("Vluchthuis", "Gent", hidden=True, needs=["safety.violence"]))
    (result,) = streets.search(now, near="Gent").results
    assert result.hidden
    assert (result.address, result.lat, result.lon, result.distance_m, result.ring_m) == (None,) * 5
    assert result.minutes == {}
    assert result.location_precision == "hidden"
    assert result.municipality == "Gent"


def test_hidden_address_is_in_no_fence(town, now):
    streets = town(listing("Vluchthuis", "Gent", hidden=True))
    assert streets.names(now, near="Gent", within_m=50_000) == []


def test_hidden_address_still_ranks_by_its_town(town, now):
    streets = town(listing("Hasselt", "Hasselt", hidden=True), listing("Gent", "Gent", hidden=True))
    assert streets.names(now, near="Gent") == ["Gent", "Hasselt"]


def test_municipality_is_named_in_the_language_of_the_answer(town, now):
    streets = town(listing("Bedeling", "Molenbeek"))
    (result,) = streets.search(now, lang="fr").results
    assert result.municipality == "Molenbeek-Saint-Jean"


def test_summary_says_its_language(town, now):
    streets = town(listing("Bedeling", "Gent", description={"nl": "Eten.", "fr": "À manger."}))
    for lang, shown in (("fr", "fr"), ("nl", "nl"), ("tr", "nl")):
        (result,) = streets.search(now, lang=lang).results
        assert result.summary_language == shown


def test_unknown_hours_are_neither_open_nor_closed(town, now):
    (result,) = town(listing("Bedeling", "Gent")).search(now).results
    assert (result.open_now, result.next_open) == (None, None)


def test_closed_listing_says_when_it_opens(town, now):
    (result,) = town(listing("Bedeling", "Gent", opening_hours="We 14:00-16:00")).search(now).results
    assert result.open_now is False
    assert result.next_open.isoformat() == "2026-11-25T14:00:00+01:00"


def test_public_holiday_is_known(town, now):
    streets = town(listing("Bedeling", "Gent", opening_hours="Mo-Fr 09:00-17:00; PH off"))
    assert streets.names(now, open_at="2026-12-25T10:00") == []
    assert streets.names(now, open_at="2026-12-24T10:00") == ["Bedeling"]


def test_words_that_nothing_explains_give_nothing_and_say_so(town, now):
    results = town(listing("Bedeling", "Gent")).search(now, q="xqzwv blorkt")
    assert results.total == 0
    assert [notice.code for notice in results.notices] == ["nothing_found"]


def test_stop_words_alone_are_no_question(town, now):
    results = town(listing("Bedeling", "Gent")).search(now, q="de het een")
    assert results.results == ()


def test_words_are_dropped_rather_than_the_need(town, now):
    results = town(listing("Bedeling", "Gent")).search(now, need="food.parcel", q="xqzwv")
    assert results.total == 1


def test_words_are_dropped_rather_than_the_theme(town, now):
    results = town(listing("Bedeling", "Gent")).search(now, theme="food", q="xqzwv")
    assert results.total == 1
    assert results.notices[0].code == "words_dropped"
    assert results.notices[0].words == ("xqzwv",)


def test_empty_fence_offers_the_wider_search(town, now):
    streets = town(listing("Bedeling", "Hasselt"))
    results = streets.search(now, near="Gent", need="food.parcel", within_m=1000)
    notice = next(each for each in results.notices if each.criteria)
    assert (results.total, notice.code) == (0, "nothing_in_fence")
    assert streets.service.search(notice.criteria, now).total == 1


def test_page_of_leads_says_so(town, now):
    results = town(listing("Bedeling", "Gent", readiness="lead")).search(now)
    assert [notice.code for notice in results.notices] == ["only_leads"]


def crisis(town, now, **parameters):
    return [line.phone for line in town(listing("Bedeling", "Gent")).search(now, **parameters).crisis]


def test_suicidal_words_show_the_line_of_their_language(town, now):
    assert crisis(town, now, q="ik wil dood", lang="nl")[0] == "1813"
    assert crisis(town, now, q="je veux mourir", lang="fr")[0] == "0800 32 123"


def test_life_in_danger_comes_last(town, now):
    assert crisis(town, now, q="ik wil dood", lang="nl")[-2:] == ["112", "101"]


def test_violence_and_a_child_in_danger_show_their_lines(town, now):
    assert "0800 30 030" in crisis(town, now, q="mon mari me frappe", lang="fr")
    assert "102" in crisis(town, now, q="kindermishandeling", lang="nl")


def test_reader_of_another_language_sees_every_line(town, now):
    lines = crisis(town, now, q="suicide", lang="tr")
    assert {"1813", "0800 32 123"} <= set(lines)


def test_ordinary_question_shows_no_line(town, now):
    assert crisis(town, now, q="voedselpakket in Gent") == []


def test_line_around_the_clock_is_open_and_one_of_unknown_hours_is_not_known(town, now):
    lines = town(listing("Bedeling", "Gent")).search(now, q="kindermishandeling", lang="nl").crisis
    assert {line.phone: line.open_now for line in lines} == {
        "102": None,
        "116 000": True,
        "112": True,
        "101": True,
    }


def test_explain_shows_stages_engine_and_parts(town, now):
    results = town(listing("Bedeling", "Gent")).search(now, q="voedselpakket in Gent", explain="true")
    stages = {each["stage"] for each in results.explain["stages"]}
    assert {"language", "place", "need"} <= stages
    assert results.explain["engine"]["needs"] == {"food.parcel": results.understood.needs[0].confidence}
    assert results.explain["parts"]["need"]["ceiling"] == 4.0
