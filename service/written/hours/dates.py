"""Reads dates, months, feasts and ranges of them, as the opening_hours specification writes them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from service.written.hours.clock import Unreadable
from service.written.hours.cursor import Cursor

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LEAP = 2024  # a year that has all days


@dataclass(frozen=True, slots=True)
class _Date:
    month: int = 0
    day: int = 0
    year: int = 0
    feast: str = ""

    def text(self) -> str:
        if self.feast:
            return self.feast
        year = f"{self.year} " if self.year else ""
        return f"{year}{MONTHS[self.month - 1]}{f' {self.day:02d}' if self.day else ''}"


def read_dates(cursor: Cursor, language: str | None) -> tuple[str, ...] | None:
    """The dates named from here on, or None and the cursor where it was."""
    start = cursor.at
    is_half_range = False
    while cursor.peek().has("from", "filler", "between", "since", "every", "until", "to"):
        token = cursor.peek()
        is_half_range = is_half_range or token.has("since", "until") or token.text.startswith("t")
        cursor.at += 1
    first = _range(cursor, language)
    if first is None:
        cursor.at = start
        return None
    if is_half_range and "-" not in first:
        raise Unreadable("season_undefined")  # from a day on, or up to one: the other end is not said
    found = [first]
    while True:
        before = cursor.at
        while cursor.is_mark(",", "&", "+", "/") or cursor.peek().has("and", "filler", "from", "or"):
            cursor.at += 1
        each = _range(cursor, language) if cursor.at > before else None
        if each is None:
            cursor.at = before
            return tuple(found)
        found.append(each)


def _range(cursor: Cursor, language: str | None) -> str | None:
    start = cursor.at
    first = _date(cursor, language) or _bare_day(cursor)
    if first is None:
        cursor.at = start
        return None
    before = cursor.at
    if cursor.peek().has("to", "until") or cursor.is_mark("-", ">"):
        cursor.at += 1
        cursor.skip("filler", "from", "to")
        last = _date(cursor, language)
        if last:
            return _joined(first, last)
        cursor.at = before
    if first.day and not first.month:  # "24 en 31 december": the month comes with the last of them
        month = _month_ahead(cursor)
        if not month:
            cursor.at = start
            return None
        first = _Date(month, first.day)
    return _valid(first).text()


def _joined(first: _Date, last: _Date) -> str:
    if first.feast or last.feast:
        raise Unreadable("exception_undated")
    if not first.month:
        first = _Date(last.month, first.day, last.year)
    if last.year and not first.year:
        first = _Date(first.month, first.day, last.year - ((first.month, first.day) > (last.month, last.day)))
    if first.day and not last.day:
        last = _Date(last.month, calendar.monthrange(_LEAP, last.month)[1], last.year)
    if last.day and not first.day:
        first = _Date(first.month, 1, first.year)
    return f"{_valid(first).text()}-{_valid(last).text()}"


def _date(cursor: Cursor, language: str | None) -> _Date | None:
    token = cursor.peek()
    if token.has("feast"):
        cursor.at += 1
        return _Date(feast=str(token.means["feast"]))
    if token.has("date"):
        cursor.at += 1
        return _numbers(str(token.means["date"]))
    if token.has("slash"):
        day, month = token.means["slash"]  # type: ignore[misc]
        if not (1 <= month <= 12 and 1 <= day <= 31):  # type: ignore[has-type]
            raise Unreadable("unread_words")
        cursor.at += 1
        return _Date(month, day)  # type: ignore[has-type]
    return _words(cursor, language)


def _words(cursor: Cursor, language: str | None) -> _Date | None:
    start = cursor.at
    day = _day_number(cursor)
    if day:
        cursor.skip("filler", "from")
    cursor.skip("monthword")
    cursor.skip("from")
    token = cursor.peek()
    if not token.has("month") or (token.has("day") and not day):
        cursor.at = start
        return None
    month = int(str(token.means["month"]))
    cursor.at += 1
    if not day and language == "en" and cursor.peek().has("number", "ordinal", "ord"):
        day = _day_number(cursor)
    return _Date(month, day, _year(cursor))


def _day_number(cursor: Cursor) -> int:
    token = cursor.peek()
    for kind in ("number", "ordinal", "ord"):
        value = token.means.get(kind)
        if value is not None and str(value).isdigit() and 1 <= int(str(value)) <= 31:
            cursor.at += 1
            return int(str(value))
    return 0


def _bare_day(cursor: Cursor) -> _Date | None:
    """A day whose month follows later: 24 tot 31 december, le 24 et le 31 décembre."""
    day = _day_number(cursor)
    if not day:
        return None
    ahead = cursor.peek()
    if ahead.has("to", "and", "until") or cursor.is_mark("-", ",", "&"):
        before = cursor.at
        cursor.at += 1
        cursor.skip("filler", "from", "to")
        is_followed = bool(_day_number(cursor))
        cursor.skip("filler", "from")
        is_followed = is_followed and cursor.peek().has("month")
        cursor.at = before
        if is_followed:
            return _Date(0, day)
    return None


def _month_ahead(cursor: Cursor) -> int:
    for ahead in range(6):
        token = cursor.peek(ahead)
        if token.has("month"):
            return int(str(token.means["month"]))
    return 0


def _year(cursor: Cursor) -> int:
    value = cursor.peek().means.get("number")
    if isinstance(value, int) and 2000 <= value <= 2100:
        cursor.at += 1
        return value
    return 0


def _numbers(text: str) -> _Date:
    parts = [int(part) for part in re.split(r"[/.-]", text)]
    if parts[0] > 31:
        return _valid(_Date(parts[1], parts[2], parts[0]))
    return _valid(_Date(parts[1], parts[0], parts[2] + (2000 if parts[2] < 100 else 0)))


def _valid(date: _Date) -> _Date:
    if date.feast:
        return date
    if not 1 <= date.month <= 12 or date.day > calendar.monthrange(date.year or _LEAP, date.month)[1]:
        raise Unreadable("contradictory")
    return date
