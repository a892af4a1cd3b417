from dataclasses import fields
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.config import TIMEZONE
from service.errors import BadParameter
from service.model import terms
from service.model.fields import LANGUAGES
from service.search.index.fields import COLUMNS, LANGUAGE_CODES
from service.search.query.criteria import Criteria, read, write
from service.search.query.filters.table import FILTERS, MODES

texts = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffd"), max_size=60).map(
    lambda text: " ".join(text.split())
)
moments = st.datetimes(
    min_value=datetime(2001, 1, 1),  # noqa: DTZ001 (the strategy adds the zone),
    max_value=datetime(2098, 12, 31),  # noqa: DTZ001
).map(lambda moment: moment.replace(microsecond=0, tzinfo=TIMEZONE).astimezone(UTC).astimezone(TIMEZONE))


def several(codes):
    return st.lists(st.sampled_from(sorted(codes)), max_size=3, unique=True).map(tuple)


def maybe(strategy):
    return st.none() | strategy


CENTRES = st.one_of(
    st.just({}),
    texts.filter(bool).map(lambda name: {"near": name}),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)).map(lambda p: {"lat": p[0], "lon": p[1]}),
)
FENCES = st.one_of(
    st.just({}),
    st.integers(1, 200_000).map(lambda metres: {"within_m": metres}),
    st.integers(1, 240).map(lambda minutes: {"minutes": minutes}),
)
CRITERIA = st.builds(
    lambda centre, fence, **rest: Criteria(**rest, **centre, **(fence if centre else {})),
    CENTRES,
    FENCES,
    q=texts,
    lang=maybe(st.sampled_from(LANGUAGES)),
    need=several(terms.needs()),
    theme=maybe(st.sampled_from(sorted(terms.themes()))),
    mode=maybe(st.sampled_from(MODES)),
    zone=maybe(st.sampled_from(COLUMNS["zone"].vocabulary())),
    municipality=maybe(st.sampled_from(["21012", "44021"])),
    speaks=several(LANGUAGE_CODES),
    situation=several(terms.values("situation")),
    audience=several(terms.values("audience")),
    b=several(terms.values("b")),
    language=several(LANGUAGE_CODES),
    open_at=maybe(st.just("now") | moments),
    channel=maybe(st.sampled_from(sorted(terms.values("channel")))),
    page=st.integers(1, 400),
    per_page=st.integers(1, 50),
    understand=st.booleans(),
    without=several(["place", "open_at", "need:food.parcel", "situation:free", "speaks:ar"]),
    explain=st.booleans(),
)


@given(CRITERIA)
@settings(max_examples=150)
def test_reading_what_was_written_gives_the_same_criteria(criteria):
    assert read(write(criteria), strict=True) == criteria


@given(CRITERIA)
@settings(max_examples=50)
def test_writing_is_settled_after_once(criteria):
    pairs = write(criteria)
    assert write(read(pairs, strict=True)) == pairs


def test_every_field_of_the_criteria_is_a_parameter():
    assert {each.name for each in fields(Criteria)} == set(FILTERS)


def test_every_example_of_the_table_is_valid():
    for name, each in FILTERS.items():
        assert each.parse(name, each.example) is not None, name


def test_nothing_given_writes_nothing():
    assert write(Criteria()) == []


