"""Writes a timetable in the opening_hours form of OpenStreetMap."""

from __future__ import annotations

from service.written.hours.clock import DAY, Span
from service.written.hours.timetable import Frame, Timetable, Week

NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_WEEKS = {"even": "week 02-52/2", "odd": "week 01-53/2"}


def write_hours(table: Timetable) -> str:
    """The expression: always before on dates, every week before a week of the month, closed last."""
    if _is_always(table):
        return "24/7"
    rules: list[str] = []
    for frame, week in sorted(
        table.weeks.items(), key=lambda item: (item[0] != Frame(), bool(item[0].weeks))
    ):
        rules += [_rule(frame, days, spans) for spans, days in _groups(week)]
    rules += _nth_rules(table)
    if table.holidays:
        rules.append(f"PH {_spans(table.holidays)}")
    rules += [f"{each} off" for each in dict.fromkeys(_merged(table.closed))]
    return "; ".join(rules)


def _is_always(table: Timetable) -> bool:
    week = table.weeks.get(Frame())
    whole = {(Span(0, DAY),)}
    return bool(
        week and len(table.weeks) == 1 and len(week.days) == 7 and set(week.days.values()) == whole
        and not table.nth and not table.closed
    )  # fmt: skip


def _groups(week: Week) -> list[tuple[tuple[Span, ...], list[int]]]:
    groups: dict[tuple[Span, ...], list[int]] = {}
    for day in sorted(week.days):
        groups.setdefault(week.days[day], []).append(day)
    return list(groups.items())


def _rule(frame: Frame, days: list[int], spans: tuple[Span, ...]) -> str:
    return " ".join(part for part in (_frame(frame), days_text(days), _spans(spans)) if part)


def _frame(frame: Frame) -> str:
    return " ".join(part for part in (_WEEKS.get(frame.weeks, ""), ",".join(frame.dates)) if part)


def days_text(days: list[int]) -> str:
    """Days as the specification names them, three or more in a row as a range; nothing for all seven."""
    if len(days) == 7:
        return ""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [
        f"{NAMES[run[0]]}-{NAMES[run[-1]]}" if len(run) > 2 else ",".join(NAMES[day] for day in run)
        for run in runs
    ]
    return ",".join(names)


def _nth_rules(table: Timetable) -> list[str]:
    groups: dict[tuple[Frame, tuple[Span, ...]], dict[int, list[int]]] = {}
    for (frame, day, place), spans in table.nth.items():
        groups.setdefault((frame, spans), {}).setdefault(day, []).append(place)
    rules = []
    for (frame, spans), days in groups.items():
        names = ",".join(f"{NAMES[day]}[{','.join(map(str, places))}]" for day, places in days.items())
        rules.append(" ".join(part for part in (_frame(frame), names, _spans(spans)) if part))
    return rules


def _spans(spans: tuple[Span, ...]) -> str:
    return ",".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    if span.end is None:
        return f"{_clock(span.start)}+"
    end = span.end - DAY if span.end > DAY else span.end
    return f"{_clock(span.start)}-{_clock(end)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _merged(closed: list[str]) -> list[str]:
    """Public holidays first, as people read them; the rest as it was said."""
    return sorted(closed, key=lambda each: each != "PH")
