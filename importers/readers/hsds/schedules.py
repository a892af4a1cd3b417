"""Turns the schedules of HSDS into opening hours: all rows of a service are read, or none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from importers.readers.hsds.original import read_original
from importers.readers.hsds.staging import Item
from importers.readers.hsds.weekly import (
    Unreadable,
    date_of,
    days_of,
    grouped,
    is_closed,
    overlap,
    span_of,
    times_of,
)
from service.errors import BadValue
from service.model.schedule import parse_hours

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORDS = ("description", "original_text", "notes")
_EVER = 5  # years: who says that something holds until 2099 says that it has no end

_Times = dict[str, dict[str, list[str]]]
"""Spans by day by season; the season without bounds is the empty text."""


@dataclass(frozen=True, slots=True)
class Hours:
    """``osm`` is the expression, None where none is sure; ``why`` says why, ``bad`` for which row.

    ``texts`` are what the feed says about its hours in words.
    """

    osm: str | None
    texts: tuple[str, ...] = ()
    why: str | None = None
    bad: Item | None = None


def read_schedules(rows: Sequence[Item], holidays: Sequence[Item], today: date) -> Hours:
    """The opening hours that the rows say, as on ``today`` (what is over is left out)."""
    said = [text for row in rows for name in _WORDS if (text := row.get(name).replace("\\n", "\n"))]
    texts = tuple(dict.fromkeys(said))
    originals = {row.get("original_text") for row in rows} - {""}
    if originals:
        return _from_words(originals, texts, rows, holidays, today)
    times: _Times = {}
    for row in rows:
        try:
            _read(row, times, today)
        except Unreadable as error:
            return Hours(None, texts or in_words(rows), str(error), row)
    if not times:
        return Hours(None, texts)
    if any(overlap(spans) for days in times.values() for spans in days.values()):
        return Hours(None, texts or in_words(rows), "hours of one day that overlap", rows[0])
    osm = "; ".join([_expression(times), *_exceptions(holidays, today)])
    try:
        parse_hours(osm)
    except BadValue:
        return Hours(None, texts or in_words(rows), "hours that together make no expression", rows[0])
    return Hours(osm, texts)


def _from_words(
    originals: set[str], texts: tuple[str, ...], rows: Sequence[Item], holidays: Sequence[Item], today: date
) -> Hours:
    """Where rows were made from words that are there too, what the words say: such rows often lack half."""
    osm = read_original(originals.pop()) if len(originals) == 1 else None
    if osm is None:
        return Hours(None, texts, "words from which rows were made that have no sure reading", rows[0])
    return Hours("; ".join([osm, *_exceptions(holidays, today)]), texts)


def _read(row: Item, times: _Times, today: date) -> None:
    """Add what a row says; nothing where it says that it is closed, or is over."""
    opens, closes = times_of(row)
    season = _season(row, today)
    if season is None or is_closed(opens, closes):
        return
    days, span = days_of(row), span_of(opens, closes)
    if not days:
        raise Unreadable("hours without a day")
    for day in days:
        spans = times.setdefault(season, {}).setdefault(day, [])
        if span not in spans:
            spans.append(span)


def _season(row: Item, today: date) -> str | None:
    """The dates between which the row holds; empty where it holds all year, None where it is over."""
    ends = [end for name in ("valid_to", "until") if (end := date_of(row.get(name)))]
    starts = [start for name in ("valid_from", "dtstart") if (start := date_of(row.get(name)))]
    end, start = min(ends, default=None), max(starts, default=None)
    if end is not None and end < today:
        return None
    if end is not None and end.year - today.year < _EVER:
        return f"{_dated(start or date(2000, 1, 1))}-{_dated(end)}"
    return f"{_dated(start)}+" if start is not None and start > today else ""


def _expression(times: _Times) -> str:
    """All rules in one: what holds besides a rule before it follows a comma, where ``;`` would replace it."""
    osm = ""
    for season in sorted(times):
        for days, spans in grouped(times[season]):
            rule = " ".join(filter(None, (season, days, ",".join(spans))))
            osm += ("" if not osm else ", " if season or "[" in days else "; ") + rule
    return osm


def _exceptions(holidays: Sequence[Item], today: date) -> list[str]:
    """Days with other hours, by date, as far as they are still to come; a doubtful one is left out."""
    found: list[str] = []
    for row in holidays:
        start, end = date_of(row.get("start_date")), date_of(row.get("end_date") or row.get("start_date"))
        if start is None or end is None or not today <= end or start > end:
            continue
        when = _dated(start) if start == end else f"{_dated(start)}-{_dated(end)}"
        if row.get("closed").lower() in ("true", "1", "yes", "y", "t"):
            found.append(f"{when} off")
        elif row.get("opens_at") and row.get("closes_at"):
            try:
                found.append(f"{when} {span_of(row.get('opens_at'), row.get('closes_at'))}")
            except Unreadable:
                continue
    return list(dict.fromkeys(found))


def _dated(day: date) -> str:
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}"


def in_words(rows: Sequence[Item]) -> tuple[str, ...]:
    """The rows as the feed wrote them, where it has no words of its own for hours that cannot be read."""
    lines = (
        " ".join(
            filter(None, (row.get("byday") or row.get("weekday"), _from_to(row), row.get("freq").lower()))
        )
        for row in rows
    )
    words = "; ".join(dict.fromkeys(line for line in lines if line))
    return (words,) if words else ()


def _from_to(row: Item) -> str:
    return "-".join(filter(None, times_of(row)))
