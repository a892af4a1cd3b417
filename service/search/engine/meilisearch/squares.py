"""Squares of some four kilometres: by how many lie in each it is guessed how far the nearest lie."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from service.search.engine.distance import plane_squared

_ROWS, _COLUMNS = 25, 16  # in a degree of latitude, of longitude: 4.45 by 4.4 km at 51 degrees north
_FARTHEST_M = 3_300.0  # from the middle of a square to a corner of it, at 49 degrees north
_PARTS = 8  # of a side, each taken for evenly filled
_LEAST_M = 60.0
_MORE = 1.5  # times as many as are wanted, since nothing is filled evenly


def square_of(point: tuple[float, float]) -> str:
    """The name of the square that a point lies in."""
    return f"{math.floor(point[0] * _ROWS)}:{math.floor(point[1] * _COLUMNS)}"


class Squares:
    """How many listings lie in each square, by the names of the squares."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.middles = np.array([_middle(each) for each in counts], np.float64).reshape(-1, 2)
        self.held = np.fromiter(counts.values(), np.float64, len(counts))


class Spread:
    """How listings are spread around a ``centre``."""

    def __init__(self, squares: Squares, centre: tuple[float, float]) -> None:
        self._centre = centre
        self._middles, self._held = squares.middles, squares.held
        self._far_m = self._apart_m(self._middles)
        self._order = np.argsort(self._far_m)

    def radius_m(self, wanted: int, share: float = 1.0) -> float:
        """A guess at the radius in metres within which lie so many of a share of them; infinite where there
        are hardly so many at all.
        """
        enough = wanted * _MORE / share if share else math.inf
        so_far = self._held[self._order].cumsum()
        if not len(so_far) or so_far[-1] < enough:
            return math.inf
        reach = self._far_m[self._order[np.searchsorted(so_far, enough)]] + 2 * _FARTHEST_M
        near = np.flatnonzero(self._far_m <= reach)
        parts = (self._middles[near][:, None, :] + _OFFSETS[None, :, :]).reshape(-1, 2)
        far = self._apart_m(parts)
        order = np.argsort(far)
        within = (np.repeat(self._held[near], len(_OFFSETS)) / len(_OFFSETS))[order].cumsum()
        return max(float(far[order[np.searchsorted(within, enough)]]), _LEAST_M)

    def _apart_m(self, points: NDArray[np.float64]) -> NDArray[np.float32]:
        return np.sqrt(plane_squared(points[:, 0], points[:, 1], self._centre))


def _middle(name: str) -> tuple[float, float]:
    row, column = name.split(":")
    return (int(row) + 0.5) / _ROWS, (int(column) + 0.5) / _COLUMNS


def _offsets() -> NDArray[np.float64]:
    steps = (np.arange(_PARTS) + 0.5) / _PARTS - 0.5
    return np.array([(north / _ROWS, east / _COLUMNS) for north in steps for east in steps])


_OFFSETS = _offsets()
