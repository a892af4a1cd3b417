"""Schedules of HSDS become opening hours where they have one reading, and stay words where they have not."""

from datetime import date

import pytest

from importers.readers.hsds.original import read_original
from importers.readers.hsds.schedules import read_schedules
from importers.readers.hsds.staging import Item

TODAY = date(2026, 8, 18)


def _read(*rows, holidays=()):
    def items(given):
        return [Item("schedule", "", "schedules.csv", n, row) for n, row in enumerate(given, 2)]

    return read_schedules(items(rows), items(holidays), TODAY)


def _day(weekday, opens="09:00", closes="17:00"):
    return {"weekday": weekday, "opens_at": opens, "closes_at": closes}


@pytest.mark.parametrize(
    ("rows", "osm"),
    [
        ([_day("Monday")], "Mo 09:00-17:00"),
        ([_day("1"), _day("2"), _day("3")], "Mo-We 09:00-17:00"),
        ([_day("Mon", "9:00am", "5:00pm"), _day("Wed", "9:00am", "5:00pm")], "Mo,We 09:00-17:00"),
        ([_day("7", "09:00:00", "12:00:00")], "Su 09:00-12:00"),
        ([_day("Tue", "12:00pm", "12:00am")], "Tu 12:00-24:00"),
        ([_day("Tue", "00:00", "23:59")], "Tu 00:00-24:00"),
        ([_day("Fri", "20:00", "02:00")], "Fr 20:00-02:00"),
        ([_day("Mon", "14:00", "17:00"), _day("Mon", "09:00", "12:00")], "Mo 09:00-12:00,14:00-17:00"),
        ([_day("Mon"), _day("Sat", "", "")], "Mo 09:00-17:00"),
        ([_day("Monday - Friday")], "Mo-Fr 09:00-17:00"),
        ([_day("Mon thru Wed & Fridays")], "Mo-We,Fr 09:00-17:00"),
        ([_day("Saturday-Monday")], "Mo,Sa,Su 09:00-17:00"),
        ([_day("Weekdays")], "Mo-Fr 09:00-17:00"),
        ([_day("Mon"), _day("Sunday", "Closed", "12:00am")], "Mo 09:00-17:00"),
        ([_day("Daily", "24 hours", "")], "Mo-Su 00:00-24:00"),
        ([{"weekday": "Tuesday", "dtstart": "8:30AM", "until": "5:30PM"}], "Tu 08:30-17:30"),
        ([{"freq": "WEEKLY", "byday": "TH,FR", "opens_at": "10:00Z", "closes_at": "18:00Z"}],
         "Th,Fr 10:00-18:00"),
        ([{"freq": "WEEKLY", "dtstart": "2020-01-06", "opens_at": "10:00", "closes_at": "18:00"}],
         "Mo 10:00-18:00"),
        ([{"freq": "DAILY", "opens_at": "10:00", "closes_at": "18:00"}], "Mo-Su 10:00-18:00"),
        ([{"freq": "MONTHLY", "byday": "1MO,-1FR", "opens_at": "10:00", "closes_at": "12:00"}],
         "Mo[1] 10:00-12:00, Fr[-1] 10:00-12:00"),
        ([_day("Mon") | {"valid_from": "2026-09-01", "valid_to": "2026-12-20"}],
         "2026 Sep 01-2026 Dec 20 Mo 09:00-17:00"),
        ([_day("Mon") | {"valid_from": "2020-09-01", "valid_to": "2099-12-31"}], "Mo 09:00-17:00"),
        ([_day("Mon"), _day("Tue") | {"valid_to": "2020-01-01"}], "Mo 09:00-17:00"),
    ],
)  # fmt: skip
def test_rows_with_one_reading(rows, osm):
    assert _read(*rows).osm == osm


