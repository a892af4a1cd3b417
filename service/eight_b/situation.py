"""What matters about this person, as far as they said it; never stored and never logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _no_radius(_minutes: float) -> float:
    return 0.0


@dataclass(frozen=True, slots=True)
class Situation:
    """Empty is the general view.

    ``ticks`` are codes of the closed list ``situation``. ``centre`` is where the person starts (lat, lon) and
    ``radius_m`` turns minutes of their way of travelling into metres, straight line. ``minutes`` is their own
    limit, None when they gave none. ``today`` is in days since 1 January 1970.
    """

    today: int
    speaks: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    ticks: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()
    age: int | None = None
    centre: tuple[float, float] | None = None
    minutes: float | None = None
    radius_m: Callable[[float], float] = _no_radius
