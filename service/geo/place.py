"""What a place of the gazetteer is, and what it is to have found one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from service.geo.point import Point

PlaceKind = Literal[
    "region",
    "province",
    "zone",
    "municipality",
    "former_municipality",
    "district",
    "postal_code",
    "quarter",
    "landmark",
    "station",
]

DETAIL: dict[PlaceKind, int] = {
    "region": 0,
    "province": 1,
    "zone": 2,
    "municipality": 3,
    "former_municipality": 4,
    "postal_code": 4,
    "district": 5,
    "quarter": 6,
    "landmark": 7,
    "station": 7,
}
"""How closely a kind says where it is: of two places within one another the more detailed is meant."""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the gazetteer.

    ``nis`` and ``postal_code`` are None where the place has none or several. ``point_of`` says what the point
    really is the point of: the ``place`` itself, a ``locality``, ``postal_code``, ``municipality``, the
    middle of its ``parts``, a ``court`` or ``canton`` in it, or a ``neighbour``. ``population`` is None
    when unknown; ``people_around`` is that of the municipality.
    """

    id: str
    kind: PlaceKind
    name_nl: str
    name_fr: str
    nis: str | None
    postal_code: str | None
    point: Point
    point_of: str
    region: str
    province: str | None
    population: int | None
    people_around: int | None
    zones: tuple[str, ...]
    source: str
    confidence: str

    def name(self, language: str) -> str:
        """The name for a reader of this language: French for French, else Dutch."""
        return self.name_fr if language == "fr" else self.name_nl


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place that a text names.

    ``because`` is the part of the text that says so and ``span`` where it stands; ``certainty`` is between
    0 and 1; ``alternatives`` are the other readings, likeliest first.
    """

    place: Place
    because: str
    span: tuple[int, int]
    certainty: float
    alternatives: tuple[Place, ...] = ()
