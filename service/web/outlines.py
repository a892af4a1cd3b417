"""The outlines of zones that pages draw: the official ones in force, else indicative ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Engine

from service.catalogue.boundaries import active_generation, outlines_of
from service.database.revisions import is_current
from service.database.session import reading
from service.errors import NabijError
from service.geo.places import gazetteer

Ring = list[tuple[float, float]]

EYE_DEGREES = 0.001  # about 100 m: neighbours are made simpler together, so that no gap opens between them


@dataclass(frozen=True)
class Drawn:
    """Zones as rings of (longitude, latitude) in GeoJSON order, and whether they are only indicative."""

    zones: tuple[tuple[str, tuple[Ring, ...]], ...]
    is_indicative: bool


_in_force: list[Drawn] = []


def draw_in_force(database: Engine) -> None:
    """Draw the generation in force from now on, for the life of this process; the indicative ones without."""
    official = _official(database)
    _in_force[:] = [official] if official else []


def drawn() -> Drawn:
    """What this process draws."""
    return _in_force[0] if _in_force else _indicative()


@cache
def _indicative() -> Drawn:
    features = gazetteer().zones.outlines["features"]
    return Drawn(tuple((str(f["properties"]["zone"]), _rings(f["geometry"])) for f in features), True)


def _official(database: Engine) -> Drawn | None:
    try:
        if not is_current(database):
            return None
        with reading(database) as connection:
            active = active_generation(connection)
            if active is None:
                return None
            found = outlines_of(connection, active.id, "zone")
    except NabijError:  # without a database pages can be drawn all the same
        return None
    return Drawn(tuple(_simpler({code: dict(each.geometry) for code, each in found.items()})), False)


def _simpler(geometries: dict[str, dict[str, Any]]) -> Iterator[tuple[str, tuple[Ring, ...]]]:
    """Each kind of zone by itself, since care zones lie inside a primary-care zone."""
    import shapely  # takes 0.1 s and serves only where official outlines are in force

    for kind in dict.fromkeys(zone.kind for zone in gazetteer().zones.zones):
        codes = [zone.id for zone in gazetteer().zones.zones if zone.kind == kind and zone.id in geometries]
        shapes = [shapely.geometry.shape(geometries[code]) for code in codes]
        simple: Any = shapely.coverage_simplify(shapes, EYE_DEGREES) if shapes else []
        yield from ((c, _rings(shapely.geometry.mapping(s))) for c, s in zip(codes, simple, strict=True))


def _rings(geometry: dict[str, Any]) -> tuple[Ring, ...]:
    shapes = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return tuple([(point[0], point[1]) for point in ring] for shape in shapes for ring in shape)
