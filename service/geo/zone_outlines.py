"""Outlines of zones: dissolved from municipalities, compared between generations, asked about a point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from service.geo.boundaries import MunicipalityBoundaries
from service.geo.point import Point
from service.geo.zones import KINDS, ZoneBook

_METRES = pyproj.Transformer.from_crs(4326, 3812, always_xy=True)
"""Degrees to Belgian Lambert 2008, whose areas are right to one in ten thousand."""


@dataclass(frozen=True)
class ZoneOutlines:
    """The outline of each zone in degrees, in the order of the zones; ``notes`` say what is not exact."""

    outlines: dict[str, BaseGeometry]
    kinds: dict[str, str]
    notes: tuple[str, ...] = ()
    properties: dict[str, Any] = field(default_factory=dict)

    def zones_at(self, point: Point) -> tuple[str, ...]:
        """The zone of each kind at a point.

        An outline holds its own border, so a point exactly on the border of several zones lies in all of
        them; then it counts to the one that comes first in the order of the zones (the order of zones.csv).
        """
        spot = shapely.Point(point.lon, point.lat)
        found: dict[str, str] = {}
        for zone_id, outline in self.outlines.items():
            if self.kinds[zone_id] not in found and outline.covers(spot):
                found[self.kinds[zone_id]] = zone_id
        return tuple(found[kind] for kind in KINDS if kind in found)

    def area_km2(self, zone_id: str) -> float:
        """The area of a zone in square kilometres."""
        return area_km2(self.outlines[zone_id])

    def to_geojson(self, decimals: int = 6) -> dict[str, Any]:
        """A GeoJSON feature collection (longitude before latitude), one feature per zone."""
        features = [
            {
                "type": "Feature",
                "properties": {"zone": zone_id, "kind": self.kinds[zone_id], **self.properties},
                "geometry": _rounded(shapely.geometry.mapping(outline), decimals),
            }
            for zone_id, outline in self.outlines.items()
        ]
        return {"type": "FeatureCollection", "notes": list(self.notes), "features": features}

    @classmethod
    def from_geojson(cls, collection: Mapping[str, Any]) -> ZoneOutlines:
        """The outlines of a feature collection written by to_geojson."""
        outlines, kinds, rest = {}, {}, {}
        for feature in collection["features"]:
            rest = dict(feature["properties"])
            zone_id = rest.pop("zone")
            kinds[zone_id] = rest.pop("kind")
            outlines[zone_id] = shapely.geometry.shape(feature["geometry"])
        return cls(outlines, kinds, tuple(collection.get("notes", ())), rest)


@dataclass(frozen=True)
class Move:
    """Ground that changed zone: from and to are None where no zone of the kind holds it."""

    kind: str
    from_zone: str | None
    to_zone: str | None
    area_km2: float


@dataclass(frozen=True)
class Differences:
    """What a new generation of outlines changes."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    moves: tuple[Move, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.added or self.removed or self.moves)


def dissolve(
    boundaries: MunicipalityBoundaries, book: ZoneBook, postal_points: Mapping[tuple[str, str], Point]
) -> ZoneOutlines:
    """Join the outlines of municipalities into zones by their composition.

    A municipality divided over zones by postal code (Antwerp, Brussels City) has no inner borders in such a
    file: each spot of it goes to the zone of the nearest postal point, and the notes say so.
    ``postal_points`` gives the point of each (postal code, NIS code).
    """
    notes = [f"{name} has no outline in the file" for name in boundaries.missing]
    pieces: dict[str, list[BaseGeometry]] = {zone.id: [] for zone in book.zones}
    for nis, outline in boundaries.outlines.items():
        for kind in KINDS:
            parts = [part for part in book.parts_of_municipality(nis) if book.zone(part.zone_id).kind == kind]
            if len({part.zone_id for part in parts}) == 1:
                pieces[parts[0].zone_id].append(outline)
            elif parts:
                sites = [
                    (postal_points[code, nis], part.zone_id)
                    for part in parts
                    for code in part.postal_codes
                    if (code, nis) in postal_points
                ]
                for zone_id, piece in split_by_nearest(outline, sites).items():
                    pieces[zone_id].append(piece)
                notes.append(
                    f"{nis} is divided between zones by the nearest postal point: indicative inside it"
                )
    outlines = {zone_id: shapely.union_all(parts) for zone_id, parts in pieces.items() if parts}
    return ZoneOutlines(
        outlines, {zone.id: zone.kind for zone in book.zones if zone.id in outlines}, tuple(notes)
    )


