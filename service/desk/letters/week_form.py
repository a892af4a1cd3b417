"""Opening hours as a line of text for each day of the week, and back; exceptions stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from service.desk.editing.hours import DAYS, DayHours, Hours, Span, read_time, write_hours
from service.desk.editing.hours_read import read_hours
from service.errors import BadValue

_CLOCK = r"\d{1,2}(?:\s*[:.uUhH]\s*(?:\d{2})?)?"
_SPAN = re.compile(rf"({_CLOCK})\s*(?:-|–|—|\btot\b|\bà\b|\bto\b|\bbis\b)\s*({_CLOCK})")
_BETWEEN = re.compile(r"[\s,;/&+]|\b(?:en|et|and|und)\b")
EXAMPLE = "9:00-12:00, 13:00-17:00"


def held_week(osm: str | None, today: date) -> Hours | None:
    """The week and its exceptions; an empty one where nothing is known, None where lines cannot tell it."""
    return read_hours(osm, today) if osm else Hours()


def lines_of_week(hours: Hours) -> tuple[str, ...]:
    """One line per day from Monday; empty where it is closed."""
    return tuple(", ".join(f"{start}-{end}" for start, end in day.spans) for day in hours.week)


def week_sent(held: Hours, lines: Mapping[str, str]) -> str | None:
    """The expression for the lines as somebody wrote them, by day (Mo to Su); None where nothing is said.

    Raises BadValue with the day in ``field`` for a line that is no list of hours.
    """
    week = tuple(_day(name, lines.get(name, ""), was) for name, was in zip(DAYS, held.week, strict=True))
    hours = replace(held, week=week)
    return None if hours.is_empty else write_hours(hours)


def _day(name: str, line: str, was: DayHours) -> DayHours:
    text = line.strip().lower()
    spans: list[Span] = []
    for found in _SPAN.finditer(text):
        try:
            spans.append((read_time(found[1]), read_time(found[2], is_end=True)))
        except BadValue:
            raise BadValue(name, line, "is no list of hours", EXAMPLE) from None
    if _BETWEEN.sub("", _SPAN.sub("", text)):
        raise BadValue(name, line, "is no list of hours", EXAMPLE)
    same = tuple(spans) == was.spans
    return was if same else DayHours(tuple(spans))
