"""The screen in a search: the person as parameters, expiry without a rebuild, reasons, counts."""

import logging
from datetime import datetime, timedelta

import pytest

from service.config import TIMEZONE
from service.model import terms
from service.model.fields import LANGUAGES
from service.search.query.order import IN_SIGHT
from tests.api.made import listing

INTAKE = "service.intake"
CLOCK_BACK = datetime(2026, 10, 25, 3, 30, tzinfo=TIMEZONE, fold=1)
"""The clocks go back at three: half past two comes twice, then half past three."""


def full(name, until, state="open", **facts):
    """An offer in Gent of which the intake is known until a moment."""
    return listing(name, "Gent", facts={INTAKE: state}, expires={INTAKE: until}, **facts)


@pytest.mark.parametrize(
    "asked",
    [
        {"age": "16"},
        {"household": "single_parent"},
        {"budget": "12.50"},
        {"tariff": "uitpas"},
        {"papers": "identity"},
        {"diet": "halal"},
        {"situation": "no_itsme"},
    ],
)
def test_the_person_travels_by_get_and_by_post_alike(town, client, asked):
    api = client(town(listing("Bedeling", "Gent")))
    by_get = api.get("/api/v1/search", query_string={"near": "Gent", **asked}).json["results"]
    assert by_get == api.post("/api/v1/search", json={"near": "Gent", **asked}).json["results"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("age", "121"),
        ("age", "-1"),
        ("age", "zestien"),
        ("household", "huishouden"),
        ("budget", "-1"),
        ("budget", "1e3"),
        ("budget", "12.505"),
        ("tariff", "korting"),
        ("papers", "paspoort"),
        ("diet", "alles"),
        ("situation", "arm"),
    ],
)
def test_what_a_person_cannot_be_is_refused(town, client, parameter, value):
    response = client(town(listing("Bedeling", "Gent"))).get(f"/api/v1/search?near=Gent&{parameter}={value}")
    assert (response.status_code, response.json["error"]["parameter"]) == (422, parameter)


@pytest.mark.parametrize(
    "asked", [{"budget": "5"}, {"papers": "none"}, {"age": "16"}, {"household": "couple"}]
)
def test_the_person_excludes_nothing(town, now, asked):
    streets = town(listing("Een", "Gent", cost="fixed", minimum_age=18), listing("Twee", "Gent"))
    assert streets.search(now, near="Gent", **asked).total == 2


def test_a_situation_leaves_no_trace(town, client, tmp_path, caplog):
    api = client(town(listing("Bedeling", "Gent")))
    with caplog.at_level(logging.DEBUG):
        response = api.post(
            "/api/v1/search", json={"near": "Gent", "budget": "73.19", "situation": ["no_papers"], "age": 117}
        )
    assert response.status_code == 200
    assert not response.headers.getlist("Set-Cookie")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"73.19" not in written + caplog.text.encode()
    assert "117" not in caplog.text


def test_what_ages_is_known_until_the_minute_it_expires_and_nothing_is_built_for_it(town):
    until = datetime(2026, 11, 24, 10, 30, tzinfo=TIMEZONE)
    streets = town(full("Bedeling", until))
    last = streets.search(until - timedelta(minutes=1), near="Gent", b="beschikbaar")
    assert (last.total, streets.search(until, near="Gent", b="beschikbaar").total) == (1, 0)


def test_the_page_forgets_it_at_the_same_minute(town):
    until = datetime(2026, 11, 24, 10, 30, tzinfo=TIMEZONE)
    streets = town(full("Bedeling", until, "stopped"))
    words = [
        streets.search(moment, near="Gent").results[0].eight_b["beschikbaar"].verdict
        for moment in (until - timedelta(minutes=1), until, until - timedelta(minutes=1))
    ]
    assert words == ["barrier", "unknown", "barrier"]


def test_it_expires_once_in_the_night_that_the_clocks_go_back(town):
    streets = town(full("Bedeling", CLOCK_BACK))
    first = datetime(2026, 10, 25, 2, 30, tzinfo=TIMEZONE)
    again = first.replace(fold=1)
    found = [streets.search(m, near="Gent", b="beschikbaar").total for m in (first, again, CLOCK_BACK)]
    assert found == [1, 1, 0]


