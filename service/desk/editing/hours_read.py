"""Reading an OSM expression of opening hours into the small editor, only where nothing of it gets lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from opening_hours import OpeningHours

from service.config import TIMEZONE
from service.desk.editing.hours import (
    DAYS,
    HOLIDAYS,
    MONTHS,
    WHOLE_DAY,
    DayHours,
    Exception_,
    Hours,
    Span,
    with_day,
    write_hours,
)
from service.errors import BadValue
from service.model.schedule import parse_hours

_YEARS = 3
"""How far two expressions are held against each other: whatever repeats yearly has then come thrice."""

_OTHERWISE = re.compile(r'(?:^|\s*\|\|\s*)(?:24/7 )?unknown "([^"]*)"$')
_RULES = re.compile(r';|,(?=\s+(?:[A-Z][a-z]|"|\d{4} ))')
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_WEEKDAYS = re.compile(rf"({_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*)(?:\s+|$)")
_WITH_HOLIDAYS = re.compile(rf"(PH,{_DAY}[^\s]*|{_DAY}[^\s]*,PH[^\s]*)\s+")
_TIMES = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2})")
_MONTH = "(" + "|".join(MONTHS) + ")"
_DATES = re.compile(
    rf"(?:(\d{{4}}) )?{_MONTH} (\d{{1,2}})(?:\s?-\s?(?:(?:(\d{{4}}) )?{_MONTH} )?(\d{{1,2}}))?:?\s+"
)
_NOTE = re.compile(r'^(.*?)\s*"([^"]*)"$')
_HOLIDAY = re.compile(
    "(" + "|".join(re.escape(each) for each in sorted(HOLIDAYS, key=len, reverse=True)) + r")\s+"
)
_LEAP = 2028  # a year that has 29 February


class _CannotShow(Exception):
    """The editor has no place for this."""


@lru_cache(maxsize=2_000)
def read_hours(osm: str, today: date) -> Hours | None:
    """The week and exceptions that an expression says, None where the editor cannot show all of it.

    What is read is written again and held against the expression over three years, so that what the editor
    does not understand is never mistaken for what it does. Raises BadValue for what is no expression.
    """
    parse_hours(osm)
    for text in (osm, str(parse_hours(osm).normalize())):
        try:
            hours = _read(text)
            if _same(osm, write_hours(hours), today):
                return hours
        except (_CannotShow, BadValue):
            continue
    return None


def _read(osm: str) -> Hours:
    hours, text = Hours(), osm.strip()
    if found := _OTHERWISE.search(text):
        hours, text = replace(hours, otherwise=found[1]), text[: found.start()]
    for rule in _RULES.split(text):
        if rule.strip():
            hours = _take(hours, rule.strip())
    return hours


def _take(hours: Hours, rule: str) -> Hours:
    """The hours with one rule more; a later one goes before an earlier one for the days that it names."""
    if rule == "24/7":
        return replace(hours, week=(DayHours((WHOLE_DAY,)),) * 7)
    if found := _WITH_HOLIDAYS.match(rule):
        days, rest = found[1].replace(",PH", "").replace("PH,", ""), rule[found.end() :]
        return _take(_take(hours, f"{days} {rest}"), f"PH {rest}")
    if found := _HOLIDAY.match(f"{rule} "):
        rest = f"{rule} "[found.end() :].strip()
        return _with_exception(hours, Exception_(_hours(rest), holiday=found[1]))
    if found := _DATES.match(f"{rule} "):
        return _with_exception(hours, _dated(found, _hours(f"{rule} "[found.end() :].strip())))
    found = _WEEKDAYS.match(rule)
    day = _hours(rule[found.end() :] if found else rule)
    for number in _numbers(found[1]) if found else range(7):
        hours = with_day(hours, number, day)
    return hours


def _with_exception(hours: Hours, each: Exception_) -> Hours:
    return replace(hours, exceptions=(*hours.exceptions, each))


def _dated(found: re.Match[str], hours: DayHours) -> Exception_:
    year, month, day, last_year, last_month, last_day = found.groups()
    yearly = year is None
    if yearly and last_year:
        raise _CannotShow(found[0])
    first = _date(year or str(_LEAP), month, day)
    last = _date(last_year or year or str(_LEAP), last_month or month, last_day) if last_day else first
    return Exception_(hours, first=first, last=last, yearly=yearly)


def _date(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        raise _CannotShow(day) from None


def _hours(text: str) -> DayHours:
    note = ""
    if found := _NOTE.match(text):
        text, note = found[1].strip(), found[2]
    if text in ("off", "closed"):
        return DayHours((), note)
    text = text.removesuffix(" open")
    return DayHours(tuple(_span(part.strip()) for part in text.split(",")), note)


def _span(text: str) -> Span:
    found = _TIMES.fullmatch(text)
    if found is None:
        raise _CannotShow(text)
    return found[1], found[2]


def _numbers(text: str) -> list[int]:
    found: list[int] = []
    for part in text.split(","):
        start, _, end = part.partition("-")
        first, last = DAYS.index(start), DAYS.index(end or start)
        found += [number % 7 for number in range(first, last + 1 if last >= first else last + 8)]
    return found


def _same(one: str, other: str, today: date) -> bool:
    a, b = parse_hours(one), parse_hours(other)
    if str(a.normalize()) == str(b.normalize()):
        return True
    start = datetime(today.year, 1, 1, tzinfo=TIMEZONE)
    return _intervals(a, start) == _intervals(b, start)


def _intervals(hours: OpeningHours, start: datetime) -> list[tuple[object, ...]]:
    """When it is open, closed or neither; neighbours that say the same are one."""
    found: list[tuple[object, ...]] = []
    for begin, _end, state, comment in hours.intervals(start, start.replace(year=start.year + _YEARS)):
        if not found or found[-1][1:] != (str(state), comment):
            found.append((begin, str(state), comment))
    return found
