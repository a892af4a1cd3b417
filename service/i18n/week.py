"""The opening hours of the coming days as readable text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from holidays import country_holidays

from service.config import TIMEZONE
from service.i18n import formats
from service.i18n.direction import isolated
from service.i18n.messages import N_, translator
from service.model.schedule import OpenSpan, open_spans

DAYS = 7
_HOLIDAYS = (
    N_("New Year's Day"),
    N_("Easter Sunday"),
    N_("Easter Monday"),
    N_("Labor Day"),
    N_("Ascension Day"),
    N_("Pentecost"),
    N_("Pentecost Monday"),
    N_("National Day"),
    N_("Assumption Day"),
    N_("All Saints' Day"),
    N_("Armistice Day"),
    N_("Christmas Day"),
)
"""The public holidays of Belgium as the library names them in English, to be translated with the rest."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week to come: ``text`` says when it is open, ``note`` names a public holiday."""

    date: date
    name: str
    text: str
    is_open: bool
    note: str = ""


def week(osm: str, today: date, language: str) -> list[Day]:
    """The hours of the seven days from ``today``, with the comments of the expression.

    A night belongs to the day it begins on; what is left of last night stands with today.
    Raises BadValue when the expression is not one.
    """
    by_day: dict[date, list[OpenSpan]] = {}
    for span in open_spans(osm, today - timedelta(days=1), DAYS + 2):
        for part in _by_day(span, today):
            by_day.setdefault(part.start.date(), []).append(part)
    days = (today + timedelta(days=offset) for offset in range(DAYS))
    return [_day(each, by_day.get(each, []), language) for each in days]


def when(moment: datetime, now: datetime, language: str) -> str:
    """A moment to come, seen from ``now``: today at 14:00, tomorrow at 9:00, Thursday 13 August at 9:00."""
    t = translator(language)
    local, clock = moment.astimezone(TIMEZONE), formats.clock(moment, language)
    apart = (local.date() - now.astimezone(TIMEZONE).date()).days
    if apart == 0:
        return t.gettext("today at %(time)s", time=clock)
    if apart == 1:
        return t.gettext("tomorrow at %(time)s", time=clock)
    return t.gettext("%(day)s at %(time)s", day=formats.weekday(local.date(), language), time=clock)


def _by_day(span: OpenSpan, today: date) -> Iterator[OpenSpan]:
    """A night as it is, except that one running since yesterday starts today; what is longer, day by day."""
    midnight = datetime.combine(today, time(), TIMEZONE)
    if span.end - span.start < timedelta(days=1):
        running = span.start < midnight < span.end
        yield OpenSpan(midnight, span.end, span.comment) if running else span
        return
    start = span.start
    while start < span.end:
        next_day = datetime.combine(start.date() + timedelta(days=1), time(), TIMEZONE)
        yield OpenSpan(start, min(next_day, span.end), span.comment)
        start = next_day


def _day(day: date, spans: list[OpenSpan], language: str) -> Day:
    t = translator(language)
    texts = [_span(span, day, language) for span in spans]
    text = formats.joined(texts, language) if texts else t.gettext("closed")
    return Day(day, formats.weekday(day, language), text, bool(texts), _holiday(day, language))


def _span(span: OpenSpan, day: date, language: str) -> str:
    t = translator(language)
    midnight = datetime.combine(day + timedelta(days=1), time(), TIMEZONE)
    whole = span.start.date() == day and span.start.time() == time() and span.end == midnight
    if whole:
        text = t.gettext("day and night")
    else:
        end = "24:00" if span.end == midnight else formats.clock(span.end, language)
        text = t.gettext("%(start)s to %(end)s", start=formats.clock(span.start, language), end=end)
    return f"{text} ({isolated(span.comment, language)})" if span.comment else text


@cache
def _holidays(year: int) -> Mapping[date, str]:
    return dict(country_holidays("BE", years=year, language="en_US"))


def _holiday(day: date, language: str) -> str:
    name = _holidays(day.year).get(day, "")
    return translator(language).gettext(name) if name else ""
