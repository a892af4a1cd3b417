"""Reads the English words from which a feed made the rows of its schedule, to compare both."""

from __future__ import annotations

import re

from importers.readers.hsds.weekly import DAYS, Unreadable, day_number, grouped, span_of
from service.written.hours.read import read_hours

Week = dict[str, list[str]]
"""Spans (09:00-17:00) by weekday, as OpenStreetMap writes them."""

_TIME = r"\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?|noon|midnight"
_RANGE = rf"(?:{_TIME})\s*(?:-|–|to)\s*(?:{_TIME})"
_SPANS = rf"{_RANGE}(?:\s*(?:/|,|and|&)\s*{_RANGE})*"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?"
_DAYS = rf"(?:daily|every ?day|7 days a week|{_DAY}(?:\s*(?:-|–|to|thru|through|,|/|&|and)+\s*{_DAY})*)"
_LINE = re.compile(
    rf"(?:(?P<days>{_DAYS})\s*[:,]?\s+(?P<spans>{_SPANS})|(?P<spans_first>{_SPANS})\s*[:,]?\s+(?P<days_last>{_DAYS}))"
    r"[.,;]?",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"24 hours(?:\s*(?:a day|/day|daily))?\s*,?\s*7 days(?:\s*(?:a|per|/)\s*week)?\.?|24/7", re.I
)
_ALL_DAY = ["00:00-24:00"]
_LABEL = re.compile(r":[ \t]*$", re.MULTILINE)  # a line such as "Clinic:" speaks of one activity of several
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


def read_original(text: str) -> str | None:
    """The hours that the words say as OpenStreetMap writes them, all of them or None.

    The plain form that such feeds have is read here; for other words the clean-up of hours is asked, unless a
    line names one of several activities or a reading crosses midnight by day.
    """
    text = text.replace("\\n", "\n").replace("\\r", "")
    week = _week(text)
    if week is not None:
        return "; ".join(f"{days} {','.join(spans)}" for days, spans in grouped(week))
    if _LABEL.search(text):
        return None
    osm = read_hours(text, None).osm
    return osm if osm and all(_is_sure(*times) for times in _SPAN.findall(osm)) else None


def _week(text: str) -> Week | None:
    """The spans of each weekday; where two lines speak of one day they hold together."""
    week: Week = {}
    lines = [" ".join(line.split()) for line in re.split(r"[;\n]+", text)]
    for line in filter(None, lines):
        try:
            days, spans = _line(line)
        except Unreadable:
            return None
        if spans == _ALL_DAY and len(list(filter(None, lines))) > 1:
            return None  # somebody answers day and night, and a door is open besides: which is which?
        for day in days:
            week[day] = _together([*week.get(day, []), *spans])
    return week or None


def _together(spans: list[str]) -> list[str]:
    """Spans that overlap as one."""
    found: list[str] = []
    for span in sorted(spans):
        start, _, end = span.partition("-")
        if found and start < (last := found[-1].partition("-"))[2]:
            found[-1] = f"{last[0]}-{max(last[2], end)}"
        else:
            found.append(span)
    return found


def _is_sure(opens: str, closes: str) -> bool:
    try:
        span_of(opens, closes)
    except Unreadable:
        return False
    return True


def _line(line: str) -> tuple[list[str], list[str]]:
    if _ALWAYS.fullmatch(line):
        return list(DAYS), _ALL_DAY
    found = _LINE.fullmatch(line)
    if found is None:
        raise Unreadable("words that are no hours")
    days = _days((found["days"] or found["days_last"]).lower())
    spans = re.findall(_RANGE, found["spans"] or found["spans_first"], re.IGNORECASE)
    return days, [_span(each) for each in spans]


def _span(text: str) -> str:
    opens, closes = re.split(r"\s*(?:-|–|\bto\b)\s*", text.strip(), maxsplit=1, flags=re.IGNORECASE)
    words = {"noon": "12:00pm", "midnight": "12:00am"}
    return span_of(words.get(opens.lower(), opens), words.get(closes.lower(), closes))


def _days(text: str) -> list[str]:
    if not re.match(_DAY, text, re.IGNORECASE):
        return list(DAYS)
    parts = re.split(r"\s*(-|–|\bto\b|\bthru\b|\bthrough\b|,|/|&|\band\b)\s*", text)
    found: list[int] = []
    joint = ","
    for part in filter(None, parts):
        if not re.match(_DAY, part):
            joint = part
            continue
        number = day_number(part)
        if joint in ("-", "–", "to", "thru", "through") and found:
            if number <= found[-1]:
                raise Unreadable("days that run backwards")
            found += range(found[-1] + 1, number)
        found.append(number)
        joint = ","
    return [DAYS[number] for number in found]
