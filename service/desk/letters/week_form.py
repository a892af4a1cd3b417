"""Opening hours as seven lines that somebody can change, and back to an expression."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time

from service.errors import BadValue
from service.model.schedule import parse_hours

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOURS = "schedule.opening_hours"

_SPAN = re.compile(r"(\d{1,2})[:.hu]?(\d{2})?[hu]?\s*(?:-|–|—|tot|à|to|bis)\s*(\d{1,2})[:.hu]?(\d{2})?[hu]?")
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_SELECTOR = rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*"
_TIMES = r"\d{2}:\d{2}-\d{2}:\d{2}(?:,\d{2}:\d{2}-\d{2}:\d{2})*"
_RULE = re.compile(rf"(?:({_SELECTOR}) )?({_TIMES}|off|closed)")
_KEPT = ("PH off", "SH off", "PH,SH off")

Week = dict[str, str]
"""The hours of each day as written in the form: 09:00-12:00, 13:00-17:00; empty where it is closed."""


def week_of(osm: str | None) -> tuple[Week, str] | None:
    """The seven lines and what else the expression says (holidays); None where seven lines do not tell it."""
    week: Week = dict.fromkeys(DAYS, "")
    kept = []
    for rule in (part.strip() for part in (osm or "").split(";") if part.strip()):
        if rule in _KEPT:
            kept.append(rule)
            continue
        found = _RULE.fullmatch(rule)
        if found is None:
            return None
        times = "" if found[2] in ("off", "closed") else found[2].replace(",", ", ")
        for day in _days(found[1]):
            week[day] = times
    return week, "; ".join(kept)


def expression_of(week: Mapping[str, str], kept: str = "") -> str | None:
    """The expression for seven lines as somebody wrote them; None where every day is empty.

    Raises BadValue with the day (``Mo`` to ``Su``) for a line that is no list of hours.
    """
    read = {day: _read(day, week.get(day, "")) for day in DAYS}
    if not any(read.values()):
        return None
    rules = [f"{_selector(days)} {times}" for times, days in _alike(read)]
    osm = "; ".join([*rules, *([kept] if kept else [])])
    parse_hours(osm)
    return osm


def _days(selector: str | None) -> list[str]:
    if not selector:
        return list(DAYS)
    found: list[str] = []
    for part in selector.split(","):
        first, _dash, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        found += DAYS[start : end + 1] if start <= end else (*DAYS[start:], *DAYS[: end + 1])
    return found


def _read(day: str, line: str) -> str:
    text = line.strip().lower()
    if not text:
        return ""
    spans, rest = [], text
    for found in _SPAN.finditer(text):
        spans.append(f"{_clock(day, found[1], found[2])}-{_clock(day, found[3], found[4])}")
        rest = rest.replace(found[0], " ", 1)
    if not spans or re.sub(r"[\s,;/&+]|en|et|and|und", "", rest):
        raise BadValue(day, line, "is no list of hours", "09:00-12:00, 13:00-17:00")
    return ",".join(spans)


def _clock(day: str, hour: str, minute: str | None) -> str:
    hours, minutes = int(hour), int(minute or 0)
    if (hours, minutes) == (24, 0):
        return "24:00"
    try:
        return time(hours, minutes).strftime("%H:%M")
    except ValueError:
        raise BadValue(day, f"{hour}:{minute or '00'}", "is no time", "09:00-12:00, 13:00-17:00") from None


def _alike(read: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The hours that there are, each with its days, in the order of the week."""
    found: dict[str, list[str]] = {}
    for day, times in read.items():
        if times:
            found.setdefault(times, []).append(day)
    return list(found.items())


def _selector(days: list[str]) -> str:
    """Mo-We,Fr for four days."""
    runs: list[list[str]] = []
    for day in days:
        if runs and DAYS.index(day) == DAYS.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
