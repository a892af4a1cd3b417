"""Reads stretches of time: 9u-12u en 13u-16u30, de 9h à midi, half past two till four, from 6 pm."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.written.hours.atoms import TimePair
from service.written.hours.clock import DAY, NOON, Clock, Unreadable
from service.written.hours.cursor import Cursor

_RANGE_MARKS = ("-", ">")
_DIVIDERS = ("/", ",", "&", "+", "|")


@dataclass(frozen=True, slots=True)
class Times:
    """What was read: pairs, or a single time that it lasts ``until``; ``part`` is said after the times."""

    pairs: tuple[TimePair, ...] = ()
    until: Clock | None = None
    is_grid: bool = False


@dataclass
class _Row:
    """Times and what stands between each and the next: to, -, /, and, or nothing."""

    times: list[Clock] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    lead: str = ""
    is_open: bool = False


def read_times(cursor: Cursor, language: str | None) -> Times | None:
    """The times from here on, or None and the cursor where it was. Raises Unreadable."""
    start = cursor.at
    row = _row(cursor)
    if row is None:
        cursor.at = start
        return None
    return _paired(row, language)


def _row(cursor: Cursor) -> _Row | None:
    row = _Row(lead=_lead(cursor))
    first = read_clock(cursor)
    if first is None:
        return None
    row.times.append(first)
    while True:
        before = cursor.at
        link = _link(cursor)
        if link in ("to", "-", "until") and cursor.peek().has("late"):
            cursor.at += 1
            while cursor.peek().has("late", "filler"):
                cursor.at += 1
            row.is_open = True
            return row
        following = _following(cursor, link)
        if following is None:
            cursor.at = before
            return row
        row.times.append(following)
        row.links.append(link)


def _following(cursor: Cursor, link: str) -> Clock | None:
    """The next time, where what follows is one; a number alone needs a word or mark before it."""
    if not link and not cursor.peek().has("time") and not _is_bare_pair(cursor):
        return None
    if link in (",", "/", "&", "and", "and from") and _starts_date(cursor):
        return None
    return read_clock(cursor)


def _is_bare_pair(cursor: Cursor) -> bool:
    """Whether two numbers with a dash follow, as in 9-12 14-18."""
    return cursor.peek().has("number") and cursor.is_mark("-", ahead=1) and cursor.peek(2).has("number")


def _starts_date(cursor: Cursor) -> bool:
    return any(cursor.peek(ahead).has("month") for ahead in (1, 3)) and not cursor.peek().has("time")


def _lead(cursor: Cursor) -> str:
    lead = ""
    while True:
        token = cursor.peek()
        if token.has("between"):
            lead = "between"
        elif token.has("since") and not token.has("from"):
            lead = "since"
        elif token.has("from"):
            lead = lead or "from"
        elif token.has("until", "to") or (token.has("filler") and not token.has("number", "noon")):
            lead = "until" if token.has("until", "to") else lead
        elif token.has("part") and cursor.peek(1).has("from"):
            pass
        else:
            return lead
        cursor.at += 1


def _link(cursor: Cursor) -> str:
    link = ""
    token = cursor.peek()
    if cursor.is_mark(*_RANGE_MARKS):
        link = "to" if cursor.is_mark(">") else "-"
        cursor.at += 1
    elif token.has("to", "until"):
        link = "to"
        cursor.at += 1
        cursor.skip("filler", "to")
    elif cursor.is_mark(*_DIVIDERS):
        link = str(token.means["mark"])
        cursor.at += 1
        if cursor.peek().has("and"):
            cursor.at += 1
    elif token.has("and"):
        link = "and"
        cursor.at += 1
    before = cursor.at
    if link != "to" and cursor.skip("from", "filler", "between", "also") and link == "and":
        link = "and from"
    if cursor.at > before and not cursor.peek().has("time", "number", "noon", "midnight", "fraction"):
        cursor.at = before
    return link


def read_clock(cursor: Cursor) -> Clock | None:
    """One time, with the half of the day that is said after it."""
    start = cursor.at
    cursor.skip("from") if cursor.peek(1).has("time") else None
    clock = _bare_clock(cursor)
    if clock is None:
        cursor.at = start
        return None
    if cursor.peek(-1).text.endswith("."):
        return clock  # 9u-12u. Afternoons by appointment: what follows begins another sentence
    before = cursor.at
    cursor.skip("filler", "from")
    half = cursor.take("part")
    if half and not clock.half:
        return Clock(clock.minutes, str(half), clock.is_plain, clock.is_full, clock.is_spoken)
    if half is None:
        cursor.at = before
        if cursor.peek().has("filler") and cursor.peek().text in ("h", "uur", "uhr", "u", "heures", "heure"):
            cursor.at += 1
    return clock


def _bare_clock(cursor: Cursor) -> Clock | None:
    token = cursor.peek()
    if token.has("time"):
        cursor.at += 1
        clock = token.means["time"]
        return clock if isinstance(clock, Clock) else None
    if token.has("noon"):
        cursor.at += 1
        return Clock(NOON, is_full=True)
    if token.has("midnight"):
        cursor.at += 1
        return Clock(DAY, is_full=True)
    if token.has("fraction"):
        return _fraction(cursor)
    if not token.has("number"):
        return None
    is_digit = isinstance(token.means["number"], int)
    counted = ("month", "times", "freq", "weekword", "monthword", *(() if is_digit else ("day",)))
    if cursor.peek(1).has(*counted):
        return None
    hour = int(str(token.means["number"]))
    if hour > 99:
        return None
    cursor.at += 1
    if is_digit:
        full = len(token.text) == 2 and (token.text[0] == "0" or hour > 12)
        return Clock(hour * 60 if hour <= 24 else 10**6, is_plain=True, is_full=full)
    return Clock(hour * 60, is_spoken=True)


def _fraction(cursor: Cursor) -> Clock | None:
    minutes = int(str(cursor.take("fraction")))
    value = cursor.peek().means.get("number")
    if value is None:
        return None
    cursor.at += 1
    return Clock(int(str(value)) * 60 + minutes, is_spoken=True)


def _paired(row: _Row, language: str | None) -> Times:
    if row.is_open and len(row.times) == 1:
        return Times((TimePair(row.times[0], None),))
    if len(row.times) == 1:
        if row.lead == "since" or (row.lead == "from" and language in ("en", "de")):
            return Times((TimePair(row.times[0], None),))
        if row.lead == "until":
            return Times(until=row.times[0])
        raise Unreadable("incomplete_times")
    if len(row.times) % 2 and not row.is_open:
        raise Unreadable("incomplete_times")
    inner, outer = row.links[0::2], row.links[1::2]
    if not _is_range(inner, row.lead) or not _divides(inner, outer):
        raise Unreadable("contradictory" if any(inner) else "incomplete_times")
    starts, ends = row.times[0::2], [*row.times[1::2], *([None] if row.is_open else [])]
    return Times(tuple(map(TimePair, starts, ends)), is_grid=not any(inner))


def _is_range(inner: list[str], lead: str) -> bool:
    kinds = set(inner)
    if lead == "between" and kinds <= {"and", "-", "to"}:
        return True
    return kinds <= {"to", "-"} or kinds == {"/"} or kinds == {""}


def _divides(inner: list[str], outer: list[str]) -> bool:
    if "to" in outer:
        return False
    if set(inner) == {"/"}:
        return "/" not in outer
    if set(inner) == {""}:
        return set(outer) <= {"", "/", "-", "|", "and"}
    return True
