"""Messy opening hours: own rows, the rows beside the project, and texts that nobody wrote."""

import csv
import json
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from service.geo.tables import rows_of, split
from service.model.schedule import parse_hours
from service.written.hours.lexicon import DATA, LANGUAGES
from service.written.hours.read import read_hours

HERE = Path(__file__).parent
KIT = HERE.parents[2] / "shared" / "queries" / "hours_dev.jsonl"
BEGIN, END = datetime(2026, 1, 1), datetime(2028, 1, 1)  # noqa: DTZ001 (clock time, as hours are written)
REASONS = {
    "appointment_only", "contact_first", "no_times", "no_days", "incomplete_times", "vague_times",
    "see_elsewhere", "school_holidays", "season_undefined", "exception_undated", "alternating_weeks",
    "week_of_month", "am_pm_unclear", "contradictory", "invalid_time", "spreadsheet_damage", "closed_for_now",
    "several_places", "several_services", "unread_words",
}  # fmt: skip
NOTES = {
    "by_appointment_outside", "phone_only", "phone_hours", "open_end", "last_entry", "remark",
    "audience_by_day", "temporary", "typo",
}  # fmt: skip


def own_rows():
    with (HERE / "data" / "hours_rows.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def open_times(osm):
    hours = OpeningHours(osm, country="BE")
    return tuple((a, b) for a, b, state, _ in hours.intervals(BEGIN, END) if state == State.OPEN)


def means_the_same(one, other):
    if one is None or other is None or "+" in one + other:
        return one == other
    return open_times(one) == open_times(other)


@pytest.mark.parametrize("row", own_rows(), ids=lambda row: row["text"])
def test_a_text_is_read_or_refused_with_its_reason(row):
    found = read_hours(row["text"], row["lang"])
    assert means_the_same(found.osm, row["osm"] or None), found
    assert found.appointment == (row["appointment"] or None)
    assert sorted(found.flags) == sorted(flag for flag in row["flags"].split(",") if flag)


@pytest.mark.skipif(not KIT.is_file(), reason="the rows lie beside the project")
def test_of_the_rows_beside_the_project_none_is_read_wrongly_and_nine_in_ten_exactly():
    rows = [json.loads(line) for line in KIT.read_text(encoding="utf-8").splitlines()]
    outcome = Counter()
    for row in rows:
        found = read_hours(row["text"], row["lang"])
        is_same = means_the_same(found.osm, row["osm"])
        is_exact = is_same and found.appointment == row["appointment"]
        outcome["exact"] += is_exact and sorted(found.flags) == sorted(row["flags"])
        outcome["wrong"] += found.osm is not None and not is_same
    assert outcome["wrong"] == 0
    assert outcome["exact"] >= 0.9 * len(rows)


@pytest.mark.parametrize(
    "text",
    [
        "ma/vr 9u-17u",
        "ma-wo-vr 9u-12u",
        "lundi 9h-12h, fermé mardi, mercredi 9h-12h",
        "ma 9u-12u, do 13u-16u (september tot juni), za 10u-12u",
        "ma-vr 9u-12u, wo 13u-17u",
        "dinsdag 9u-12u vanaf 1 september 2026",
        "un samedi par mois de 10h à 12h",
        "sauf le lundi: 9h-17h",
        "ma-do 9u-17u, vr tot 15u",
        "ma-vr 9u-12u, telefonisch",
        "maandag 9u-12u, donderdag 13u-16u op afspraak",
        "Onthaal: ma-vr 9u-12u. Kledingwinkel: ma 13u-16u",
        "ma-vr 9u-12u tenzij er geen vrijwilligers zijn",
        "afwisselend ma en di 9u-12u",
        "elke andere dinsdag 10-12",
        "maandag 6 juli 14u-16u",
        "ma-vr 9u-17u (telefonisch enkel na 15u)",
        "juli: ma 9u-12u; wo 13u-16u en ma-vr 8u-10u in de voormiddag tot 25u",
    ],
)
def test_what_can_mean_two_things_is_not_read(text):
    assert read_hours(text, "fr" if "lundi" in text or "samedi" in text else "nl").osm is None


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("ma 9u-12u", "nl", "Mo"),
        ("ma 9h-12h", "fr", "Tu"),
        ("di 9u-12u", "nl", "Tu"),
        ("di 9h-12h", "fr", "Su"),
    ],
)
def test_the_language_decides_which_day_a_short_form_is(text, language, days):
    assert read_hours(text, language).osm == f"{days} 09:00-12:00"


def test_without_a_language_a_day_of_two_languages_is_not_read():
    assert read_hours("ma 9-12", None).osm is None


def test_days_that_are_plainly_in_another_language_than_was_said_are_read_in_theirs():
    assert read_hours("lu-ma 9h-12h", "nl").osm == "Mo,Tu 09:00-12:00"


WORDS = sorted(
    word
    for language in LANGUAGES
    for row in rows_of(DATA / f"hours_{language}.csv")
    for word in split(row["words"])[:4]
)
BITS = st.sampled_from([
    *WORDS, "9u", "9u-12u", "13u", "13:30", "9.00", "12", "9-12", "14h", "2pm", "24/7", "1/7", "31/12/2026",
    "2e", ",", ";", "(", ")", "/", "-", ":", ".", "&", "+", "\n", "0,5", "3x", "02 411 22 33",
    "www.brug.be", "Brug", "25u",
])  # fmt: skip
SENTENCES = st.lists(BITS, max_size=14).map(" ".join)


def check(found):
    if found.osm is not None:
        parse_hours(found.osm)
        assert set(found.flags) <= NOTES
    else:
        assert found.flags
        assert set(found.flags) <= REASONS
    assert found.appointment in (None, "required", "optional")


@settings(max_examples=300, deadline=None)
@given(SENTENCES, st.sampled_from([None, *LANGUAGES, "xx"]))
def test_whatever_the_words_the_answer_is_valid(text, language):
    check(read_hours(text, language))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_whatever_the_characters_the_answer_is_valid(text):
    check(read_hours(text, "nl"))


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(own_rows()),
    st.sampled_from([str.upper, str.lower, lambda t: f"  {t.replace(' ', '  ')} "]),
)
def test_capitals_and_spaces_change_nothing(row, change):
    assert read_hours(change(row["text"]), row["lang"]) == read_hours(row["text"], row["lang"])
