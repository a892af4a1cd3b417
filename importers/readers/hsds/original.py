"""Reads the English words from which a feed made the rows of its schedule, to compare both."""

from __future__ import annotations

import re

from importers.readers.hsds.weekly import DAYS, Unreadable, day_number, span_of

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
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d|\d{1,2}\s*[ap]\.?m", re.IGNORECASE)


def read_original(text: str) -> Week | None:
    """The hours that the words say, all of them or None."""
    week: Week = {}
    for line in re.split(r"[;\n]+", text.replace("\\n", "\n").replace("\\r", "")):
        line = " ".join(line.split())
        if not line:
            continue
        try:
            days, spans = _line(line)
        except Unreadable:
            return None
        for day in days:
            week.setdefault(day, []).extend(span for span in spans if span not in week.get(day, []))
    return week or None


def has_many_times(text: str) -> bool:
    """Whether the words name more times than one opening and one closing."""
    return len(_CLOCK.findall(text)) > 2


def _line(line: str) -> tuple[list[str], list[str]]:
    if _ALWAYS.fullmatch(line):
        return list(DAYS), ["00:00-24:00"]
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
