"""The small editor of opening hours as the fields of a form, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from service.desk.editing.hours import (
    DAYS,
    HOLIDAYS,
    DayHours,
    Exception_,
    Hours,
    Span,
    read_note,
    read_time,
    write_hours,
)
from service.desk.editing.hours_read import read_hours
from service.desk.editing.layout import HOURS
from service.errors import BadValue

Sent = Mapping[str, Sequence[str]]
"""The fields of a form that came in, each with all its values."""

PAIRS = 3
"""From-to pairs that a day offers; a day that has more shows more."""
EMPTY_EXCEPTIONS = 2
MOST_EXCEPTIONS = 60
MOST_PAIRS = 8
BY_APPOINTMENT = "op afspraak / sur rendez-vous"
"""What stands in the expression where nobody wrote other words; expressions have no languages."""
DATE, YEARLY = "date", "yearly"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the editor as text: ``name`` begins the names of its fields, ``pairs`` are its times."""

    name: str
    pairs: tuple[tuple[str, str], ...]
    note: str = ""
    kind: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Editor:
    """What it shows. ``kept`` is an expression that it cannot show, which stays unless ``replaces``."""

    week: tuple[Row, ...]
    exceptions: tuple[Row, ...]
    otherwise: str = ""
    kept: str = ""
    replaces: bool = False
    wrong: frozenset[str] = field(default_factory=frozenset)


def editor_of(osm: str | None, today: date) -> Editor:
    """The editor for an expression; an empty one where there is none."""
    hours = read_hours(osm, today) if osm else Hours()
    kept = osm or "" if hours is None else ""
    held = hours or Hours()
    week = tuple(Row(f"h.{DAYS[n]}", _pairs(day.spans), day.note) for n, day in enumerate(held.week))
    rows = [_exception_row(n, each) for n, each in enumerate(held.exceptions)]
    rows += [Row(f"x.{len(rows) + n}", _pairs(())) for n in range(EMPTY_EXCEPTIONS)]
    return Editor(week, tuple(rows), held.otherwise, kept)


def editor_sent(sent: Sent, kept: str, wrong: frozenset[str] = frozenset()) -> Editor:
    """The editor as somebody filled it in, right or wrong."""
    week = tuple(_row_sent(sent, f"h.{day}") for day in DAYS)
    rows = [_row_sent(sent, f"x.{n}") for n in _exception_numbers(sent)]
    used = [row for row in rows if row.kind or row.first or row.note or any(a or b for a, b in row.pairs)]
    rest = [Row(f"x.{len(rows) + n}", _pairs(())) for n in range(EMPTY_EXCEPTIONS)]
    return Editor(week, (*used, *rest), _one(sent, "h.otherwise"), kept, "h.replace" in sent, wrong)


def hours_sent(sent: Sent, kept: str | None) -> tuple[str | None, frozenset[str]]:
    """The expression that was filled in (None: not known), and the rows that cannot be.

    Where the editor could not show what there is, ``kept`` stays unless it was said to be replaced.
    """
    if kept and "h.replace" not in sent:
        return kept, frozenset()
    wrong: set[str] = set()
    week = []
    for day in DAYS:
        try:
            week.append(_day(sent, f"h.{day}"))
        except BadValue:
            wrong.add(f"h.{day}")
            week.append(DayHours())
    exceptions = []
    for number in _exception_numbers(sent):
        try:
            exceptions += _exception(sent, f"x.{number}")
        except BadValue:
            wrong.add(f"x.{number}")
    try:
        otherwise = read_note(_one(sent, "h.otherwise")) if "h.appointment" in sent else ""
    except BadValue:
        otherwise = ""
    if "h.appointment" in sent and not otherwise:
        otherwise = BY_APPOINTMENT
    hours = Hours(tuple(week), tuple(exceptions), otherwise)
    if wrong or hours.is_empty:
        return None, frozenset(wrong)
    return write_hours(hours), frozenset()


def _exception_row(number: int, each: Exception_) -> Row:
    kind = each.holiday or (YEARLY if each.yearly else DATE)
    first = each.first.isoformat() if each.first else ""
    last = each.last.isoformat() if each.last and each.last != each.first else ""
    return Row(f"x.{number}", _pairs(each.hours.spans), each.hours.note, kind, first, last)


def _pairs(spans: Sequence[Span]) -> tuple[tuple[str, str], ...]:
    return (*spans, *((("", ""),) * (PAIRS - len(spans))))


def _row_sent(sent: Sent, name: str) -> Row:
    pairs = list(_pairs_sent(sent, name))
    while len(pairs) > PAIRS and pairs[-1] == ("", ""):
        pairs.pop()
    kind, first, last = (_one(sent, f"{name}.{part}") for part in ("kind", "first", "last"))
    return Row(name, _pairs(pairs), _one(sent, f"{name}.note"), kind, first, last)


def _pairs_sent(sent: Sent, name: str) -> Iterator[tuple[str, str]]:
    for number in range(MOST_PAIRS):
        if f"{name}.{number}.from" in sent or f"{name}.{number}.to" in sent:
            yield _one(sent, f"{name}.{number}.from"), _one(sent, f"{name}.{number}.to")


def _day(sent: Sent, name: str) -> DayHours:
    spans = []
    for start, end in _pairs_sent(sent, name):
        if start or end:
            span = read_time(start), read_time(end, is_end=True)
            if span[0] == span[1]:
                raise BadValue(HOURS, start, "ends when it begins", "9:00 to 12:00")
            spans.append(span)
    ordered = sorted(spans)
    for (_start, end), (start, _end) in pairwise(ordered):
        if start < end:
            raise BadValue(HOURS, start, "begins before the one before ends", "9:00 to 12:00")
    return DayHours(tuple(ordered), read_note(_one(sent, f"{name}.note")))


def _exception(sent: Sent, name: str) -> list[Exception_]:
    kind, hours = _one(sent, f"{name}.kind"), _day(sent, name)
    first, last = _one(sent, f"{name}.first"), _one(sent, f"{name}.last")
    if not kind:
        if first or hours != DayHours():
            raise BadValue(HOURS, first, "does not say which day", "a day or a holiday")
        return []
    if kind in HOLIDAYS:
        return [Exception_(hours, holiday=kind)]
    if kind not in (DATE, YEARLY):
        raise BadValue(HOURS, kind, "is no kind of day", "a day or a holiday")
    begin = _date(first)
    end = _date(last) if last else begin
    if end < begin:
        raise BadValue(HOURS, last, "comes before the first day", "a later day")
    return [Exception_(hours, first=begin, last=end, yearly=kind == YEARLY)]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue(HOURS, text, "is not a day", "2026-12-24") from None


def _exception_numbers(sent: Sent) -> list[int]:
    return [n for n in range(MOST_EXCEPTIONS) if f"x.{n}.kind" in sent]


def _one(sent: Sent, name: str) -> str:
    held = sent.get(name, ())
    return held[0].strip() if held else ""
