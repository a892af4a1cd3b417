"""Opening hours: when a place is open, in its own time zone, with Belgian public holidays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined] # not in its stub

from service.config import TIMEZONE
from service.errors import BadValue

HORIZON_DAYS = 366  # beyond a year nobody waits for a door to open; the library answers faster with a limit


@lru_cache(maxsize=50_000)
def parse_hours(osm: str) -> OpeningHours:
    """Read an expression of the OpenStreetMap opening_hours specification.

    Raises BadValue when it is not one.
    """
    try:
        return OpeningHours(osm, timezone=TIMEZONE, country="BE", max_interval_days=HORIZON_DAYS)
    except ParserError:
        suggestion = "as in Mo-Fr 09:00-12:30; PH off"
        raise BadValue("opening_hours", osm, "is not in the opening_hours form", suggestion) from None


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """One stretch of being open; ``comment`` is what the expression says about it, often empty."""

    start: datetime
    end: datetime
    comment: str = ""


def is_open_at(osm: str, moment: datetime) -> bool | None:
    """Whether it is open at an aware ``moment``; None where the expression itself says that it is unknown."""
    state, _comment = parse_hours(osm).state(moment.astimezone(TIMEZONE))
    return None if state == State.UNKNOWN else bool(state == State.OPEN)


def next_open(osm: str, moment: datetime) -> datetime | None:
    """When it opens next, strictly after ``moment`` and within a year; None when it does not, or is open."""
    local = moment.astimezone(TIMEZONE)
    if is_open_at(osm, local):
        return None
    limit = local + timedelta(days=HORIZON_DAYS)
    for start, _end, state, _comment in parse_hours(osm).intervals(local, limit):
        if state == State.OPEN and start > local:
            return start.astimezone(TIMEZONE)
    return None


def open_spans(osm: str, day: date, days: int = 1) -> Iterator[OpenSpan]:
    """The stretches of being open from the start of ``day`` for ``days`` days, cut at those ends."""
    begin = datetime.combine(day, time(), TIMEZONE)
    end = datetime.combine(day + timedelta(days=days), time(), TIMEZONE)
    for start, until, state, comment in parse_hours(osm).intervals(begin, end):
        if state == State.OPEN:
            first, last = max(start, begin), min(until or end, end)
            yield OpenSpan(first.astimezone(TIMEZONE), last.astimezone(TIMEZONE), comment)


def has_unknown(osm: str, day: date, days: int = 1) -> bool:
    """Whether the expression says of some stretch of the ``days`` from ``day`` that it is unknown."""
    begin = datetime.combine(day, time(), TIMEZONE)
    end = datetime.combine(day + timedelta(days=days), time(), TIMEZONE)
    return any(state == State.UNKNOWN for _start, _end, state, _ in parse_hours(osm).intervals(begin, end))


EVENING_HOUR = 18  # an office day ends at 17 or 18 h: who works can come from then on
SATURDAY = 5  # as date.weekday() counts
SCHOOL_HOURS = range(9, 15)  # between bringing children to school and fetching them
USUAL_DAYS = 28  # four weeks hold every weekday often enough to see past one public holiday


@lru_cache(maxsize=50_000)
def usual_times(osm: str, day: date) -> tuple[str, ...]:
    """When it is open in the four weeks from ``day``.

    Any of day, evening (18 h or later), weekend and school_hours (a weekday between 9 and 15 h).
    """
    found: set[str] = set()
    for each in (day + timedelta(days=number) for number in range(USUAL_DAYS)):
        for span in open_spans(osm, each):
            if each.weekday() >= SATURDAY:
                found.add("weekend")
                continue
            last = (span.end - timedelta(microseconds=1)).hour
            if span.start.hour < EVENING_HOUR:
                found.add("day")
            if span.start.hour < SCHOOL_HOURS.stop and last >= SCHOOL_HOURS.start:
                found.add("school_hours")
            if last >= EVENING_HOUR:
                found.add("evening")
    return tuple(sorted(found))
