"""Opening hours in the words of schema.org: a usual week, and the days that differ from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby

from service.config import TIMEZONE
from service.model.schedule import OpenSpan, has_unknown, open_spans

WEEKS = 52  # what is said is said of these alone: further ahead nobody has looked
MOST_EXCEPTIONS = 30  # a year has ten public holidays; with more stretches than these there is no usual week
_BY_THE_SUN = re.compile(r"sunrise|sunset|dawn|dusk")  # which depends on the place and the day
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Hours = tuple[tuple[str, str], ...]
"""The stretches of a day as (opens, closes); a stretch into the night closes earlier than it opens."""

Specification = dict[str, str | list[str]]
_CLOSED: Hours = (("00:00", "00:00"),)
_WHOLE_DAY = ("00:00", "23:59")  # so those who read it want it; from 00:00 to 00:00 is closed


@lru_cache(maxsize=2_000)
def specifications(osm: str, today: date) -> tuple[Specification, ...]:
    """The hours of the 52 weeks from ``today`` as OpeningHoursSpecification; none where they cannot be said.

    They cannot where the expression has comments ("by appointment"), goes by the sun, says itself that it
    does not know, or has no usual week. A day that differs stands by its date and without a day of the week,
    and goes before the usual week. Raises BadValue when ``osm`` is no expression of opening hours.
    """
    spans = () if _BY_THE_SUN.search(osm) else tuple(open_spans(osm, today, 7 * WEEKS))
    if not spans or any(span.comment for span in spans) or has_unknown(osm, today, 7 * WEEKS):
        return ()
    days = [today + timedelta(days=number) for number in range(7 * WEEKS)]
    held = _by_day(spans)
    hours = {day: tuple(held.get(day, ())) for day in days}
    usual = {number: _commonest([hours[day] for day in days[number::7]]) for number in range(7)}
    differing = [day for number, day in enumerate(days) if hours[day] != usual[number % 7]]
    runs = list(_runs(differing, hours))
    if len(runs) > MOST_EXCEPTIONS:
        return ()
    of_weekday = {days[number].weekday(): usual[number] for number in range(7)}
    return (*_usual(of_weekday, days[0], days[-1]), *_exceptions(runs, hours))


def _by_day(spans: tuple[OpenSpan, ...]) -> dict[date, list[tuple[str, str]]]:
    """A night belongs to the day it begins on; what lasts a day or longer is told day by day."""
    found: dict[date, list[tuple[str, str]]] = {}
    for span in spans:
        start = span.start
        while start < span.end:
            midnight = datetime.combine(start.date() + timedelta(days=1), time(), TIMEZONE)
            is_long = span.end - span.start >= timedelta(days=1)
            end = min(midnight, span.end) if is_long else span.end
            whole = start.time() == time() and end == midnight
            said = _WHOLE_DAY if whole else (f"{start:%H:%M}", f"{end:%H:%M}")
            found.setdefault(start.date(), []).append(said)
            start = end
    return found


def _commonest(seen: list[Hours]) -> Hours:
    return Counter(seen).most_common(1)[0][0]


def _runs(differing: list[date], hours: dict[date, Hours]) -> Iterator[list[date]]:
    """Days after one another with the same hours: a holiday of three weeks is one stretch."""

    def key(place: tuple[int, date]) -> tuple[int, Hours]:
        number, day = place
        return day.toordinal() - number, hours[day]

    for _key, together in groupby(enumerate(differing), key):
        yield [day for _number, day in together]


def _usual(of_weekday: dict[int, Hours], first: date, last: date) -> Iterator[Specification]:
    """Days of the week with the same stretch stand together."""
    stretches = sorted({stretch for hours in of_weekday.values() for stretch in hours})
    for opens, closes in stretches:
        names = [DAY_NAMES[day] for day in range(7) if (opens, closes) in of_weekday[day]]
        yield _specification(opens, closes, first, last) | {"dayOfWeek": names}


def _exceptions(runs: list[list[date]], hours: dict[date, Hours]) -> Iterator[Specification]:
    for run in runs:
        for opens, closes in hours[run[0]] or _CLOSED:
            yield _specification(opens, closes, run[0], run[-1])


def _specification(opens: str, closes: str, first: date, last: date) -> Specification:
    return {
        "@type": "OpeningHoursSpecification",
        "opens": opens,
        "closes": closes,
        "validFrom": first.isoformat(),
        "validThrough": last.isoformat(),
    }
