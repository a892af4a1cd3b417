"""The screen of the 8 B's: one fact per test, and what must hold for every criterion."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.eight_b.criterion import clause_for
from service.eight_b.evaluate import passes
from service.eight_b.facts import Facts
from service.eight_b.screen import CRITERIA, outcome_of, prepare
from service.eight_b.situation import Situation
from service.model import terms
from service.search.index.fields import COLUMNS, features

TODAY = 20_781  # 24 November 2026, in days since 1 January 1970
MOLENBEEK, GENT, JETTE = (50.8567, 4.3310), (51.0543, 3.7174), (50.8756, 4.3242)
BIKE_M_PER_MINUTE = 180.0
NOW = 3_628_020  # noon of 24 November 2026 in Brussels, in minutes since the start of 2020


def person(**given):
    return Situation(today=TODAY, minute=NOW, radius_m=lambda minutes: minutes * BIKE_M_PER_MINUTE, **given)


def outcome(name, facts, situation=None):
    pairs = [pair for each in prepare(situation or person()).faces.values() for pair in each]
    faces = next(faces for criterion, faces in pairs if criterion.name == name)
    return outcome_of(faces, facts) if passes(faces.applies, facts) else None


@pytest.mark.parametrize(
    ("name", "situation", "facts", "expected"),
    [
        ("travel", {"centre": MOLENBEEK}, {"point": (50.8570, 4.3400)}, "pass"),
        ("travel", {"centre": MOLENBEEK}, {"point": JETTE}, "attention"),
        ("travel", {"centre": MOLENBEEK}, {"point": GENT}, "barrier"),
        ("travel", {"centre": MOLENBEEK}, {}, "unknown"),
        ("travel", {"centre": MOLENBEEK}, {"point": GENT, "channels": ("phone",)}, None),
        ("travel", {"centre": MOLENBEEK, "minutes": 400.0}, {"point": GENT}, "pass"),
        ("channel", {"ticks": frozenset({"phone"})}, {"channels": ("phone", "on_site")}, "pass"),
        ("channel", {"ticks": frozenset({"online"})}, {"channels": ("on_site",)}, "barrier"),
        ("channel", {"ticks": frozenset({"home_visit"})}, {}, "unknown"),
        ("non_digital", {}, {"channels": ("form", "phone")}, "pass"),
        ("non_digital", {}, {"channels": ("chat",)}, "attention"),
        ("non_digital", {"ticks": frozenset({"no_internet"})}, {"channels": ("chat",)}, "barrier"),
        ("hours", {"ticks": frozenset({"evening"})}, {"times": ("day", "evening")}, "pass"),
        ("hours", {"ticks": frozenset({"weekend"})}, {"times": ("day",)}, "barrier"),
        ("hours", {"ticks": frozenset({"weekend"})}, {}, "unknown"),
        ("step_free", {"ticks": frozenset({"wheelchair"})}, {"wheelchair": "yes"}, "pass"),
        ("step_free", {"ticks": frozenset({"wheelchair"})}, {"wheelchair": "limited"}, "attention"),
        ("step_free", {"ticks": frozenset({"wheelchair"})}, {"wheelchair": "no"}, "barrier"),
        ("step_free", {}, {"wheelchair": "no"}, "attention"),
        ("step_free", {}, {"wheelchair": "no", "channels": ("phone",)}, None),
        ("appointment", {}, {"appointment": "no"}, "pass"),
        ("appointment", {}, {"appointment": "required"}, "attention"),
        ("appointment", {"ticks": frozenset({"no_appointment"})}, {"appointment": "required"}, "barrier"),
        ("referral", {}, {"no": ("referral",)}, "pass"),
        ("referral", {}, {"yes": ("referral",)}, "attention"),
        ("documents", {"ticks": frozenset({"no_papers"})}, {"documents": ("asked",)}, "attention"),
        ("documents", {"ticks": frozenset({"no_papers"})}, {}, "unknown"),
        ("area", {"zones": frozenset({"bxl-noord"})}, {"serves": ("bxl-noord",)}, "pass"),
        ("area", {"zones": frozenset({"elz-gent"})}, {"serves": ("bxl-noord",)}, "attention"),
        ("area", {"zones": frozenset({"elz-gent"})}, {}, "unknown"),
        ("price", {}, {"cost": "free"}, "pass"),
        ("price", {}, {"cost": "fixed"}, "attention"),
        ("price", {"ticks": frozenset({"free"})}, {"cost": "fixed"}, "barrier"),
        ("price", {"ticks": frozenset({"free"})}, {"cost": "by_income"}, "attention"),
        ("price", {"ticks": frozenset({"free"})}, {}, "unknown"),
        ("price_explained", {}, {"cost": "fixed", "stated": ("price_note",)}, "pass"),
        ("price_explained", {}, {"cost": "fixed"}, "attention"),
        ("price_explained", {}, {"cost": "free"}, None),
        ("need", {"needs": frozenset({"food.parcel"})}, {"needs": ("food.parcel",)}, "pass"),
        ("need", {"needs": frozenset({"food.parcel"})}, {"needs": ("food.meal",)}, "attention"),
        ("audience", {"audience": frozenset({"young"})}, {"audience": ("everyone",)}, "pass"),
        ("audience", {"audience": frozenset({"young"})}, {"audience": ("older",)}, "attention"),
        ("audience", {"audience": frozenset({"man"})}, {"audience": ("woman",)}, "barrier"),
        ("audience", {"audience": frozenset({"man"})}, {"audience": ("woman", "man")}, "pass"),
        ("age", {"age": 16}, {"minimum_age": 18.0}, "barrier"),
        ("age", {"age": 16}, {"minimum_age": 12.0, "maximum_age": 25.0}, "pass"),
        ("language", {"speaks": frozenset({"ar"})}, {"languages": ("fr", "ar")}, "pass"),
        ("language", {"speaks": frozenset({"ar"})}, {"languages": ("fr", "nl")}, "barrier"),
        ("language", {"speaks": frozenset({"ar"})}, {}, "unknown"),
        ("text", {"speaks": frozenset({"fr"})}, {"described": ("nl", "fr")}, "pass"),
        ("text", {"speaks": frozenset({"ar"})}, {"described": ("nl", "fr")}, "attention"),
        ("verified", {}, {"checked_on": TODAY - 10.0}, "pass"),
        ("verified", {}, {"checked_on": TODAY - 200.0}, "attention"),
        ("verified", {}, {"checked_on": TODAY - 400.0}, "barrier"),
        ("verified", {}, {}, "unknown"),
        ("source", {}, {"said_on": TODAY - 100.0}, "pass"),
        ("source", {}, {"said_on": TODAY - 1000.0}, "attention"),
        ("source", {}, {}, "unknown"),
        ("confirmed", {}, {"readiness": "ready"}, "pass"),
        ("confirmed", {}, {"readiness": "lead"}, "attention"),
        ("anonymous", {"ticks": frozenset({"anonymous"})}, {}, "unknown"),
        ("complete", {}, {"needs": ("food.meal",)}, "attention"),
        ("materials", {}, {"described": ("nl", "fr")}, "pass"),
        ("materials", {}, {"described": ("nl",)}, "attention"),
        ("walk_in", {}, {"channels": ("on_site",), "appointment": "no"}, "pass"),
        ("walk_in", {}, {"channels": ("on_site",)}, "unknown"),
        ("women_only", {"ticks": frozenset({"women_only"})}, {"audience": ("woman", "family")}, "pass"),
        ("women_only", {"ticks": frozenset({"women_only"})}, {"audience": ("everyone",)}, "attention"),
        ("women_only", {"ticks": frozenset({"women_only"})}, {"audience": ("man",)}, "barrier"),
        ("children_along", {"ticks": frozenset({"children_along"})}, {"audience": ("family",)}, "pass"),
    ],
)
def test_outcome(name, situation, facts, expected):
    assert outcome(name, Facts(**facts), person(**situation)) == expected


def verdict(b, facts, **situation):
    return prepare(person(**situation)).verdicts(facts)[b]


def test_a_known_barrier_wins_over_everything():
    facts = Facts(channels=("on_site",), wheelchair="no", point=(50.8570, 4.3400))
    assert (
        verdict("bereikbaar", facts, centre=MOLENBEEK, ticks=frozenset({"wheelchair"})).verdict == "barrier"
    )


def test_what_is_asked_and_not_known_makes_it_unknown():
    facts = Facts(channels=("on_site",), point=(50.8570, 4.3400))
    assert (
        verdict("bereikbaar", facts, centre=MOLENBEEK, ticks=frozenset({"wheelchair"})).verdict == "unknown"
    )


def test_what_nobody_asked_for_does_not_spoil_a_fit():
    assert verdict("bereikbaar", Facts(channels=("on_site",))).verdict == "fits"


def test_nothing_known_is_unknown():
    assert verdict("betaalbaar", Facts()).verdict == "unknown"


def test_how_many_are_known_stands_beside():
    found = verdict("beschikbaar", Facts(appointment="no"))
    assert (found.known, found.of) == (1, 8)


def some(codes, size=2):
    return st.lists(st.sampled_from(sorted(codes)), max_size=size, unique=True).map(tuple)


def maybe(codes):
    return st.none() | st.sampled_from(sorted(codes))


AGES = st.none() | st.sampled_from([NOW - 1.0, NOW, NOW + 1.0, NOW + 5000.0])
FEATURES = st.lists(st.sampled_from(features()), max_size=12, unique=True).flatmap(
    lambda codes: st.integers(0, len(codes)).map(lambda cut: (tuple(codes[:cut]), tuple(codes[cut:])))
)


def of_column(name):
    """Values that a column of the index can have."""
    column = COLUMNS[name]
    if name == "point":
        return st.none() | st.sampled_from([MOLENBEEK, JETTE, GENT])
    if name.endswith("_until") and name != "recognised_until":
        return AGES
    if name in ("said_on", "checked_on", "valid_from", "valid_to", "recognised_until"):
        return st.none() | st.sampled_from([TODAY + 9.0, TODAY - 30.0, TODAY - 300.0, TODAY - 2000.0])
    if column.kind == "number":
        return st.none() | st.sampled_from([0.0, 5.0, 18.0, 40.0, 80.0, 95.0])
    if name in ("zone", "serves"):
        return some(["bxl-noord", "elz-gent"])
    if name in ("languages", "leaflets"):
        return some(["nl", "fr", "ar", "vgt"])
    if name == "needs":
        return some(["food.parcel", "housing.shelter"])
    if column.kind == "open_code":
        return st.none()
    return some(column.vocabulary(), 3) if column.kind == "set" else maybe(column.vocabulary())


COLUMN_VALUES = {each.name: of_column(each.name) for each in fields(Facts) if each.name not in ("yes", "no")}
FACTS = st.builds(
    lambda both, **columns: Facts(yes=both[0], no=both[1], **columns), both=FEATURES, **COLUMN_VALUES
)
PEOPLE = st.builds(
    person,
    speaks=some(["ar", "fr"]).map(frozenset),
    needs=some(["food.parcel", "food.meal"]).map(frozenset),
    audience=some(["man", "woman", "older"]).map(frozenset),
    ticks=some(terms.values("situation"), 5).map(frozenset),
    zones=some(["bxl-noord"]).map(frozenset),
    age=st.none() | st.integers(0, 100),
    household=maybe(terms.values("household")),
    budget=st.none() | st.sampled_from([0.0, 5.0, 20.0]),
    tariffs=some(["uitpas", "student"]).map(frozenset),
    papers=st.none() | some(terms.values("document")).map(lambda codes: frozenset(codes) - {"none"}),
    diet=some(terms.values("diet")).map(frozenset),
    centre=st.none() | st.just(MOLENBEEK),
)


@given(FACTS, PEOPLE)
def test_the_filter_and_the_verdict_agree(facts, situation):
    screen = prepare(situation)
    for b, found in screen.verdicts(facts).items():
        assert passes(screen.fits(b), facts) == (found.verdict == "fits"), b


@given(FACTS, PEOPLE)
def test_exactly_one_outcome_holds_where_a_criterion_applies(facts, situation):
    for pairs in prepare(situation).faces.values():
        for criterion, faces in pairs:
            held = [
                o for o in ("pass", "attention", "barrier", "unknown") if passes(clause_for(faces, o), facts)
            ]
            assert len(held) == passes(faces.applies, facts), criterion.name


@given(PEOPLE)
def test_a_listing_of_which_nothing_is_known_fits_nothing(situation):
    assert not any(found.verdict == "fits" for found in prepare(situation).verdicts(Facts()).values())


@given(FACTS, PEOPLE)
def test_every_outcome_that_comes_has_its_sentence(facts, situation):
    for found in prepare(situation).verdicts(facts).values():
        assert all(reason.sentence for reason in found.reasons)


def test_every_b_of_the_taxonomy_is_screened():
    assert tuple(CRITERIA) == tuple(terms.values("b"))