REFUSED = [
    ("foo=1", "foo"),
    ("q=a&q=b", "q"),
    ("q=" + "a" * 501, "q"),
    ("q=a\x00b", "q"),
    ("q=a\x07b", "q"),
    ("q=\ufffd", "q"),
    ("lang=xx", "lang"),
    ("lang=nl&lang=fr", "lang"),
    ("need=food", "need"),
    ("need=", "need"),
    ("theme=food.parcel", "theme"),
    ("theme=food&theme=money", "theme"),
    ("near=a&near=b", "near"),
    ("near=" + "a" * 101, "near"),
    ("lat=50.8", "lon"),
    ("lon=4.3", "lat"),
    ("lat=90.1&lon=4", "lat"),
    ("lat=50&lon=-180.5", "lon"),
    ("lat=nan&lon=4", "lat"),
    ("lat=5e1&lon=4", "lat"),
    ("lat=50,8&lon=4", "lat"),
    ("lat=٥٠&lon=4", "lat"),
    ("near=Gent&lat=50&lon=4", "near"),
    ("within_m=0&near=Gent", "within_m"),
    ("within_m=200001&near=Gent", "within_m"),
    ("within_m=1.5&near=Gent", "within_m"),
    ("within_m=500", "within_m"),
    ("minutes=10", "minutes"),
    ("minutes=241&near=Gent", "minutes"),
    ("minutes=-1&near=Gent", "minutes"),
    ("minutes=10&within_m=500&near=Gent", "minutes"),
    ("within_m=500&q=eten&understand=false", "within_m"),
    ("mode=horse", "mode"),
    ("zone=atlantis", "zone"),
    ("municipality=2101", "municipality"),
    ("municipality=21012x", "municipality"),
    ("speaks=english", "speaks"),
    ("situation=rich", "situation"),
    ("audience=dogs", "audience"),
    ("b=affordable", "b"),
    ("language=xx", "language"),
    ("open_at=soon", "open_at"),
    ("open_at=2026-11-22", "open_at"),
    ("open_at=2026-13-22T10:00", "open_at"),
    ("open_at=1926-11-22T10:00", "open_at"),
    ("open_at=0001-01-01T00:00:00+14:00", "open_at"),
    ("channel=pigeon", "channel"),
    ("page=0", "page"),
    ("page=401", "page"),
    ("page=1&page=2", "page"),
    ("per_page=51", "per_page"),
    ("per_page=0", "per_page"),
    ("understand=maybe", "understand"),
    ("explain=2", "explain"),
]


@pytest.mark.parametrize(("query", "parameter"), REFUSED)
def test_refused(query, parameter):
    pairs = [tuple(pair.split("=", 1)) for pair in query.split("&")]
    with pytest.raises(BadParameter) as error:
        read(pairs, strict=True)
    assert error.value.parameter == parameter
    assert error.value.allowed


def test_question_of_the_longest_length_is_read():
    assert len(read([("q", "a" * 500)], strict=True).q) == 500


def test_white_space_of_a_question_is_made_single_blanks():
    assert read([("q", "  huur\n\tbetalen ")], strict=True).q == "huur betalen"


def test_time_without_offset_is_in_brussels():
    moment = read([("open_at", "2026-07-01T09:00")], strict=True).open_at
    assert moment.isoformat() == "2026-07-01T09:00:00+02:00"


def test_time_with_offset_is_the_same_moment_in_brussels():
    moment = read([("open_at", "2026-12-01T09:00:00Z")], strict=True).open_at
    assert moment.isoformat() == "2026-12-01T10:00:00+01:00"


def test_hour_that_the_clock_skips_is_the_next_one():
    moment = read([("open_at", "2026-03-29T02:30")], strict=True).open_at
    assert moment.isoformat() == "2026-03-29T03:30:00+02:00"


def test_repeated_value_counts_once():
    assert read([("need", "food.parcel")] * 2, strict=True).need == ("food.parcel",)


def test_fence_may_rely_on_a_place_in_the_question():
    assert read([("q", "eten in gent"), ("minutes", "10")], strict=True).minutes == 10


def test_page_drops_parameters_it_does_not_know():
    assert read([("fbclid", "x"), ("q", "eten")], strict=False) == Criteria(q="eten")


def test_page_drops_empty_form_fields():
    assert read([("near", ""), ("theme", ""), ("q", "")], strict=False) == Criteria()


def test_page_still_reports_a_bad_value():
    with pytest.raises(BadParameter):
        read([("lat", "x"), ("lon", "4")], strict=False)


def test_message_does_not_repeat_a_long_value():
    with pytest.raises(BadParameter) as error:
        read([("theme", "x" * 5000)], strict=True)
    assert len(str(error.value)) < 100
