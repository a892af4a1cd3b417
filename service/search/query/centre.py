"""Where a search starts from: a point, what it is called, and the region and zones around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from service.errors import BadParameter
from service.geo.place import Place
from service.geo.places import Gazetteer
from service.search.engine.distance import exact_m
from service.search.query.criteria import Criteria
from service.search.query.result import Centre
from service.search.understand.place import place_readings
from service.search.understand.understood import PlaceReading


@dataclass(frozen=True, slots=True)
class Where:
    """``centre`` is None where nothing said where; ``region`` is brussels, flanders, wallonia or None."""

    centre: Centre | None = None
    region: str | None = None
    zones: frozenset[str] = frozenset()
    nis: str | None = None
    reading: PlaceReading | None = None
    alternatives: tuple[PlaceReading, ...] = ()

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude of the centre."""
        return (self.centre.lat, self.centre.lon) if self.centre else None


def where_of(criteria: Criteria, read: PlaceReading | None, gazetteer: Gazetteer, language: str) -> Where:
    """The place in force: coordinates, else ``near``, else the place ``read`` from the question.

    Raises BadParameter when ``near`` names no place that we know, or several of which none leads.
    """
    if criteria.point is not None:
        return _around(criteria.point, gazetteer, language)
    if criteria.near is not None:
        match = gazetteer.lookup(criteria.near)
        if match is None:
            message = "There is no such place in Brussels or Flanders, or several bear that name."
            raise BadParameter("near", message, "a municipality, district, postal code, station or landmark")
        reading, alternatives = place_readings(match, language)
        return _at(match.place, reading, alternatives)
    place = gazetteer.place(read.id) if read else None
    return _at(place, read, ()) if place else Where()


def _at(place: Place, reading: PlaceReading | None, alternatives: tuple[PlaceReading, ...]) -> Where:
    # A whole region is no centre: what lies in its middle is not nearer to anybody.
    centre = (
        None
        if place.kind == "region"
        else Centre(place.point.lat, place.point.lon, reading.name if reading else "")
    )
    return Where(centre, place.region, frozenset(place.zones), place.nis, reading, alternatives)


def _around(point: tuple[float, float], gazetteer: Gazetteer, language: str) -> Where:
    """The region and zones of a point are those of the nearest municipality: good enough to rank by."""
    towns, lats, lons = _towns(gazetteer)
    nearest = towns[int(np.argmin(exact_m(lats, lons, point)))]
    centre = Centre(*point, nearest.name(language))
    return Where(centre, nearest.region, frozenset(nearest.zones), nearest.nis)


@cache
def _towns(gazetteer: Gazetteer) -> tuple[list[Place], NDArray[np.float64], NDArray[np.float64]]:
    towns = [place for place in gazetteer.places.values() if place.kind == "municipality"]
    return towns, np.array([p.point.lat for p in towns]), np.array([p.point.lon for p in towns])
