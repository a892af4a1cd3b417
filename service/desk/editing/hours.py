"""Opening hours as a week with exceptions, as the small editor shows them, and the expression it writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from service.errors import BadValue
from service.model.schedule import parse_hours

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
HOLIDAYS = ("PH", "easter", "easter +1 day", "easter +39 days", "easter +49 days", "easter +50 days")
"""Days that are not the same date every year: any public holiday, then Easter and what is counted from it."""

WHOLE_DAY = ("00:00", "24:00")
LONGEST_NOTE = 60
_TIME = re.compile(r"\s*(\d{1,2})\s*(?:[:.uUhH]\s*(\d{2})?)?\s*")
_QUOTED = re.compile(r'[";\\|]|[\x00-\x1f]')

Span = tuple[str, str]
"""From and to as HH:MM; to is 24:00 at the end of a day, and before from where it runs over midnight."""


@dataclass(frozen=True, slots=True)
class DayHours:
    """When it is open on a day (never: closed), with what is said about it."""

    spans: tuple[Span, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Exception_:
    """Days that differ: one of `HOLIDAYS`, or ``first`` to ``last``, each year where ``yearly``."""

    hours: DayHours = field(default_factory=DayHours)
    holiday: str = ""
    first: date | None = None
    last: date | None = None
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """A week from Monday, the exceptions, and what is possible outside of it (by appointment)."""

    week: tuple[DayHours, ...] = (DayHours(),) * 7
    exceptions: tuple[Exception_, ...] = ()
    otherwise: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is filled in, which says nothing: not that it is always closed."""
        return not (self.exceptions or self.otherwise or any(day != DayHours() for day in self.week))


def read_time(text: str, *, is_end: bool = False) -> str:
    """A time as people write it (9, 9:00, 9u30, 17.00, 24:00) as HH:MM. Raises BadValue."""
    found = _TIME.fullmatch(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    is_midnight = is_end and (hour, minute) in ((24, 0), (0, 0))
    if not is_midnight and (hour > 23 or minute > 59):
        raise BadValue("schedule.opening_hours", text, "is not a time", "9:00, 9u30, 17.00")
    return "24:00" if is_midnight else f"{hour:02}:{minute:02}"


def read_note(text: str) -> str:
    """What is said about a day. Raises BadValue for what an expression cannot hold."""
    short = text.strip()
    if len(short) > LONGEST_NOTE or _QUOTED.search(short):
        raise BadValue(
            "schedule.opening_hours", text, "is too long or has quotation marks", f"{LONGEST_NOTE} signs"
        )
    return short


def write_hours(hours: Hours) -> str:
    """The expression of the OpenStreetMap specification. Raises BadValue for what cannot be one."""
    rules = [f"{_days(days)} {_when(same)}" for same, days in _alike(hours.week)]
    if all(day == DayHours((WHOLE_DAY,)) for day in hours.week):
        rules = ["24/7"]
    elif not rules and hours.exceptions:
        rules = ["Mo-Su off"]
    rules += [f"{_selector(each)} {_when(each.hours)}" for each in hours.exceptions]
    text = "; ".join(rules)
    if hours.otherwise:
        text += f' || unknown "{hours.otherwise}"' if text else f'unknown "{hours.otherwise}"'
    parse_hours(text)
    return text


def _alike(week: Sequence[DayHours]) -> Iterator[tuple[DayHours, list[int]]]:
    """The days of a week that have the same hours, in the order of the first; closed ones are left out."""
    held: dict[DayHours, list[int]] = {}
    for number, day in enumerate(week):
        if day != DayHours():
            held.setdefault(day, []).append(number)
    yield from held.items()


def _days(numbers: Sequence[int]) -> str:
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ",".join(
        DAYS[part[0]] if len(part) == 1 else f"{DAYS[part[0]]}-{DAYS[part[-1]]}" for part in parts
    )


def _when(day: DayHours) -> str:
    times = ",".join(f"{start}-{end}" for start, end in day.spans) or "off"
    return f'{times} "{day.note}"' if day.note else times


def _selector(each: Exception_) -> str:
    if each.holiday:
        return each.holiday
    assert each.first is not None
    first, last = each.first, each.last or each.first
    if each.yearly:
        text = _day_of_year(first)
        return text if last == first else f"{text}-{_day_of_year(last)}"
    text = f"{first.year} {_day_of_year(first)}"
    return text if last == first else f"{text}-{last.year} {_day_of_year(last)}"


def _day_of_year(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day:02}"


def with_day(hours: Hours, number: int, day: DayHours) -> Hours:
    """The same with another day of the week, counted from Monday as 0."""
    return replace(hours, week=(*hours.week[:number], day, *hours.week[number + 1 :]))
