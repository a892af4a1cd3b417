"""Choosing the place that is meant: among the meanings of a name, and among the names of a text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from service.geo.mentions import Mention, agree
from service.geo.place import DETAIL, Place, PlaceKind
from service.geo.place_tables import NameUse
from service.geo.point import Point, distance_m

UNKNOWN_POPULATION: dict[PlaceKind, int] = {"municipality": 20_000, "region": 200_000, "province": 200_000}
"""What stands in for a population that GeoNames does not give; other kinds count as a thousand people."""
_USE = {"name": 0.0, "pattern": -0.2, "short": -0.3, "exonym": -0.3, "variant": -0.3, "demonym": -0.3}
AGREES = 2.0
"""Worth more than any difference of population: a hundred times as many people."""


def weight(
    use: NameUse, language: str | None, others: Iterable[Place] = (), near: Point | None = None
) -> float:
    """How likely the name means this place: its population (power of ten), other places named, language.

    A tenth of the weight of the municipality's population parts two villages of unknown size.

    Half a power of ten for Brussels when somebody writes French; up to one for being near.
    """
    place = use.place
    people = place.population or UNKNOWN_POPULATION.get(place.kind, 1_000)
    total = math.log10(people) + _USE[use.use] + (0.4 if place.kind == "municipality" else 0.0)
    total += 0.1 * math.log10(place.people_around or 1)
    total += {"region": -1.5, "province": 0.0, "zone": -1.5}.get(place.kind, 0.0)
    if language == "fr" and place.region == "brussels":
        total += 0.5
    if any(are_one_inside_another(place, other) for other in others):
        total += AGREES
    if near is not None:
        total += max(0.0, 1 - distance_m(place.point, near) / 30_000) * AGREES
    return total


def are_one_inside_another(one: Place, other: Place) -> bool:
    """Whether the two can be parts of one another (same municipality, or one an area around the other)."""
    if one.postal_code and other.postal_code and "postal_code" in (one.kind, other.kind):
        return one.postal_code == other.postal_code and one.nis == other.nis
    return agree(one.nis, one.region, one.province, other.nis, other.region, other.province)


def rank_uses(
    uses: Sequence[NameUse], language: str | None, others: Sequence[Place] = (), near: Point | None = None
) -> list[tuple[float, Place]]:
    """The meanings of a name with their weights, likeliest first; equal ones by id."""
    weighted = [(weight(use, language, others, near), use.place) for use in uses]
    return sorted(weighted, key=lambda pair: (-pair[0], pair[1].id))


def chosen_mention(mentions: Sequence[Mention], readings: Sequence[Place]) -> int:
    """Which mention is meant: the one worth most, or a more detailed one inside it."""
    order = sorted(range(len(mentions)), key=lambda i: (-_worth(mentions[i], readings[i]), i))
    best = order[0]
    for i in order[1:]:
        if mentions[i].worth < 0 or mentions[i].certainty < mentions[best].certainty - 0.1:
            continue
        closer = DETAIL[readings[i].kind] > DETAIL[readings[best].kind]
        if closer and are_one_inside_another(readings[i], readings[best]):
            best = i
    return best


def _worth(mention: Mention, place: Place) -> float:
    # Squares and quarters of one name are in many towns: beside a town they are not in, the town is meant.
    wide = {"province": -0.5, "region": -0.5, "zone": -0.1, "quarter": -0.05, "landmark": -0.05}.get(
        place.kind, 0.0
    )
    return mention.worth + mention.certainty + wide
