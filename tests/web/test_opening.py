"""Opening hours in the words of schema.org say what opening-hours-py says, or nothing."""

import json
import re
from datetime import date, datetime, time, timedelta

import pytest

from service.config import TIMEZONE
from service.model.schedule import is_open_at
from service.web.opening import DAY_NAMES, specifications
from tests.conftest import FROZEN
from tests.web.made import path
from tests.web.reading import elements

MONDAY = date(2026, 8, 10)
SAID = (
    "Mo-Fr 09:00-12:30,13:30-17:00; PH off",
    "Mo-Fr 09:00-17:00; Sa 10:00-12:00; PH off",
    "Fr,Sa 22:00-02:00",
    "24/7",
    "Mo-Su 18:00-24:00",
    "Mo-Fr 09:00-17:00; 2026 Jul 13-2026 Aug 15 off",
    "We[1] 14:00-16:00",
    "week 1-53/2 We 09:00-12:00",
    "Mo-Fr 08:00-16:00; 2026 Aug 14 10:00-11:00; PH off",
)
UNSAID = (
    'Mo-Fr 09:00-12:00 "by appointment"',
    "Mo-Fr 09:00-12:00 unknown",
    "2020 Jan 01-2020 Feb 01 Mo 09:00-12:00",
    "Mo sunrise-sunset",
)


def stretches(specs, day):
    """The stretches that begin on a day: those of its date go before those of the usual week."""
    within = [each for each in specs if each["validFrom"] <= day.isoformat() <= each["validThrough"]]
    own = [each for each in within if "dayOfWeek" not in each]
    usual = [each for each in within if DAY_NAMES[day.weekday()] in each.get("dayOfWeek", ())]
    for each in own or usual:
        opens, closes = time.fromisoformat(each["opens"]), time.fromisoformat(each["closes"])
        if (each["opens"], each["closes"]) == ("00:00", "00:00"):
            continue
        end = day + timedelta(days=closes <= opens)
        last = datetime.combine(end, closes) + timedelta(minutes=each["closes"] == "23:59")
        yield datetime.combine(day, opens), last


def is_said_open(specs, moment):
    days = (moment.date() - timedelta(days=1), moment.date())
    return any(start <= moment < end for day in days for start, end in stretches(specs, day))


@pytest.mark.parametrize("begin", [MONDAY, date(2026, 12, 21)], ids=["August", "Christmas"])
@pytest.mark.parametrize("osm", SAID)
def test_a_week_is_said_as_it_is(osm, begin):
    specs = specifications(osm, begin - timedelta(days=1))
    assert specs
    first = datetime.combine(begin, time())
    wrong = []
    for quarter in range(7 * 24 * 4):
        moment = first + timedelta(minutes=15 * quarter)
        if is_said_open(specs, moment) != is_open_at(osm, moment.replace(tzinfo=TIMEZONE)):
            wrong.append(moment)
    assert wrong == []


@pytest.mark.parametrize("osm", UNSAID)
def test_what_cannot_be_said_exactly_is_left_out(osm):
    assert specifications(osm, MONDAY) == ()


def test_a_public_holiday_is_an_exception_with_its_date():
    specs = specifications("Mo-Fr 09:00-12:00; PH off", MONDAY)
    assert {
        "@type": "OpeningHoursSpecification",
        "opens": "00:00",
        "closes": "00:00",
        "validFrom": "2026-12-25",
        "validThrough": "2026-12-25",
    } in specs


def test_a_holiday_of_weeks_ends_where_it_ends():
    specs = specifications("Mo-Su 09:00-12:00; 2026 Aug 20-Aug 31 off", MONDAY)
    assert [(each["validFrom"], each["validThrough"]) for each in specs if "dayOfWeek" not in each] == [
        ("2026-08-20", "2026-08-31")
    ]


def test_a_page_says_its_hours_at_its_place(page):
    held = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(path("many")), flags=re.S)
    listing = json.loads(held[1])
    place = listing["availableChannel"].get("serviceLocation")
    said = place["openingHoursSpecification"] if place else listing["hoursAvailable"]
    assert {"opens": "07:30", "closes": "09:00"}.items() <= said[0].items()
    assert said[0]["validFrom"] == FROZEN.date().isoformat()


def test_hours_that_are_not_known_are_not_said(page):
    assert any(tag == "table" for tag, _given in elements(page(path("french"))))
    assert "OpeningHours" not in page(path("elsewhere"))
