"""How far it is to the middle of a municipality, where a listing has no point of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.geo.places import Gazetteer
from service.search.engine.base import Engine
from service.search.engine.distance import exact_m
from service.search.query.result import Centre

_Numbers = NDArray[np.float64]


class Towns:
    """Answers for the municipalities of one engine's index, looked up once per state of the index."""

    def __init__(self, engine: Engine, gazetteer: Gazetteer) -> None:
        self._engine = engine
        self._gazetteer = gazetteer
        self._last: tuple[Sequence[str], _Numbers] | None = None

    def metres(self, codes: NDArray[np.integer], centre: Centre) -> _Numbers:
        """Metres from ``centre`` for codes of candidates, NaN without a municipality.

        For ranking only: a hidden address shows no distance.
        """
        middles = self._middles()[codes]
        return exact_m(middles[:, 0], middles[:, 1], (centre.lat, centre.lon))

    def _middles(self) -> _Numbers:
        """Latitude and longitude by code."""
        texts = self._engine.open_codes("municipality")
        last = self._last  # another thread may put that of another state there
        if last is None or last[0] is not texts or len(last[1]) != len(texts):  # a standby's list only grows
            found = [self._gazetteer.municipality(text) if text else None for text in texts]
            points = [(town.point.lat, town.point.lon) if town else (np.nan, np.nan) for town in found]
            last = self._last = (texts, np.array(points))
        return last[1]
