"""Moments as whole minutes, so that they compare as numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)  # single precision holds every minute exactly until 2051
_MINUTE = timedelta(minutes=1)


def minute_of(moment: datetime) -> int:
    """The minute that an aware ``moment`` lies in, counted from the start of 2020 (UTC)."""
    return (moment - _BEGIN) // _MINUTE
