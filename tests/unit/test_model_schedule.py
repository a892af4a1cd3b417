"""Opening hours in Europe/Brussels, on holidays and across clock changes."""

from datetime import date, datetime

import pytest

from service.config import TIMEZONE
from service.errors import BadValue
from service.model.schedule import is_open_at, next_open, open_spans, parse_hours, usual_times

OFFICE = "Mo-Fr 09:00-12:00,13:00-17:00; PH off"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=TIMEZONE)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24T10:00", True),
        ("2026-11-24T12:30", False),
        ("2026-11-22T10:00", False),
        ("2026-12-25T10:00", False),
        ("2026-11-11T10:00", False),
    ],
)
def test_office_hours(moment, expected):
    assert is_open_at(OFFICE, at(moment)) is expected


def test_the_last_minute_is_outside():
    assert is_open_at(OFFICE, at("2026-11-24T12:00")) is False


def test_what_the_expression_calls_unknown_is_unknown():
    assert is_open_at("Mo-Fr unknown", at("2026-11-24T10:00")) is None


def test_next_open_skips_christmas_and_the_weekend():
    assert next_open(OFFICE, at("2026-12-24T18:00")) == at("2026-12-28T09:00")


def test_what_is_open_has_no_next_opening():
    assert next_open(OFFICE, at("2026-11-24T10:00")) is None


def test_what_never_opens_has_none():
    assert next_open("Mo-Su off", at("2026-11-24T10:00")) is None


def test_moments_are_compared_whatever_their_zone():
    assert is_open_at(OFFICE, datetime.fromisoformat("2026-11-24T08:30+00:00")) is True


def test_the_night_of_the_autumn_clock_change_has_25_hours():
    (span,) = open_spans("24/7", date(2026, 10, 25))
    assert (span.end.timestamp() - span.start.timestamp()) / 3600 == 25


def test_the_night_of_the_spring_clock_change_has_23_hours():
    (span,) = open_spans("24/7", date(2027, 3, 28))
    assert (span.end.timestamp() - span.start.timestamp()) / 3600 == 23


def test_open_through_the_autumn_change():
    opens = "Sa 22:00-26:00"
    second_half_past_two = datetime.fromisoformat("2026-10-25T01:30+00:00")  # 2:30 for the second time
    assert is_open_at(opens, datetime.fromisoformat("2026-10-24T23:30+00:00")) is True
    assert is_open_at(opens, second_half_past_two) is False


def test_usual_times():
    assert usual_times("Tu 17:00-20:00; Sa 10:00-12:00", date(2026, 11, 24)) == ("day", "evening", "weekend")


def test_office_hours_are_by_day():
    assert usual_times(OFFICE, date(2026, 12, 21)) == ("day", "school_hours")


def test_hours_in_other_words_are_refused():
    with pytest.raises(BadValue, match="opening_hours form"):
        parse_hours("ma-vr 9u-12u")
