"""Fences that depend on the centre, the way of travelling or the time: what lies within and what is open."""

from __future__ import annotations

from datetime import datetime

from service.errors import BadParameter
from service.geo.travel import radius_m
from service.model.clauses import Clause, Has, Within
from service.search.query.filters.base import Context
from service.search.query.filters.parse import Now


def within_metres(metres: int, context: Context) -> Clause:
    """At most ``metres`` in a straight line from the centre."""
    lat, lon = _centre("within_m", context)
    return Within(lat, lon, metres)


def within_minutes(minutes: int, context: Context) -> Clause:
    """At most ``minutes`` of travelling, by the straight line that the mode covers in that time."""
    lat, lon = _centre("minutes", context)
    return Within(lat, lon, radius_m(minutes, context.mode))


def is_open(moment: datetime | Now, context: Context) -> Clause:
    """Known to be open at ``moment``; of unknown hours a listing does not pass."""
    return Has("hours", context.open_hours(context.now if isinstance(moment, str) else moment))


def _centre(name: str, context: Context) -> tuple[float, float]:
    if context.centre is None:
        raise BadParameter(name, f"{name} needs a centre.", "near, lat and lon, or a place in q")
    return context.centre
