"""Whether the facts of one listing pass a clause: the same answer that an engine gives over its columns."""

from __future__ import annotations

from typing import Any

from service.eight_b.facts import Facts
from service.geo.point import Point, distance_m
from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within


def passes(clause: Clause, facts: Facts) -> bool:
    """Evaluate a clause; a fact that nobody stated passes neither Has nor Known nor Between nor Within."""
    match clause:
        case Has(column, values):
            return not values.isdisjoint(_codes(getattr(facts, column)))
        case Known(column):
            return getattr(facts, column) not in (None, ())
        case Between(column, low, high):
            number = getattr(facts, column)
            return number is not None and low <= number <= high
        case Within(lat, lon, radius_m):
            return facts.point is not None and distance_m(Point(lat, lon), Point(*facts.point)) <= radius_m
        case AllOf(parts):
            return all(passes(part, facts) for part in parts)
        case OneOf(parts):
            return any(passes(part, facts) for part in parts)
        case Not(part):
            return not passes(part, facts)


def _codes(value: Any) -> tuple[str, ...]:  # noqa: ANN401 (a column of any kind)
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
