"""The documents in the order of their latitude, to find what is near without looking at the whole country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.distance import DEGREE_M, plane_squared

Flags = NDArray[np.bool_]
Keys = NDArray[np.int64]
Numbers = NDArray[np.float32]

LADDER_M = (1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000)
_MARGIN = 1e-4  # degrees, 11 m: single precision holds a latitude to half a metre


@dataclass(frozen=True, slots=True)
class Placed:
    """``rows`` that have a point, from south to north, with their coordinates; ``placeless`` rows, those
    with the newest word on them first.
    """

    rows: Keys
    lat: Numbers
    lon: Numbers
    placeless: Keys

    def closest(self, selected: Flags, centre: tuple[float, float], wanted: int) -> tuple[Keys, Numbers]:
        """The selected rows within the first radius that holds at least ``wanted``, all where none does, and
        their squared metres on a flat map; in no order.
        """
        for radius_m in LADDER_M:
            reach = radius_m / DEGREE_M + _MARGIN
            edges = np.array([centre[0] - reach, centre[0] + reach], np.float32)
            band = slice(*np.searchsorted(self.lat, edges).tolist())
            squared = plane_squared(self.lat[band], self.lon[band], centre)
            close = np.flatnonzero(squared <= radius_m**2)
            close = close[selected.take(self.rows[band].take(close))]
            if len(close) >= wanted:
                return self.rows[band].take(close), squared.take(close)
        close = np.flatnonzero(selected.take(self.rows))
        return self.rows[close], plane_squared(self.lat[close], self.lon[close], centre)


_NO_ROWS, _NO_NUMBERS = np.zeros(0, np.int64), np.zeros(0, np.float32)
NOTHING_PLACED = Placed(_NO_ROWS, _NO_NUMBERS, _NO_NUMBERS, _NO_ROWS)


def placed(columns: Mapping[str, NDArray[Any]], alive: Flags) -> Placed:
    """The order of the living rows."""
    lat, lon, newest = (columns[name] for name in ("lat", "lon", "newest"))
    living = np.flatnonzero(alive)
    has_point = ~np.isnan(lat[living])
    rows, placeless = living[has_point], living[~has_point]
    rows = rows[np.argsort(lat[rows], kind="stable")]
    placeless = placeless[np.argsort(-newest[placeless], kind="stable")]
    return Placed(rows, lat[rows], lon[rows], placeless)
