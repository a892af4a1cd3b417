"""Distances from one centre to many points: exact ones, and quick ones that are good enough to sort by."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.geo.point import EARTH_RADIUS_M

DEGREE_M = math.radians(1) * EARTH_RADIUS_M
PLANE_LIMIT_M = 200_000
"""Up to here the flat map is wrong by under 2 % at Belgium's latitude (tan(51°) · 200 km / 2R)."""


def exact_m(lat: NDArray[Any], lon: NDArray[Any], centre: tuple[float, float]) -> NDArray[np.float64]:
    """Metres along the surface of the mean sphere (haversine formula, as `service.geo.point`)."""
    here, there = math.radians(centre[0]), np.radians(lat, dtype=np.float64)
    by_lat = np.sin((there - here) / 2) ** 2
    by_lon = np.sin(np.radians(lon - centre[1], dtype=np.float64) / 2) ** 2
    share = by_lat + math.cos(here) * np.cos(there) * by_lon
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(share, 1.0)))
    return metres


def plane_squared(lat: NDArray[Any], lon: NDArray[Any], centre: tuple[float, float]) -> NDArray[np.float32]:
    """Squared metres on a flat map around the centre; NaN where there is no point."""
    north = (lat - np.float32(centre[0])) * np.float32(DEGREE_M)
    east = (lon - np.float32(centre[1])) * np.float32(DEGREE_M * math.cos(math.radians(centre[0])))
    north *= north
    east *= east
    north += east
    flat: NDArray[np.float32] = north
    return flat