def split_by_nearest(outline: BaseGeometry, sites: Sequence[tuple[Point, str]]) -> dict[str, BaseGeometry]:
    """Divide a polygon between labels by the nearest site (Voronoi cells in metres).

    Of two sites at one spot the first counts; labels without ground are left out.
    """
    spots: dict[tuple[float, float], str] = {}
    for point, label in sites:
        spots.setdefault(_METRES.transform(point.lon, point.lat), label)
    if len(set(spots.values())) < 2:
        return dict.fromkeys(spots.values(), outline)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(list(spots)), extend_to=_project(outline))
    pieces: dict[str, list[BaseGeometry]] = {}
    tree = shapely.STRtree([shapely.Point(spot) for spot in spots])
    labels = list(spots.values())
    for cell in shapely.get_parts(cells):
        label = labels[int(tree.query(cell, predicate="contains")[0])]
        pieces.setdefault(label, []).append(_project(cell, back=True))
    divided = {
        label: _ground(outline.intersection(shapely.union_all(parts))) for label, parts in pieces.items()
    }
    return {label: piece for label, piece in divided.items() if not piece.is_empty}


def _ground(geometry: BaseGeometry) -> BaseGeometry:
    """Only what has an area: where a cell merely touches the outline, a line or a point is left besides."""
    return shapely.union_all([part for part in shapely.get_parts(geometry) if part.area > 0])


def differences(old: ZoneOutlines, new: ZoneOutlines, least_km2: float = 0.01) -> Differences:
    """Zones that come and go, and the ground that changes zone, where it is at least ``least_km2``."""
    moves: list[Move] = []
    for kind in KINDS:
        before = {z: o for z, o in old.outlines.items() if old.kinds[z] == kind}
        after = {z: o for z, o in new.outlines.items() if new.kinds[z] == kind}
        moves += _moves(kind, before, after)
    return Differences(
        added=tuple(zone for zone in new.outlines if zone not in old.outlines),
        removed=tuple(zone for zone in old.outlines if zone not in new.outlines),
        moves=tuple(move for move in moves if move.area_km2 >= least_km2),
    )


def area_km2(geometry: BaseGeometry) -> float:
    """The area of a geometry in degrees, in square kilometres."""
    return float(_project(geometry).area) / 1e6


def _moves(kind: str, before: dict[str, BaseGeometry], after: dict[str, BaseGeometry]) -> Iterable[Move]:
    all_before, all_after = shapely.union_all(list(before.values())), shapely.union_all(list(after.values()))
    for from_zone, outline in before.items():
        lost = outline.difference(after.get(from_zone, shapely.Polygon()))
        for to_zone, other in after.items():
            if to_zone != from_zone and lost.intersects(other):
                yield Move(kind, from_zone, to_zone, area_km2(lost.intersection(other)))
        yield Move(kind, from_zone, None, area_km2(lost.difference(all_after)))
    for to_zone, outline in after.items():
        yield Move(kind, None, to_zone, area_km2(outline.difference(all_before)))


def _project(geometry: BaseGeometry, back: bool = False) -> BaseGeometry:
    direction = "INVERSE" if back else "FORWARD"

    def project(xy: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return np.column_stack(_METRES.transform(xy[:, 0], xy[:, 1], direction=direction))

    return shapely.transform(geometry, project)


def _rounded(value: Any, decimals: int) -> Any:  # noqa: ANN401 (GeoJSON nests numbers to any depth)
    if isinstance(value, dict):
        return {key: _rounded(part, decimals) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part, decimals) for part in value]
    return round(value, decimals) if isinstance(value, float) else value
