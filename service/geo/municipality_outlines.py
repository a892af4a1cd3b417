"""Official outlines of municipalities, asked in which one a point lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from service.geo.point import Point

if TYPE_CHECKING:
    from service.geo.boundaries import MunicipalityBoundaries


class MunicipalityOutlines:
    """Municipalities by NIS code with their outline in GeoJSON, in degrees."""

    def __init__(self, geometries: Mapping[str, Mapping[str, Any]]) -> None:
        self._codes = list(geometries)
        shapes: list[BaseGeometry] = [shapely.geometry.shape(dict(each)) for each in geometries.values()]
        self._tree = shapely.STRtree(shapes)

    def at(self, point: Point) -> str | None:
        """The municipality that the point lies in; None outside all of them, and on a border of two."""
        hits = self._tree.query(shapely.Point(point.lon, point.lat), predicate="intersects")
        return self._codes[int(hits[0])] if len(hits) == 1 else None


def as_geojson(boundaries: MunicipalityBoundaries) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each municipality with its outline in GeoJSON, to a hundred-thousandth of a degree (a metre)."""
    for nis, outline in boundaries.outlines.items():
        yield nis, shapely.geometry.mapping(shapely.set_precision(outline, 1e-5, mode="pointwise"))
