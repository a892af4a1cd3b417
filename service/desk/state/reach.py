"""How many people have how many ready listings of each need within ten minutes by bike, whatever the zone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from service.desk.state.points import Home
from service.eight_b.thresholds import threshold
from service.geo.point import EARTH_RADIUS_M, Point
from service.geo.travel import radius_m
from service.model import terms
from service.model.listing import Listing

MODE = "bike"
MANY = 2
"""From how many listings on there is a choice."""

MOST_FAR = 3
"""Places that are named per need."""

_PLACED = frozenset({"exact", "street", "postal_code"})
_Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Reach:
    """One need in one zone: people with no, one, two or more listings in reach, and a digit per point.

    ``far`` are places where people have none, most people first, then the furthest: the place, how many
    people, and how many metres it is from there to the nearest (None: there is none anywhere).
    """

    need: str
    people: tuple[float, float, float]
    in_reach: str
    far: tuple[tuple[str, float, int | None], ...]


class ReachBook:
    """Where the ready listings are, gathered one after the other, then counted over where people live."""

    def __init__(self) -> None:
        self._needs = {code: number for number, code in enumerate(terms.needs())}
        self._at: list[tuple[float, float]] = []
        self._helps: list[tuple[int, ...]] = []

    def add(self, listing: Listing) -> None:
        """Note a listing as everybody may see it; where only the municipality is known it is left out."""
        place = listing.location
        if place is None or place.lat is None or place.lon is None or place.precision not in _PLACED:
            return
        self._at.append((place.lat, place.lon))
        self._helps.append(tuple(self._needs[code] for code in listing.service.needs))

    def count(self, homes: Sequence[Home]) -> dict[str, list[Reach]]:
        """Per zone with anybody in it one `Reach` for every need, in the order of the needs."""
        in_reach = self._in_reach(homes)
        metres = self._nearest(homes, in_reach)
        by_zone: dict[str, list[int]] = {}
        for number, home in enumerate(homes):
            for zone in home.zones:
                by_zone.setdefault(zone, []).append(number)
        return {
            zone: [
                _reach(need, [homes[i] for i in some], in_reach[some, column], metres[some, column])
                for need, column in self._needs.items()
            ]
            for zone, some in by_zone.items()
        }

    def _in_reach(self, homes: Sequence[Home]) -> _Numbers:
        """How many listings of each need a point has in reach, two standing for more."""
        limit = radius_m(threshold("near_minutes"), MODE)
        helps = np.zeros((len(self._at), len(self._needs)), dtype=np.uint8)
        for number, codes in enumerate(self._helps):
            helps[number, list(codes)] = 1
        at = np.radians(np.array(self._at, dtype=np.float64).reshape(-1, 2))
        squares = _Squares(self._at, limit)
        found = np.zeros((len(homes), len(self._needs)), dtype=np.uint8)
        for number, home in enumerate(homes):
            near = squares.around(home.point)
            near = near[_metres(home.point, at[near]) <= limit]
            found[number] = np.minimum(helps[near].sum(axis=0, dtype=np.int64), MANY)
        return found

    def _nearest(self, homes: Sequence[Home], in_reach: _Numbers) -> _Numbers:
        """Metres to the nearest listing of a need from points that have none in reach, where there is any."""
        from shapely import STRtree, points  # takes 0.1 s, and only counting needs it

        spots = np.array([(home.point.lat, home.point.lon) for home in homes]).reshape(-1, 2)
        found = np.full(in_reach.shape, np.inf)
        at, scale = np.array(self._at).reshape(-1, 2), np.array([math.cos(math.radians(51)), 1.0])
        for column in self._needs.values():
            own = at[[number for number, codes in enumerate(self._helps) if column in codes]]
            without = np.flatnonzero(in_reach[:, column] == 0)
            if not len(own) or not len(without):
                continue
            tree = STRtree(list(points(own[:, ::-1] * scale)))
            nearest = tree.nearest(points(spots[without, ::-1] * scale))
            for number, other in zip(without.tolist(), nearest.tolist(), strict=True):
                found[number, column] = _metres(homes[number].point, np.radians(own[[other]]))[0]
        return found


class _Squares:
    """Listings by squares that are as wide as the limit, so that nine of them hold all that is in reach."""

    def __init__(self, at: Sequence[tuple[float, float]], limit: float) -> None:
        self._by_lat = math.degrees(limit / EARTH_RADIUS_M) * 1.001
        self._by_lon = self._by_lat / math.cos(math.radians(52))  # as wide further south, wider further north
        held: dict[tuple[int, int], list[int]] = {}
        for number, (lat, lon) in enumerate(at):
            held.setdefault(self._square(lat, lon), []).append(number)
        self._held = {square: np.array(some, dtype=np.int64) for square, some in held.items()}

    def around(self, point: Point) -> _Numbers:
        """The listings in the nine squares around a point."""
        row, column = self._square(point.lat, point.lon)
        some = [
            self._held[square]
            for square in product(range(row - 1, row + 2), range(column - 1, column + 2))
            if square in self._held
        ]
        return np.concatenate(some) if some else np.array([], dtype=np.int64)

    def _square(self, lat: float, lon: float) -> tuple[int, int]:
        return math.floor(lat / self._by_lat), math.floor(lon / self._by_lon)


def _metres(point: Point, at: _Numbers) -> _Numbers:
    """Metres to places in radians: `service.geo.point.distance_m` for many."""
    lat, lon = math.radians(point.lat), math.radians(point.lon)
    by_lat, by_lon = np.sin((at[:, 0] - lat) / 2) ** 2, np.sin((at[:, 1] - lon) / 2) ** 2
    inner = np.minimum(1.0, by_lat + math.cos(lat) * np.cos(at[:, 0]) * by_lon)
    metres: _Numbers = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(inner))
    return metres


def _reach(need: str, homes: Sequence[Home], in_reach: _Numbers, metres: _Numbers) -> Reach:
    people = [0.0, 0.0, 0.0]
    without: dict[str, tuple[float, float]] = {}
    for home, count, far in zip(homes, in_reach, metres, strict=True):
        people[count] += home.people
        if count == 0:
            before = without.get(home.place, (0.0, 0.0))
            without[home.place] = before[0] + home.people, max(before[1], float(far))
    far_off = sorted(without.items(), key=lambda each: (-each[1][0], -each[1][1], each[0]))
    digits = "".join(map(str, in_reach))
    return Reach(need, (people[0], people[1], people[2]), digits, _named(far_off[:MOST_FAR]))


def _named(far: Sequence[tuple[str, tuple[float, float]]]) -> tuple[tuple[str, float, int | None], ...]:
    return tuple((place, n, None if math.isinf(m) else round(m)) for place, (n, m) in far)
