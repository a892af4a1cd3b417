"""When the facts of a listing have to be checked again, and from when on they are too old to build on."""

from __future__ import annotations

from datetime import date

from service.catalogue.resolve import Resolved
from service.model.freshness import EMERGENCY, Age, age_of, ages, months_later

Days = tuple[date | None, date | None]
"""When it has to be checked again, and from when on it is stale."""

_NEEDS = "service.needs"


def next_check(resolved: Resolved) -> Days:
    """The day of the next check and the first day on which it is stale: those of the fact that is first.

    What is derived ages with what it follows from. None for both where no fact has a date.
    """
    emergency = _is_emergency(resolved)
    # Most facts of a listing share one provenance, so that its days are worked out once per age.
    said = {
        (id(who), age_of(key.partition("@")[0], emergency)): who
        for key, who in resolved.provenance.items()
        if who.kind != "derived"
    }
    known = {(who.known_on, age) for (_id, age), who in said.items()}
    days = [check_days(known_on, age) for known_on, age in known if known_on is not None]
    if not days:
        return None, None
    return min(check for check, _stale in days), min(stale for _check, stale in days)


def check_days(known_on: date, age: Age) -> tuple[date, date]:
    """When a fact that was right on a day has to be checked again, and when it is stale."""
    return months_later(known_on, age.check_months), months_later(known_on, age.stale_months)


def _is_emergency(resolved: Resolved) -> bool:
    needs = resolved.values.get(_NEEDS)
    return isinstance(needs, list) and not ages()[EMERGENCY].needs.isdisjoint(map(str, needs))
