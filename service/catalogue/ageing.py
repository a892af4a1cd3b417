"""When a fact that ages is not known any more: so many days after it was said, to the minute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from service.catalogue.claims import Edit
from service.config import TIMEZONE
from service.eight_b.thresholds import threshold
from service.model.dates import PartialDate
from service.model.fields import fields
from service.model.values import Value

_DAYS = {"intake": "intake_days", "wait": "wait_days"}

AGEING: Mapping[str, str] = {
    path: _DAYS[field.ages] for path, field in fields().items() if field.ages in _DAYS
}
"""Every field whose facts expire, with the threshold that says after how many days."""


def expiry_of_record(path: str, said_on: PartialDate | None) -> datetime | None:
    """From when on what a source said is not known any more; None for a source of which the age is unknown.

    Counted from the start of the first day that its date can mean: nothing passes for newer than it is.
    """
    return None if said_on is None else _after(path, said_on.earliest)


def expiry_of_edit(path: str, edit: Edit) -> datetime:
    """From when on what a person stated is not known any more, at the latest when the edit itself runs out.

    The same time of day as it was stated, whatever the clocks did in between.
    """
    aged = _aware(edit.stated_at.astimezone(TIMEZONE).replace(tzinfo=None) + _life(path))
    return aged if edit.until is None else min(aged, _midnight(edit.until + timedelta(days=1)))


def known_at(values: Mapping[str, Value], expires: Mapping[str, datetime], now: datetime) -> dict[str, Value]:
    """The values without those that age and have expired at ``now``, or of which the age is unknown."""
    return {
        key: value
        for key, value in values.items()
        if key not in AGEING or ((moment := expires.get(key)) is not None and moment > now)
    }


@lru_cache(maxsize=5_000)
def _after(path: str, day: date) -> datetime:
    return _midnight(day + _life(path))


def _life(path: str) -> timedelta:
    return timedelta(days=threshold(AGEING[path]))


def _midnight(day: date) -> datetime:
    return _aware(datetime.combine(day, time()))


def _aware(local: datetime) -> datetime:
    return local.replace(tzinfo=TIMEZONE)
