"""What the choice of candidates stands on, the same in every engine."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

PLACELESS_SHARE = 0.25
"""At most this share of the candidates has no point, so that help by phone is neither lost nor drowns."""

CLOSE_M = 5_000
"""At this distance closeness has halved."""

_NEWEST_DAY = 100_000  # days since 1970 (the year 2243): brings a date below 1
_TELLING = 10_000  # a difference below a hundredth of a hundredth is no difference in match


def room_for_placeless(limit: int, placed: int) -> int:
    """How many of ``limit`` candidates may have no point, where so many have one."""
    return max(int(limit * PLACELESS_SHARE), limit - placed)


def newness(newest_day: NDArray[Any]) -> NDArray[Any]:
    """Days since 1970 as what decides among equals, and nothing else."""
    return newest_day / np.float32(_NEWEST_DAY * _TELLING)


def closeness(distance_m: NDArray[Any]) -> NDArray[Any]:
    """From 1 at the centre towards 0 far away; 0 without a point (NaN)."""
    return np.nan_to_num(1 / (1 + distance_m / np.float32(CLOSE_M)))
