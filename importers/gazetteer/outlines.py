"""Indicative outlines of the zones: judicial cantons divided by the nearest known place and joined."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from importers.gazetteer.cantons import Canton
from service.geo.point import Point
from service.geo.tables import Row
from service.geo.zone_outlines import ZoneOutlines, split_by_nearest
from service.geo.zones import KINDS, ZoneBook

GRID = 1e-4
"""Degrees to which corners are rounded: about ten metres, finer than an indicative outline can be."""
TOLERANCE = 0.0012
"""Degrees up to which a border is straightened: about 100 metres; gives a file of less than 250 kB."""
PROPERTIES = {
    "indicative": True,
    "source": "ngi-cantons;geonames",
    "licence": "CC BY 4.0 (NGI, Statbel, GeoNames)",
}
NOTE = (
    "Indicative: made from judicial cantons divided by the nearest known place. For looking at, never for"
    " deciding in which zone something lies: that goes by municipality and postal code."
)


def write_outlines(path: Path, cantons: list[Canton], rows: Iterable[Row], book: ZoneBook) -> None:
    """Write the outlines of all zones; ``rows`` are places with their own point, NIS code and postal code."""
    sites: dict[str, list[Row]] = {}
    for row in rows:
        sites.setdefault(row["nis"], []).append(row)
    outlines: dict[str, BaseGeometry] = {}
    for kind in KINDS:
        outlines |= _of_kind(kind, cantons, sites, book)
    ordered = {zone.id: outlines[zone.id] for zone in book.zones if zone.id in outlines}
    kinds = {zone.id: zone.kind for zone in book.zones if zone.id in ordered}
    collection = ZoneOutlines(ordered, kinds, (NOTE,), PROPERTIES).to_geojson(decimals=4)
    path.write_text(
        json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


def _of_kind(
    kind: str, cantons: list[Canton], sites: dict[str, list[Row]], book: ZoneBook
) -> dict[str, BaseGeometry]:
    pieces: list[tuple[str, BaseGeometry]] = []
    for canton in cantons:
        labelled = [
            (Point(float(row["lat"]), float(row["lon"])), zone_id)
            for nis in sorted(canton.municipalities)
            for row in sites.get(nis, [])
            for zone_id in _zones_of(row, kind, book)
        ]
        outline = shapely.set_precision(canton.outline, GRID)
        pieces += split_by_nearest(outline, labelled).items()
    pieces = [(zone, shapely.set_precision(piece, GRID)) for zone, piece in pieces]
    faces = _faces([piece for _, piece in pieces])
    tree = shapely.STRtree([piece for _, piece in pieces])
    joined: dict[str, list[BaseGeometry]] = {}
    for face in faces:
        found = tree.query(face.representative_point(), predicate="within")
        if len(found):
            joined.setdefault(pieces[int(min(found))][0], []).append(face)
    zones = sorted(joined)
    whole = [shapely.union_all(joined[zone]) for zone in zones]
    simple = shapely.coverage_simplify(whole, TOLERANCE)
    return {zone: _without_specks(outline) for zone, outline in zip(zones, simple, strict=True)}


def _faces(pieces: list[BaseGeometry]) -> list[BaseGeometry]:
    """The pieces cut along one another's borders, so that neighbours share every corner."""
    lines = shapely.union_all([shapely.boundary(piece) for piece in pieces], grid_size=GRID)
    return list(shapely.get_parts(shapely.polygonize([*shapely.get_parts(lines)])))


def _zones_of(row: Row, kind: str, book: ZoneBook) -> list[str]:
    shares = book.zones_of(row["nis"], row.get("postal_code") or None)
    return [share.zone_id for share in shares if book.zone(share.zone_id).kind == kind]


def _without_specks(outline: BaseGeometry) -> BaseGeometry:
    """Without parts and holes of less than a hundredth of the zone: leftovers of the division."""
    least = outline.area / 100
    kept = []
    for part in shapely.get_parts(outline):
        if part.area >= least:
            holes = [hole for hole in part.interiors if shapely.Polygon(hole).area >= least]
            kept.append(shapely.Polygon(part.exterior, holes))
    return shapely.normalize(shapely.union_all(kept))
