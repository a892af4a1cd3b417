"""How quickly each kind of fact ages, and the states of freshness that follow."""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal

from service.config import DATA
from service.model.fields import fields

State = Literal["fresh", "due", "overdue", "stale", "undated"]
STATES: tuple[State, ...] = ("fresh", "due", "overdue", "stale", "undated")
"""Undated is a state of its own: nobody said how old it is, which is not the same as old."""

OVERDUE_DAYS = 61
"""Days from the next check on until it is overdue: two months to get round to it."""

EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Age:
    """One row of ``data/taxonomy/ages.csv``: after how many months to check, and when it is too old to build
    on; ``needs`` make every fact of a listing age so."""

    check_months: int
    stale_months: int
    needs: frozenset[str]


@cache
def ages() -> Mapping[str, Age]:
    """Every way of aging by its name."""
    with (DATA / "taxonomy" / "ages.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["age"]: Age(
                int(row["check_months"]),
                int(row["stale_months"]),
                frozenset(code for code in row["needs"].split(";") if code),
            )
            for row in csv.DictReader(file)
        }


@cache
def age_of(path: str, emergency: bool) -> Age:
    """How the field at a path ages; in a listing of emergency help no slower than that."""
    own = ages()[fields()[path].ages]
    if not emergency:
        return own
    urgent = ages()[EMERGENCY]
    check, stale = (min(pair) for pair in zip(_months(own), _months(urgent), strict=True))
    return Age(check, stale, own.needs)


def _months(age: Age) -> tuple[int, int]:
    return age.check_months, age.stale_months


@lru_cache(maxsize=2_000)
def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def state_on(today: date, check_on: date | None, stale_on: date | None) -> State:
    """The state of something that has to be checked on one day and is stale from another on."""
    if check_on is None:
        return "undated"
    if stale_on is not None and stale_on <= today:
        return "stale"
    if check_on > today:
        return "fresh"
    return "overdue" if check_on + timedelta(days=OVERDUE_DAYS) <= today else "due"
