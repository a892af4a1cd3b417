"""What matters about this person, as far as they said it; never stored and never logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

END_OF_TIME = 2**24  # minutes; the last one that the index can hold


def _no_radius(_minutes: float) -> float:
    return 0.0


@dataclass(frozen=True, slots=True)
class Situation:
    """Empty is the general view.

    ``today`` is in days since 1 January 1970, ``minute`` the present one (`service.model.moments`); without
    it nothing that ages is known. ``ticks`` are codes of the closed list ``situation``. ``centre`` is where
    the person starts (lat, lon) and ``radius_m`` turns minutes of their way of travelling into metres,
    straight line; ``minutes`` is their own limit. ``budget`` is the most they can pay, in euro. ``tariffs``
    are reductions they have a right to, ``papers`` those they can show (None: they did not say), ``diet`` how
    they eat; codes of the closed lists ``reduced_tariff``, ``document`` and ``diet``.
    """

    today: int
    minute: int = END_OF_TIME
    speaks: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    ticks: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()
    age: int | None = None
    household: str | None = None
    centre: tuple[float, float] | None = None
    minutes: float | None = None
    radius_m: Callable[[float], float] = _no_radius
    budget: float | None = None
    tariffs: frozenset[str] = frozenset()
    papers: frozenset[str] | None = None
    diet: frozenset[str] = frozenset()
