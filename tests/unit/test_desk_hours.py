"""The small editor of opening hours: what it shows, what it writes, and what it leaves alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.desk.editing.hours import (
    DAYS,
    HOLIDAYS,
    DayHours,
    Exception_,
    Hours,
    read_note,
    read_time,
    write_hours,
)
from service.desk.editing.hours_read import read_hours
from service.errors import BadValue
from service.model.schedule import parse_hours

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "osm",
    [
        "Mo-Fr 09:00-12:30,13:30-17:00; PH off",
        "24/7",
        "Mo-Su 22:00-02:00",
        'Tu 09:00-12:00,13:00-17:00; Fr 18:00-02:00; Su 10:00-12:00 "na afspraak"',
        "Mo-We,Fr 09:00-12:00; 2026 Dec 24 off; PH 10:00-12:00",
        "Mo-Fr 09:00-17:00; 2026 Dec 24-2027 Jan 02 off",
        "Mo-Fr 09:00-17:00; Dec 25 off; easter +1 day off",
        'Mo-Fr 09:00-17:00 || unknown "op afspraak"',
        'unknown "op afspraak"',
        'Mo off "verlof"; Tu 09:00-10:00',
    ],
)
def test_what_the_editor_shows_it_writes_the_same(osm: str) -> None:
    hours = read_hours(osm, TODAY)
    assert hours is not None
    assert write_hours(hours) == osm


@pytest.mark.parametrize(
    ("osm", "written"),
    [
        ("Tu 09:00-12:00, Tu 13:00-17:00", "Tu 09:00-12:00,13:00-17:00"),
        ("Mo-Fr 09:00-17:00; We off", "Mo-Tu,Th-Fr 09:00-17:00"),
        ("Sa-Mo 10:00-12:00", "Mo,Sa-Su 10:00-12:00"),
        ("09:00-17:00", "Mo-Su 09:00-17:00"),
        ("Mo-Fr 16:00-22:00; Su,PH off", "Mo-Fr 16:00-22:00; PH off"),
    ],
)
def test_another_way_of_writing_is_the_same_week(osm: str, written: str) -> None:
    hours = read_hours(osm, TODAY)
    assert hours is not None
    assert write_hours(hours) == written


@pytest.mark.parametrize(
    "osm",
    [
        "Mo[1] 09:00-10:00",
        "week 1-53/2 Mo 09:00-12:00",
        "Sep-Jun Th[1,3] 17:00-19:00",
        "We 12:30-13:30; SH off",
        "Mo 09:00+",
        'Mo-Fr 09:00-17:00 || "on appointment"',
        "Jun 01-Aug 31: Mo 09:00-12:00",
        'Tu-Fr 10:00-16:00; Sa 00:00-12:00 unknown "tot de middag"',
        "sunrise-sunset",
    ],
)
def test_what_the_editor_cannot_show_it_leaves_alone(osm: str) -> None:
    assert read_hours(osm, TODAY) is None


def test_what_is_no_expression_is_refused() -> None:
    with pytest.raises(BadValue):
        read_hours("open when we feel like it", TODAY)


@pytest.mark.parametrize(
    ("text", "time"),
    [("9", "09:00"), ("9u30", "09:30"), ("17.00", "17:00"), (" 8 h ", "08:00"), ("9:05", "09:05")],
)
def test_times_are_read_as_people_write_them(text: str, time: str) -> None:
    assert read_time(text) == time


@pytest.mark.parametrize("text", ["24:00", "0:00", "24"])
def test_a_day_can_end_at_midnight(text: str) -> None:
    assert read_time(text, is_end=True) == "24:00"


@pytest.mark.parametrize("text", ["25:00", "9:60", "nine", "24:00", "9-12"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        read_time(text)


@pytest.mark.parametrize("text", ['say "hello"', "a;b", "x" * 61, "a||b"])
def test_a_note_cannot_break_out_of_its_quotes(text: str) -> None:
    with pytest.raises(BadValue):
        read_note(text)


def test_nothing_filled_in_says_nothing() -> None:
    assert Hours().is_empty


_HALF_HOURS = [f"{hour:02}:{minute}" for hour in range(6, 23) for minute in ("00", "30")]


@st.composite
def a_day(draw: st.DrawFn) -> DayHours:
    times = sorted(draw(st.sets(st.sampled_from(_HALF_HOURS), max_size=6)))
    spans = tuple(zip(times[::2], times[1::2], strict=False))
    return DayHours(spans, draw(st.sampled_from(["", "na afspraak", "enkel voor leden"])) if spans else "")


@st.composite
def a_schedule(draw: st.DrawFn) -> Hours:
    week = tuple(draw(a_day()) for _ in DAYS)
    closed = st.builds(lambda holiday: Exception_(holiday=holiday), st.sampled_from(HOLIDAYS))
    dated = st.builds(
        lambda hours, day: Exception_(hours, first=day, last=day),
        a_day(),
        st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    )
    exceptions = draw(
        st.lists(st.one_of(closed, dated), max_size=3, unique_by=lambda e: (e.holiday, e.first))
    )
    return Hours(week, tuple(exceptions), draw(st.sampled_from(["", "op afspraak"])))


@settings(max_examples=60, deadline=None)
@given(a_schedule())
def test_every_week_with_exceptions_comes_back_as_it_was(hours: Hours) -> None:
    if hours.is_empty:
        return
    osm = write_hours(hours)
    parse_hours(osm)
    back = read_hours(osm, TODAY)
    assert back is not None
    assert write_hours(back) == osm