@pytest.mark.parametrize("b", terms.values("b"))
def test_a_filter_lets_through_what_fits_and_nothing_unknown(town, now, b):
    streets = town(
        full("Veel", now + timedelta(days=9), cost="free", appointment="no", languages=("nl",)),
        listing("Weinig", "Gent"),
        listing("Niets", "Gent", channels=(), readiness=None, said_on=None, needs=()),
    )
    everything = streets.search(now, near="Gent", situation=["free", "no_wait"]).results
    fitting = {each.service for each in everything if each.eight_b[b].verdict == "fits"}
    found = streets.search(now, near="Gent", situation=["free", "no_wait"], b=b)
    assert {each.service for each in found.results} == fitting


def test_verdicts_are_counted_per_b(town, now):
    streets = town(
        full("Open", now + timedelta(days=9)), full("Vol", now + timedelta(days=9), "stopped"),
        listing("Onbekend", "Gent"),
    )  # fmt: skip
    counts = streets.search(now, near="Gent").verdict_counts["beschikbaar"]
    assert counts == {"fits": 1, "attention": 0, "barrier": 1, "unknown": 1}


def test_a_result_says_why_in_every_language(town, now):
    streets = town(listing("Bedeling", "Gent", languages=("nl", "ar"), cost="free"))
    from service.search.query.said import sentence

    result = streets.search(now, near="Gent", speaks="ar").results[0]
    assert result.why is not None
    assert all(sentence(result.why, language) for language in LANGUAGES)


def test_what_the_person_asked_for_is_the_first_reason(town, now):
    streets = town(
        listing("Bedeling", "Gent", wheelchair="yes", cost="free", opening_hours="Mo-Fr 18:00-20:00")
    )
    assert streets.search(now, situation="evening").results[0].why.criterion == "hours"


def test_what_is_in_the_way_comes_before_what_asks_attention(town, now):
    streets = town(listing("Bedeling", "Gent", cost="fixed", appointment="required"))
    found = streets.search(now, near="Gent", situation="free").results[0].watch_out
    assert (found.criterion, found.outcome) == ("price", "barrier")


def test_what_was_asked_and_is_not_known_is_said(town, now):
    streets = town(listing("Bedeling", "Gent"))
    found = streets.search(now, near="Gent", situation="anonymous").results[0].watch_out
    assert (found.criterion, found.outcome) == ("anonymous", "unknown")


def test_a_reason_has_its_facts(town, client):
    api = client(town(listing("Bedeling", "Gent", cost="fixed", facts={"cost_option.amount": "12.50"})))
    found = api.get("/api/v1/search?near=Gent&budget=5&lang=nl").json["results"][0]["watch_out"]
    assert (found["facts"], found["text"]) == ({"amount": 12.5}, "Het kost €\N{NO-BREAK SPACE}12,50")


def test_the_nearest_with_and_without_a_barrier_are_both_in_sight_and_marked(town, now):
    steps = [
        listing(f"Trappen {n}", "Gent", north_m=100 * n, wheelchair="no") for n in range(1, IN_SIGHT + 3)
    ]
    streets = town(*steps, listing("Zonder drempel", "Gent", north_m=3000, wheelchair="yes"))
    first = streets.search(now, near="Gent", situation="wheelchair").results[:IN_SIGHT]
    assert {each.service: each.nearest for each in first if each.nearest} == {
        "Trappen 1": "with_barrier",
        "Zonder drempel": "without_barrier",
    }


def test_nothing_is_marked_where_nothing_is_in_the_way_of_the_nearest(town, now):
    streets = town(
        listing("Vlak", "Gent", north_m=100, wheelchair="yes"),
        listing("Trap", "Gent", wheelchair="no", north_m=900),
    )
    results = streets.search(now, near="Gent", situation="wheelchair").results
    assert [each.nearest for each in results] == [None, None]


def test_sources_that_disagree_ask_for_attention(town, now):
    streets = town(listing("Bedeling", "Gent", cost="free", disputed=("cost_option.kind",)))
    assert streets.search(now, near="Gent").results[0].eight_b["betaalbaar"].verdict == "attention"
