"""The screen of the 8 B's: one fact per test, and what must hold for every criterion."""

from dataclasses import fields, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.eight_b.criterion import IN_DISPUTE, clause_for
from service.eight_b.evaluate import passes
from service.eight_b.facts import Facts
from service.eight_b.screen import CRITERIA, outcome_of, prepare
from service.eight_b.situation import Situation
from service.model import terms
from service.search.index.fields import COLUMNS, STATED, features

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
SOME_COLUMNS = st.lists(st.sampled_from(sorted(COLUMN_VALUES)), min_size=1, max_size=16, unique=True)
FACTS = st.builds(
    lambda both, columns: Facts(yes=both[0], no=both[1], **columns),
    FEATURES,
    SOME_COLUMNS.flatmap(lambda names: st.fixed_dictionaries({name: COLUMN_VALUES[name] for name in names})),
)
ONE_COLUMN = st.sampled_from(sorted(COLUMN_VALUES)).flatmap(
    lambda name: st.tuples(st.just(name), COLUMN_VALUES[name])
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


RANK = {"barrier": 0, "unknown": 1, "attention": 2, "fits": 3}


@given(FACTS, ONE_COLUMN, PEOPLE)
def test_filling_in_what_was_not_known_never_turns_fits_into_unknown(facts, column, situation):
    name, value = column
    assume(name != "disputed")
    screen = prepare(situation)
    after = screen.verdicts(replace(facts, **{name: value}))
    for b, before in screen.verdicts(replace(facts, **{name: getattr(Facts(), name)})).items():
        assert not (before.verdict == "fits" and after[b].verdict == "unknown"), b


@given(FACTS, st.sampled_from(features()), st.booleans(), PEOPLE)
def test_learning_a_yes_or_no_never_turns_fits_into_unknown(facts, feature, is_so, situation):
    assume(feature not in (*facts.yes, *facts.no))
    column = "yes" if is_so else "no"
    screen = prepare(situation)
    after = screen.verdicts(replace(facts, **{column: (*getattr(facts, column), feature)}))
    for b, before in screen.verdicts(facts).items():
        assert not (before.verdict == "fits" and after[b].verdict == "unknown"), b


WORSE = [
    ("cost", "free", "by_income"), ("cost", "by_income", "fixed"), ("cost", "free", "deposit"),
    ("amount", 5.0, 18.0), ("appointment", "no", "required"), ("appointment", "optional", "required"),
    ("wheelchair", "yes", "limited"), ("wheelchair", "limited", "no"), ("intake", "open", "limited"),
    ("intake", "limited", "stopped"), ("wait_first", 5.0, 18.0), ("wait_first", 18.0, 80.0),
    ("wait_start", 5.0, 80.0), ("places", 5.0, 0.0), ("referral_by", "none", "any_worker"),
    ("referral_by", "any_worker", "one_organization"), ("documents", ("none",), ("identity",)),
    ("documents", ("identity",), ("identity", "residence_permit")), ("residence", ("none",), ("legal_stay",)),
    ("extra_costs", ("none",), ("transport",)), ("exclusions", ("none",), ("men", "no_legal_stay")),
    ("digital", ("none",), ("online_booking",)), ("digital", ("online_booking",), ("itsme",)),
    ("interpreter", ("phone",), ("none",)), ("frequency", "unlimited", "once"), ("door", 95.0, 80.0),
    ("door", 80.0, 40.0), ("readiness", "ready", "lead"), ("checked_on", TODAY - 30.0, TODAY - 300.0),
    ("checked_on", TODAY - 300.0, TODAY - 2000.0), ("said_on", TODAY - 30.0, TODAY - 2000.0),
    ("training", ("trauma",), ("none",)), ("reduced", ("uitpas",), ("none",)),
]  # fmt: skip
GOOD_TO_HAVE = sorted(set(features()) - {"referral", "identity_check", "cancellation_fee"})


@given(FACTS, st.sampled_from(WORSE), PEOPLE)
def test_a_worse_fact_never_improves_a_verdict(facts, change, situation):
    name, better, worse = change
    screen = prepare(situation)
    before = screen.verdicts(replace(facts, **{name: better}))
    for b, after in screen.verdicts(replace(facts, **{name: worse})).items():
        assert RANK[after.verdict] <= RANK[before[b].verdict], b


@given(FACTS, st.sampled_from(features()), PEOPLE)
def test_a_no_where_a_yes_is_good_never_improves_a_verdict(facts, feature, situation):
    facts = replace(facts, disputed=())  # a yes that is denied elsewhere is in doubt, a no to a wish is not
    others = {name: tuple(c for c in getattr(facts, name) if c != feature) for name in ("yes", "no")}
    good, bad = ("yes", "no") if feature in GOOD_TO_HAVE else ("no", "yes")
    assume(feature != "women_only")  # a wish of some, and no worse for others
    screen = prepare(situation)
    before = screen.verdicts(replace(facts, **{**others, good: (*others[good], feature)}))
    after = screen.verdicts(replace(facts, **{**others, bad: (*others[bad], feature)}))
    for b in CRITERIA:
        assert RANK[after[b].verdict] <= RANK[before[b].verdict], b


AGEING = ("intake", "wait_first", "wait_start", "places")


@given(FACTS, PEOPLE)
def test_what_has_expired_counts_as_not_known(facts, situation):
    expired = replace(facts, **{f"{name}_until": float(NOW) for name in AGEING})
    forgotten = replace(facts, **dict.fromkeys(AGEING), **{f"{name}_until": None for name in AGEING})
    assert prepare(situation).verdicts(expired) == prepare(situation).verdicts(forgotten)


@pytest.mark.parametrize(("minute", "expected"), [(NOW - 1, "pass"), (NOW, "unknown"), (NOW + 1, "unknown")])
def test_a_fact_expires_at_the_minute(minute, expected):
    facts = Facts(intake="open", intake_until=float(NOW))
    situation = replace(person(), minute=minute)
    faces = dict(pair for pairs in prepare(situation).faces.values() for pair in pairs)
    intake = next(faces for criterion, faces in faces.items() if criterion.name == "intake")
    assert outcome_of(intake, facts) == expected


@given(FACTS, PEOPLE)
def test_what_is_in_dispute_never_fits_and_is_never_in_the_way(facts, situation):
    everything = replace(facts, disputed=COLUMNS["disputed"].vocabulary())
    for verdict in prepare(situation).verdicts(everything).values():
        for reason in verdict.reasons:
            criterion = next(c for each in CRITERIA.values() for c in each if c.name == reason.criterion)
            if {"hours" if r == "times" else r for r in criterion.reads} & set(everything.disputed):
                assert reason.outcome in ("attention", "unknown"), reason


def test_a_dispute_says_so():
    found = verdict("betaalbaar", Facts(cost="free", disputed=("cost",)))
    assert (found.verdict, found.reasons[0].sentence) == ("attention", IN_DISPUTE)


@pytest.mark.parametrize("criterion", [c for each in CRITERIA.values() for c in each], ids=lambda c: c.name)
def test_a_criterion_reads_what_the_index_knows(criterion):
    assert set(criterion.reads) <= {*COLUMNS, *features(), *STATED}


def test_every_b_has_at_least_five_criteria():
    assert all(len(criteria) >= 5 for criteria in CRITERIA.values())


def test_every_situation_is_read_by_a_criterion():
    assert {tick for each in CRITERIA.values() for c in each for tick in c.ticks} == set(
        terms.values("situation")
    )
