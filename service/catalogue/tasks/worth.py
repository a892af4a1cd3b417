"""What a task is worth: what its kind is, times what people look for, how old it is and what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from typing import Any

from service.model.freshness import State

_AGES: Mapping[State, float] = {"fresh": 1.0, "undated": 1.1, "due": 1.2, "overdue": 1.5, "stale": 1.7}
_MOST_FOR_SEARCHES = 3.0
_MOST_UNKNOWN = 10


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a task is worth what it is.

    ``base`` is the worth of its kind with its own urgency. ``searches`` is how many searches of the last
    month needed what it is about (0 where there were fewer than are told), ``age`` how old the listing is
    (None: it is about no listing), ``unknown`` the criteria that people asked about and nobody knows of it.
    """

    base: float
    searches: int = 0
    age: State | None = None
    unknown: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As it is kept with the task."""
        return {
            "base": self.base,
            "searches": self.searches,
            "age": self.age,
            "unknown": list(self.unknown),
        }


def worth_of(reasons: Reasons) -> float:
    """The product of the base and three factors of at least 1.

    Searches: 2 at 15 and 3 at 255 or more, so that twice as many is a step and not twice the worth. Age: from
    1 for what is fresh to 1.7 for what is stale, undated close to fresh. Unknown: a tenth more for each
    criterion, up to twice. These weights are ours; the order is what they are for.
    """
    wanted = min(_MOST_FOR_SEARCHES, 1 + log2(1 + reasons.searches) / 4)
    age = _AGES[reasons.age] if reasons.age else 1.0
    unknown = 1 + min(len(reasons.unknown), _MOST_UNKNOWN) / 10
    return round(reasons.base * wanted * age * unknown, 4)
