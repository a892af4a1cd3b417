"""Figures of the state of a zone as numbers: medians, shares, and how they lie over all zones."""

from __future__ import annotations

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.desk.state.cell import Cell, Measure, median_of
from service.desk.state.read import FEWEST_ZONES, spreads, value_of
from service.desk.state.reader import questions
from service.i18n.locales import LOCALES
from service.model.fields import fields
from service.web.desk.state.sheet import Column, Forms, Sheet, as_csv


@given(st.lists(st.integers(0, 50), min_size=1))
def test_the_median_of_counted_numbers_is_the_median(numbers):
    assert median_of({each: numbers.count(each) for each in numbers}) == median(numbers)


def test_the_median_of_nothing_is_not_known():
    assert median_of({}) is None


measures = st.builds(
    Measure,
    st.booleans(),
    st.booleans(),
    st.dictionaries(st.sampled_from([q.code for q in questions()]), st.booleans()),
    st.lists(st.integers(0, 9_000), max_size=5).map(tuple),
    st.dictionaries(
        st.sampled_from(["betaalbaar", "bekend"]),
        st.integers(0, 9).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    ),
)


@given(st.lists(measures, max_size=8))
def test_every_share_lies_between_none_and_all(listings):
    cell = Cell()
    for each in listings:
        cell.add(each)
    found = cell.figures(per_question=True)
    names = ["ready", "verified", "known"]
    names += [f"{part}.{code}" for part in ("unknown", "questions") for code in found[part]]
    values = [value_of(found, name) for name in names]
    assert all(value is None or 0 <= value <= 1 for value in values)


def test_the_share_of_nothing_is_not_known():
    assert value_of({"known": [0, 0]}, "known") is None


def _zones(*shares):
    return [{"listings": 10, "verified": [share, 10]} for share in shares]


def test_a_figure_lies_between_the_lowest_and_the_highest_zone():
    found = spreads(_zones(1, 2, 3, 4, 5))["verified"]
    assert (found.low, found.quarter, found.middle, found.three_quarters, found.high) == pytest.approx(
        (0.1, 0.2, 0.3, 0.4, 0.5)
    )


def test_of_few_zones_nothing_is_told():
    assert spreads(_zones(*range(FEWEST_ZONES - 1))) == {}


def test_a_zone_with_few_listings_is_not_laid_beside_others():
    few = [{"listings": 4, "verified": [4, 4]}]
    assert spreads(_zones(1, 2, 3, 4, 5) + few)["verified"].high == 0.5


@pytest.mark.parametrize("question", questions(), ids=lambda each: each.code)
def test_what_a_reader_asks_is_answered_by_fields_and_said_in_every_language(question):
    assert set(question.fields) <= set(fields())
    assert all(question.labels[language] for language in LOCALES)


@pytest.mark.parametrize(
    ("days", "told"), [(5, "5 dagen"), (100, "3 maanden"), (800, "27 maanden"), (1_500, "4 jaar")]
)
def test_a_length_of_time_is_told_in_a_unit_of_its_size(days, told):
    assert Forms("nl").span(days) == told


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("days", [1, 3, 40, 90, 400, 2_000])
def test_a_length_of_time_has_words_in_every_language(language, days):
    assert "duration" not in Forms(language).span(days)


@pytest.mark.parametrize(
    ("share", "told"), [(0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.999, "99%"), (1, "100%")]
)
def test_a_share_is_neither_none_nor_all_by_rounding(share, told):
    assert Forms("nl").percent(share) == told


def test_a_text_that_a_spreadsheet_would_run_is_disarmed():
    forms = Forms("nl")
    sheet = Sheet("t", "Titel", "=1+1", (Column("a", ("a",)),), ((forms.words("=HYPERLINK(1)"),),))
    assert as_csv(sheet, ["@zone"]).splitlines() == ["'@zone · Titel · =1+1", "a", "'=HYPERLINK(1)"]
