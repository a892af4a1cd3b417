"""The pieces of meaning that a text about hours is made of, before they are put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.written.hours.clock import Clock

WEEKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)
ALL_DAYS = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Selector:
    """Which days: ``days`` count from Monday as 0, ``nth`` are days with their place in the month.

    ``off_on_holidays`` comes with working days; ``parts`` are the parts of the day named with them, item by
    item; ``is_broad`` is true for "daily", "weekdays", "weekend" or a range, which a later day can correct;
    ``items`` are the days in the order written, for a table of days above a row of hours.
    """

    days: tuple[int, ...] = ()
    nth: tuple[tuple[int, tuple[int, ...]], ...] = ()
    holidays: bool = False
    off_on_holidays: bool = False
    parts: tuple[str, ...] = ()
    is_broad: bool = False
    is_daily: bool = False
    items: tuple[int, ...] = ()

    @property
    def part(self) -> str:
        """The one part of the day that all were named with, or nothing."""
        named = set(self.parts) - {""}
        return named.pop() if len(named) == 1 else ""

    @property
    def has_mixed_parts(self) -> bool:
        """Whether the days were named with different parts of the day."""
        return len(set(self.parts)) > 1


@dataclass(frozen=True, slots=True)
class TimePair:
    """A start and an end as written; no end where it is left open."""

    start: Clock
    end: Clock | None


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece: its kind, its value, and the text it came from."""

    kind: str
    value: Any = None
    text: str = ""
