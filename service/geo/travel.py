"""Minutes of travelling from metres in a straight line, and back, by way of travelling."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

from service.config import DATA
from service.errors import BadValue

TravelMode = Literal["walk", "bike", "transit", "car"]
TRAVEL_MODES: tuple[TravelMode, ...] = get_args(TravelMode)


@dataclass(frozen=True, slots=True)
class TravelPace:
    """How one way of travelling goes: a detour, a speed and a late start."""

    mode: TravelMode
    detour_factor: float
    speed_m_per_min: float
    start_min: float
    reason: str


@lru_cache(maxsize=4)
def travel_paces(path: Path = DATA / "places" / "travel.csv") -> dict[str, TravelPace]:
    """The pace of each way of travelling, with the reason of its numbers, from data/places/travel.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = {row["mode"]: row for row in csv.DictReader(file)}
    return {
        mode: TravelPace(
            mode,
            float(rows[mode]["detour_factor"]),
            float(rows[mode]["speed_m_per_min"]),
            float(rows[mode]["start_min"]),
            rows[mode]["reason"],
        )
        for mode in TRAVEL_MODES
    }


def minutes(distance_m: float, mode: str) -> int:
    """Whole minutes, rounded up, to travel a straight-line distance; raises BadValue for an unknown mode.

    An estimate: metres times the detour factor, over the speed, after the fixed start.
    """
    return _minutes(_pace(mode), distance_m)


def minutes_by_mode(distance_m: float) -> dict[str, int]:
    """The same for every way of travelling."""
    return {
        mode: math.ceil(round(start + distance_m * detour / speed, 6))
        for mode, start, detour, speed in _figures()
    }


@cache
def _figures() -> tuple[tuple[str, float, float, float], ...]:
    """The numbers of every pace, for results that ask twenty times a page."""
    paces = travel_paces().values()
    return tuple((each.mode, each.start_min, each.detour_factor, each.speed_m_per_min) for each in paces)


def _minutes(pace: TravelPace, distance_m: float) -> int:
    return math.ceil(round(pace.start_min + distance_m * pace.detour_factor / pace.speed_m_per_min, 6))


def radius_m(within_minutes: float, mode: str) -> float:
    """Straight-line metres that can be travelled within so many minutes; 0 when the start takes longer."""
    pace = _pace(mode)
    return max(0.0, within_minutes - pace.start_min) * pace.speed_m_per_min / pace.detour_factor


def _pace(mode: str) -> TravelPace:
    try:
        return travel_paces()[mode]
    except KeyError:
        raise BadValue("mode", mode, "is not a way of travelling", " | ".join(TRAVEL_MODES)) from None
