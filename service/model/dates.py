"""Dates that are known to a year, a month or a day, as sources state them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from service.errors import BadValue

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with the precision it was given: ``month`` and ``day`` are None when nobody said them."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read 2026, 2026-08 or 2026-08-13. Raises BadValue for anything else or an impossible date."""
        try:
            return cls(*_parts(text.strip()))
        except ValueError:
            raise BadValue("date", text, "is not a date", "2026, 2026-08 or 2026-08-13") from None

    @property
    def precision(self) -> str:
        """``year``, ``month`` or ``day``."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def earliest(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)


@lru_cache(maxsize=5_000)  # the days of some ten years; the records of a source share theirs
def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = int(match[1]), *(int(part) if part else None for part in match.groups()[1:])
    date(year, month or 1, day or 1)
    return year, month, day
