"""Where people live: a table of population points where one is given, else the middle of each postal code."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from service.catalogue.ground import Ground
from service.config import Settings
from service.errors import BadSetting, BadValue
from service.geo.places import gazetteer
from service.geo.point import Point

FILE = "population.csv"
"""In the data folder, where no setting names another."""

COLUMNS = ("lat", "lon", "people")
MOST_POINTS = 300_000
"""More than the 100 m squares of Brussels and Flanders in which anybody lives."""

PointsOf = Literal["people", "postal_codes"]


@dataclass(frozen=True, slots=True)
class Home:
    """A point where ``people`` live; ``place`` is its postal code and municipality (NIS), as "1030 21015"."""

    point: Point
    people: float
    place: str
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Homes:
    """All points, and what they are: people where somebody counted, else postal codes that count one each."""

    kind: PointsOf
    points: tuple[Home, ...]


def homes_of(settings: Settings, ground: Ground) -> Homes:
    """The points in force. Raises BadSetting and BadValue for a table that cannot be read."""
    named = Path(settings.population) if settings.population else None
    path = named or settings.home / FILE
    if path.is_file():
        return Homes("people", tuple(read_homes(path, ground)))
    if named:
        raise BadSetting(f"NABIJ_POPULATION names {named}, and there is no such file.")
    return postal_homes(ground)


def postal_homes(ground: Ground) -> Homes:
    """The middle of every postal code, each counted as one."""
    points = gazetteer().postal_points().items()
    found = (Home(at, 1, f"{code} {nis}", ground.zones_of(nis, code)) for (code, nis), at in points)
    return Homes("postal_codes", tuple(home for home in found if home.zones))


def read_homes(path: Path, ground: Ground) -> Iterator[Home]:
    """The points of a table with the columns lat, lon and people that lie in a zone and where somebody lives.

    A point lies in the zones of the nearest postal code (of its own municipality, where official outlines
    say which that is). Raises BadValue, naming the row, for anything but numbers that can be, and for a
    table of which no point lies in a zone.
    """
    near = _Nearest(ground)
    found = 0
    for point, people in _rows(path):
        place = near.place(point) if people else None
        if place and (zones := ground.zones_of(place[1], place[0])):
            found += 1
            yield Home(point, people, " ".join(place), zones)
    if not found:
        raise BadValue(path.name, path, "has no point with people in any zone", "lat,lon,people in degrees")


def _rows(path: Path) -> Iterator[tuple[Point, float]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise BadValue(path.name, rows.fieldnames, "has other columns", "lat,lon,people")
            for number, row in enumerate(rows, 2):
                if number > MOST_POINTS + 1:
                    raise BadValue(path.name, number, "has too many rows", f"at most {MOST_POINTS}")
                yield _row(f"{path.name} row {number}", row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadValue(path.name, path, f"cannot be read ({error})", "CSV in UTF-8") from None


def _row(where: str, row: Mapping[str | None, object]) -> tuple[Point, float]:
    numbers = []
    for column in COLUMNS:
        try:
            number = float(str(row[column]))
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or None in row:
            raise BadValue(f"{where} {column}", row[column], "is not a number", "three numbers, with a point")
        numbers.append(number)
    if numbers[2] < 0:
        raise BadValue(f"{where} people", numbers[2], "is below zero", "0 or more")
    try:
        return Point(numbers[0], numbers[1]), numbers[2]
    except BadValue as error:
        raise BadValue(f"{where} {error.field}", error.value, error.reason, error.suggestion) from None


class _Nearest:
    """The postal code that a point is nearest to, if it is near any."""

    def __init__(self, ground: Ground) -> None:
        from shapely import STRtree, points  # takes 0.1 s and serves only where there is a table

        self._ground, self._points = ground, points
        self._places = list(gazetteer().postal_points().items())
        self._all = STRtree([points(_flat(at)) for _place, at in self._places])
        self._of: dict[str, list[int]] = {}
        for number, ((_code, nis), _at) in enumerate(self._places):
            self._of.setdefault(nis, []).append(number)

    def place(self, point: Point) -> tuple[str, str] | None:
        """Postal code and municipality; None for a point further than `FURTHEST` from all of them."""
        x, y = _flat(point)
        nis = self._ground.municipality_at(point)
        if nis:
            own = self._of.get(nis, ())
            ends = ((math.dist((x, y), _flat(self._places[each][1])), each) for each in own)
            return self._places[min(ends)[1]][0] if own else None
        found = self._all.query_nearest(self._points(x, y), max_distance=FURTHEST)
        return self._places[int(found[0])][0] if len(found) else None


FURTHEST = 12.0 / 111.2
"""Degrees of latitude: 12 km, beyond which a point is abroad or in Wallonia, at sea or a slip."""


def _flat(point: Point) -> tuple[float, float]:
    """Degrees on a plane where both directions are as long: a degree of latitude is the unit."""
    return point.lon * _NARROWING, point.lat


_NARROWING = math.cos(math.radians(51))
