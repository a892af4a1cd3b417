"""Stops of public transport as a table in one file, and the one nearest to a point."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from service.geo.point import Point, distance_m
from service.geo.replaced_file import opened, replaced

FILE = "stops.db"
"""In the data folder."""
FAR_M = 20_000.0
"""Beyond this nobody speaks of a stop near by; every place in Belgium has one closer."""
_FIRST_M = 400.0  # most addresses have a stop within it
_WIDER = 4.0
_METRES_PER_DEGREE = 111_000.0  # of latitude; a little under it, so that a window is never too small
_TABLES = """
    CREATE TABLE stop
        (id INTEGER PRIMARY KEY, name TEXT, operator TEXT, lat REAL, lon REAL, step_free INTEGER);
    CREATE VIRTUAL TABLE box USING rtree (id, south, north, west, east);
"""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to get on: ``step_free`` is None where its operator does not say."""

    name: str
    operator: str
    point: Point
    step_free: bool | None


@dataclass(frozen=True, slots=True)
class NearStop:
    """A stop, and how far it is in whole metres as the crow flies."""

    stop: Stop
    distance_m: int


def build_stop_table(path: Path, stops: Iterable[Stop]) -> int:
    """Write the table anew from these stops; gives how many. The table before stays until this one is whole.

    Raises StorageError when the disk cannot take it.
    """
    count = 0
    with replaced(path) as part, closing(sqlite3.connect(part)) as table:
        table.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        for count, each in enumerate(stops, start=1):
            lat, lon = each.point.lat, each.point.lon
            row = (count, each.name, each.operator, lat, lon, each.step_free)
            table.execute("INSERT INTO stop VALUES (?, ?, ?, ?, ?, ?)", row)
            table.execute("INSERT INTO box VALUES (?, ?, ?, ?, ?)", (count, lat, lat, lon, lon))
        table.commit()
    return count


class StopTable:
    """The table, opened for reading."""

    def __init__(self, path: Path) -> None:
        self._table = opened(path)

    def nearest(self, point: Point, *, step_free_only: bool = False) -> NearStop | None:
        """The stop nearest to a point; None where none lies within FAR_M. Of equally near ones the first."""
        reach = _FIRST_M
        while True:
            near = [
                (distance_m(point, stop.point), number, stop)
                for number, stop in self._within(point, reach)
                if stop.step_free or not step_free_only
            ]
            # A corner of the window is farther than its sides: only within ``reach`` nothing can be missed.
            best = min(near, key=lambda each: each[:2], default=None)
            if best and best[0] <= reach:
                return NearStop(best[2], round(best[0]))
            if reach >= FAR_M:
                return None
            reach = min(FAR_M, reach * _WIDER)

    def _within(self, point: Point, reach: float) -> list[tuple[int, Stop]]:
        by_lat = reach / _METRES_PER_DEGREE
        by_lon = by_lat / max(0.01, math.cos(math.radians(abs(point.lat) + by_lat)))
        rows = self._table.execute(
            "SELECT stop.* FROM box JOIN stop USING (id)"
            " WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?",
            (point.lat - by_lat, point.lat + by_lat, point.lon - by_lon, point.lon + by_lon),
        )
        return [
            (number, Stop(name, operator, Point(lat, lon), None if step_free is None else bool(step_free)))
            for number, name, operator, lat, lon, step_free in rows
        ]
