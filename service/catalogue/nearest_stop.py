"""Which stop of public transport is nearest to a listing, where stops were loaded."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from sqlalchemy.engine import Connection, Engine

from service.database.session import home_of
from service.geo.point import Point
from service.geo.replaced_file import stamp
from service.geo.stop_table import FILE, NearStop, StopTable
from service.model.listing import Location

_CLOSE = ("exact", "street")
"""A listing that stands at the middle of its postal code is at no known distance from any stop."""


def nearest_stop(bind: Engine | Connection, location: Location | None) -> NearStop | None:
    """The stop nearest to a place; None without loaded stops, and for a place hidden or not known closely."""
    if location is None or location.hidden or location.precision not in _CLOSE:
        return None
    home = home_of(bind)
    loaded = stamp(home / FILE) if home else None
    if home is None or loaded is None or location.lat is None or location.lon is None:
        return None
    return _table(home / FILE, loaded).nearest(Point(location.lat, location.lon))


@lru_cache(maxsize=1)
def _table(path: Path, _stamp: tuple[int, int]) -> StopTable:
    return StopTable(path)
