"""Reads days and times of one row of a schedule of HSDS, from weekday and clock or from a recurrence rule."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from importers.readers.hsds.staging import Item

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_NAMES = {
    "mo": 0, "mon": 0, "monday": 0, "tu": 1, "tue": 1, "tues": 1, "tuesday": 1, "we": 2, "wed": 2,
    "wednesday": 2, "th": 3, "thu": 3, "thur": 3, "thurs": 3, "thursday": 3, "fr": 4, "fri": 4,
    "friday": 4, "sa": 5, "sat": 5, "saturday": 5, "su": 6, "sun": 6, "sunday": 6,
}  # fmt: skip
_TIME = re.compile(
    r"(?:\d{4}-\d\d-\d\dT)?(\d{1,2})(?:[:.h](\d\d))?(?::\d\d(?:\.\d+)?)?\s*(?:(a|p)\.?m\.?)?"
    r"\s*(?:z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_DAY_RULE = re.compile(r"([+-]?\d)?([a-z]{2})")
_FROM_DAY_TO_DAY = re.compile(r"([a-z]{2,9}\.?)\s*(?:-|–|—|\bto\b|\bthrough\b|\bthru\b)\s*([a-z]{2,9}\.?)")
_BETWEEN_DAYS = re.compile(r"[,;/&\s]+(?:and\b)?[,;/&\s]*")
_WORDS_FOR_DAYS = {"daily": DAYS, "everyday": DAYS, "weekdays": DAYS[:5], "weekends": DAYS[5:]}
_CLOSED = frozenset({"", "closed"})
_UNSET = frozenset({"12:00am", "12:00 am", "00:00", "0:00", "00:00:00"})  # what a form leaves beside closed
_ALL_DAY = frozenset({"24 hours", "24hours", "24h", "open 24 hours", "24/7"})
EVENING, MORNING = 15 * 60, 9 * 60
"""Minutes: who closes after midnight opened after three in the afternoon and closes before nine; 9:00 to 5:00
and 22:00 to 16:00 are slips, and which half of the day was meant is not ours to say."""


class Unreadable(Exception):
    """A row of a schedule that has no sure reading; the message says why."""


def days_of(row: Item) -> list[str]:
    """The weekdays of the row as OpenStreetMap writes them; none where it names none.

    Raises Unreadable for a rhythm that is not weekly, daily, or by weekday of the month.
    """
    if row.get("count") not in ("", "0") or any(
        row.get(name) for name in ("byweekno", "bymonthday", "byyearday")
    ):
        raise Unreadable(_RHYTHM)
    if row.get("interval") not in ("", "0", "1"):
        raise Unreadable(_RHYTHM)
    named, freq = row.get("byday") or row.get("weekday"), row.get("freq").upper()
    if freq not in ("", "WEEKLY", "DAILY", "MONTHLY"):
        raise Unreadable(_RHYTHM)
    if named:
        return _named_days(named.strip().lower(), freq)
    start = date_of(row.get("dtstart"))
    if freq == "WEEKLY" and start is not None:
        return [DAYS[start.weekday()]]
    return list(DAYS) if freq == "DAILY" else []


def _named_days(text: str, freq: str) -> list[str]:
    """Days by name, alone (``Mon, Wed``), from one to another (``Monday - Friday``), or by one word."""
    days: list[str] = []
    for start, end in _FROM_DAY_TO_DAY.findall(text):
        first, last = day_number(start), day_number(end)
        if freq == "MONTHLY" or first == last:
            raise Unreadable("a day that is not known")
        days += [DAYS[(first + step) % 7] for step in range((last - first) % 7 + 1)]
    for part in filter(None, _BETWEEN_DAYS.split(_FROM_DAY_TO_DAY.sub(" ", text))):
        word = part.rstrip(".")
        days += _WORDS_FOR_DAYS[word] if word in _WORDS_FOR_DAYS and not freq else [_day(part, freq)]
    return list(dict.fromkeys(days))


def times_of(row: Item) -> tuple[str, str]:
    """Opening and closing time as written; some exports have them in the columns of a recurrence rule."""
    opens, closes = row.get("opens_at"), row.get("closes_at")
    if not opens and not closes and (date_of(row.get("dtstart")), date_of(row.get("until"))) == (None, None):
        opens, closes = row.get("dtstart"), row.get("until")
    if opens.lower() in _ALL_DAY and closes.lower() in ("", opens.lower()):
        return "00:00", "24:00"
    return opens, closes


def is_closed(opens: str, closes: str) -> bool:
    """Whether the times of a row say that it opens nothing: none, or the word for closed in their place."""
    opening, closing = opens.lower(), closes.lower()
    return {opening, closing} <= _CLOSED or (opening == "closed" and closing in _UNSET)


def day_number(text: str) -> int:
    """The number of a weekday that is named, Monday being 0. Raises Unreadable for any other word."""
    word = text.strip(". ").lower()
    if word not in _NAMES:
        word = word.removesuffix("s")
    if word not in _NAMES:
        raise Unreadable("a day that is not known")
    return _NAMES[word]


def _day(text: str, freq: str) -> str:
    """A weekday: by name, by ISO number (1 is Monday), or with its place in the month (``1MO``)."""
    word = text.strip(". ").lower()
    word = word if word in _NAMES else word.removesuffix("s")
    if word in _NAMES:
        if freq == "MONTHLY":
            raise Unreadable("a weekday of the month without which one")
        return DAYS[_NAMES[word]]
    if word.isdigit() and 1 <= int(word) <= 7:
        return DAYS[int(word) - 1]
    rule = _DAY_RULE.fullmatch(word)
    if rule and rule[1] and rule[2] in _NAMES and freq == "MONTHLY" and -5 <= int(rule[1]) <= 5:
        return f"{DAYS[_NAMES[rule[2]]]}[{int(rule[1])}]"
    raise Unreadable("a day that is not known")


def span_of(opens: str, closes: str) -> str:
    """From opening to closing time, as in 09:00-17:00. Raises Unreadable where it has no sure reading."""
    (start, start_half), (end, end_half) = _minutes(opens), _minutes(closes)
    is_half_said = bool(start_half) != bool(end_half) and min(start, end) <= 12 * 60
    if start == end or is_half_said:
        raise Unreadable("a closing time that does not fit its opening time")
    if end in (0, 23 * 60 + 59):
        end = 24 * 60
    if end < start and not (start >= EVENING and end <= MORNING):
        raise Unreadable("a closing time that does not fit its opening time")
    return f"{_clock(start)}-{_clock(end)}"


def overlap(spans: list[str]) -> bool:
    """Whether a span begins before another has ended: rows of two offices, and nobody says which is which."""
    ordered = sorted(spans)
    return any(later[:5] < earlier[6:] for earlier, later in pairwise(ordered))


def _minutes(text: str) -> tuple[int, str]:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise Unreadable("a time that cannot be read")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    is_bare = found[2] is None and not half
    if is_bare or minute > 59 or hour > (12 if half else 24) or (half and hour == 0):
        raise Unreadable("a time that cannot be read")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute, half


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def grouped(times: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """Days with the same spans together (Mo-Fr), in the order of the week; days of a month by themselves."""
    found: list[tuple[str, list[str]]] = []
    week = [day for day in DAYS if day in times]
    while week:
        spans = sorted(times[week[0]])
        same = [day for day in week if sorted(times[day]) == spans]
        week = [day for day in week if day not in same]
        found.append((_runs(same), spans))
    return found + [(day, sorted(spans)) for day, spans in times.items() if day not in DAYS]


def _runs(days: list[str]) -> str:
    runs: list[list[int]] = []
    for number in (DAYS.index(day) for day in days):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(
        ",".join(DAYS[n] for n in run) if len(run) < 3 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs
    )


def date_of(text: str) -> date | None:
    """The day that an ISO date or moment falls on; None for anything else."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


_RHYTHM = "a rhythm that is not weekly"