@pytest.mark.parametrize(
    "row",
    [
        _day("Mon", "9am", "03:00"),
        _day("Mon", "09:00", "05:00"),
        _day("Mon", "22:00", "16:00"),
        _day("Mon", "09:00", "09:00"),
        _day("Mon", "00:00", "00:00"),
        _day("Mon", "8:00m", "17:00"),
        _day("Mon", "9", "17"),
        _day("Mon", "6:300pm", "8:00pm"),
        _day("Mon", "", "17:00"),
        _day("0"),
        _day("Someday"),
        _day("Tue", "08:30", "16:00"),
        _day("Second Saturday"),
        _day("Every other Tuesday"),
        _day("November 1 - March 31"),
        _day("Mon", "Closed", "17:00"),
        _day(""),
        {"freq": "MONTHLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"},
        {"freq": "WEEKLY", "interval": "2", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"},
        {"freq": "YEARLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"},
        {"freq": "WEEKLY", "byday": "MO", "count": "3", "opens_at": "10:00", "closes_at": "12:00"},
        {"bymonthday": "2", "opens_at": "10:00", "closes_at": "12:00"},
    ],
)
def test_a_row_without_a_sure_reading_leaves_all_as_words(row):
    read = _read(_day("Tue"), row)
    assert (read.osm, bool(read.why), bool(read.texts)) == (None, True, True)


def test_words_of_the_feed_are_kept_beside_the_hours():
    assert _read(_day("Mon") | {"description": "Ring the bell"}).texts == ("Ring the bell",)


@pytest.mark.parametrize(
    ("holiday", "end"),
    [
        ({"closed": "true", "start_date": "2026-12-24", "end_date": "2026-12-26"},
         "; 2026 Dec 24-2026 Dec 26 off"),
        ({"closed": "f", "start_date": "2026-12-24", "opens_at": "10:00", "closes_at": "12:00"},
         "; 2026 Dec 24 10:00-12:00"),
        ({"closed": "true", "start_date": "2019-12-24", "end_date": "2019-12-26"}, ""),
        ({"closed": "true", "start_date": "January 01, 0001"}, ""),
    ],
)  # fmt: skip
def test_days_with_other_hours_still_to_come(holiday, end):
    assert _read(_day("Mon"), holidays=[holiday]).osm == f"Mo 09:00-17:00{end}"


@pytest.mark.parametrize(
    ("text", "osm"),
    [
        ("9:00am-5:00pm, Mon-Fri", "Mo-Fr 09:00-17:00"),
        ("9:30am-6:00pm, Mon, Thur;\\n9:30am-8:00pm, Wed", "Mo,Th 09:30-18:00; We 09:30-20:00"),
        ("8:00am-1:00pm / 2:00pm-6:00pm, Tue", "Tu 08:00-13:00,14:00-18:00"),
        ("Sat: 10am-noon", "Sa 10:00-12:00"),
        ("9:00am-5:00pm, Mon-Fri;\\n9:00am-7:00pm, Wed", "Mo,Tu,Th,Fr 09:00-17:00; We 09:00-19:00"),
        ("9:00am-5:00, Mon-Fri", "Mo-Fr 09:00-17:00"),
        ("24 hours a day, 7 days a week\\n\\n9:00am-8:00pm, Mon", None),
        ("10:00am-5:00pm, Tue;\\n9:30pm-5:00pm, Fri", None),
        ("Clinic:\\n8:00am-7:00pm, Mon", None),
        ("By appointment", None),
    ],
)  # fmt: skip
def test_words_from_which_rows_were_made(text, osm):
    assert read_original(text) == osm


def test_words_win_over_the_rows_that_were_badly_made_from_them():
    row = _day("Saturday", "7:00am", "7:00pm") | {
        "original_text": "7:00am-7:00pm, Mon-Fri;\\n8:00am-5:00pm, Sat"
    }
    assert _read(row).osm == "Mo-Fr 07:00-19:00; Sa 08:00-17:00"


def test_rows_that_say_less_than_their_words_are_not_believed():
    row = _day("Monday", "7:30am", "4:00pm") | {
        "original_text": "Office: 7:30am-4:00pm, Mon\\nIntake: 6:00am-7:00am, Mon"
    }
    assert _read(row).osm is None
