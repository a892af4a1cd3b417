"""Reads which days a text names: single days, lists, ranges, "the first and third Tuesday", holidays."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.written.hours.atoms import ALL_DAYS, WEEKDAYS, WEEKEND, Selector
from service.written.hours.clock import Unreadable
from service.written.hours.cursor import Cursor

_GROUPS = {"weekdays": WEEKDAYS, "workdays": WEEKDAYS, "weekend": WEEKEND, "daily": ALL_DAYS}
_JOINERS = (",", "/", "&", "+")
_LEAD = ("every", "filler", "from", "label_day")


@dataclass
class _Found:
    days: list[int] = field(default_factory=list)
    nth: dict[int, list[int]] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    holidays: bool = False
    off_on_holidays: bool = False
    is_broad: bool = False
    is_daily: bool = False
    slashed: int = 0
    items: list[int] = field(default_factory=list)

    def selector(self) -> Selector:
        nth = tuple((day, tuple(dict.fromkeys(places))) for day, places in self.nth.items())
        days = tuple(sorted(set(self.days)))
        return Selector(
            days, nth, self.holidays, self.off_on_holidays, tuple(self.parts), self.is_broad, self.is_daily,
            tuple(self.items),
        )  # fmt: skip


def read_days(cursor: Cursor, language: str | None, *, is_exclusion: bool = False) -> Selector | None:
    """The days named from here on, or None (and the cursor where it was) when none are.

    After "closed" (``is_exclusion``) a range after a comma is a new matter: closed on Monday, Tue-Sun 10-18.
    """
    start = cursor.at
    found = _Found()
    if not _item(cursor, found, language):
        cursor.at = start
        return None
    while not (is_exclusion and _is_range_after_comma(cursor)) and _joined_item(cursor, found, language):
        pass
    if found.slashed and found.days == [0, 4] and not found.nth:
        raise Unreadable("contradictory")  # "ma/vr" can be two days and can be five
    return found.selector()


def _is_range_after_comma(cursor: Cursor) -> bool:
    after = cursor.peek(2)
    is_to = after.has("to", "until") or after.means.get("mark") in ("-", ">")
    return cursor.is_mark(",") and cursor.peek(1).has("day") and is_to


def _joined_item(cursor: Cursor, found: _Found, language: str | None) -> bool:
    before = cursor.at
    has_slash = False
    for _ in range(3):  # "zon- en feestdagen", "Lun., Mar."
        if cursor.is_mark(*_JOINERS) or (cursor.is_mark("-") and cursor.peek(1).has("and")):
            has_slash = has_slash or cursor.is_mark("/")
            cursor.at += 1
        elif cursor.peek().has("and"):
            cursor.at += 1
        else:
            break
    if _item(cursor, found, language):
        found.slashed += has_slash
        return True
    cursor.at = before
    return False


def _item(cursor: Cursor, found: _Found, language: str | None) -> bool:
    before = cursor.at
    cursor.skip(*_LEAD)
    token = cursor.peek()
    if token.has("days", "allweek"):
        _group(cursor, found)
        return True
    if token.has("ph"):
        cursor.at += 1
        found.holidays = True
        return True
    if token.has("ord") and not token.has("day"):
        if _nth(cursor, found, language):
            return True
    elif _is_day(cursor, language):
        _range(cursor, found, language)
        return True
    cursor.at = before
    return False


def _group(cursor: Cursor, found: _Found) -> None:
    name = cursor.peek().means.get("days", "daily")
    cursor.at += 1
    days = _GROUPS[str(name)]
    found.days += days
    found.items += days
    found.is_broad = True
    found.is_daily = found.is_daily or name == "daily"
    found.off_on_holidays = found.off_on_holidays or name == "workdays"
    found.parts.append(_part(cursor))


def _is_day(cursor: Cursor, language: str | None) -> bool:
    token = cursor.peek()
    if token.has("day"):
        if token.is_ambiguous:
            raise Unreadable("contradictory")
        return True
    if not token.has("letter") or language != "fr":
        return False
    beside = (cursor.peek(-1), cursor.peek(1))
    return any(each.means.get("mark") in ("-", ":", ",", "/") for each in beside)


def _day(cursor: Cursor) -> int:
    token = cursor.peek()
    cursor.at += 1
    return int(str(token.means.get("day", token.means.get("letter"))))


def _range(cursor: Cursor, found: _Found, language: str | None) -> None:
    first = _day(cursor)
    part = _part(cursor)
    before = cursor.at
    is_to = cursor.is_mark("-", ">") or cursor.peek().has("to", "until")
    if is_to:
        cursor.at += 1
        cursor.skip("filler", "from")
        if _is_day(cursor, language):
            last = _day(cursor)
            days = _between(first, last)
            if cursor.is_mark("-", ">") and cursor.peek(1).has("day"):
                raise Unreadable("contradictory")  # ma-wo-vr: three days or a range, nobody can tell
            found.days += days
            found.items += days
            found.is_broad = True
            found.parts.append(part or _part(cursor))
            return
        cursor.at = before
    found.days.append(first)
    found.items.append(first)
    found.parts.append(part)


def _between(first: int, last: int) -> list[int]:
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _part(cursor: Cursor) -> str:
    """The part of the day named right after a day."""
    before = cursor.at
    cursor.skip("filler")
    token = cursor.peek()
    if token.has("part"):
        cursor.at += 1
        return str(token.means["part"])
    if token.has("noon") and not cursor.peek(1).has("to", "time") and not cursor.is_mark("-", ahead=1):
        cursor.at += 1
        return "noon"
    cursor.at = before
    return ""


def _nth(cursor: Cursor, found: _Found, language: str | None) -> bool:
    """The first and third Tuesday (of the month); weeks of the month cannot be said exactly."""
    places = [int(str(cursor.take("ord")))]
    while True:
        before = cursor.at
        while cursor.is_mark(",", "/", "&", "+", "-") or cursor.peek().has("and", "filler", "from"):
            cursor.at += 1
        place = cursor.take("ord") if not _is_day(cursor, language) else None
        if place is None:
            cursor.at = before
            break
        places.append(int(str(place)))
    cursor.skip("filler")
    if cursor.peek().has("weekword", "weekdays") or cursor.peek().means.get("days") == "weekdays":
        raise Unreadable("week_of_month")
    if not _is_day(cursor, language):
        return False
    days = [_day(cursor)]
    found.parts.append(_part(cursor))
    while cursor.peek().has("and") or cursor.is_mark(",", "/"):
        before = cursor.at
        cursor.at += 1
        if not _is_day(cursor, language):
            cursor.at = before
            break
        days.append(_day(cursor))
        if not _ends_month(cursor):
            raise Unreadable("contradictory")  # the first Tuesday and Thursday: of the month, or every one
    _ends_month(cursor)
    for day in days:
        found.nth.setdefault(day, []).extend(places)
    return True


def _ends_month(cursor: Cursor) -> bool:
    before = cursor.at
    cursor.skip("from", "filler")
    if cursor.peek().has("monthword"):
        cursor.at += 1
        return True
    cursor.at = before
    return False
