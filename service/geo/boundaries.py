"""Reading an official file of municipality boundaries and checking it against the municipalities we know."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapefile
import shapely
from shapely.geometry.base import BaseGeometry

from service.errors import SourceError
from service.geo.places import gazetteer

WGS84 = pyproj.CRS.from_epsg(4326)
BELGIUM = (2.3, 49.3, 6.6, 51.7)
"""West, south, east, north in degrees: outside of it a coordinate was not projected as the file says."""

Feature = tuple[dict[str, str], BaseGeometry]


@dataclass(frozen=True)
class MunicipalityBoundaries:
    """The outlines of municipalities by NIS code, in degrees (WGS 84), and what is wrong with the file.

    ``missing`` names the municipalities of Flanders and Brussels without outline, ``unknown`` the codes
    that are none of them (municipalities elsewhere, or of before a merger), ``repaired`` those whose
    outline crossed itself.
    """

    outlines: dict[str, BaseGeometry]
    code_field: str
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    repaired: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every municipality has an outline."""
        return not self.missing


def read_boundaries(path: Path, names: Mapping[str, str] | None = None) -> MunicipalityBoundaries:
    """Read municipality polygons from GeoJSON or from a shapefile with its .prj.

    The field with the codes is the one that holds most codes we know; several polygons of one code
    (statistical sectors) are joined. ``names`` gives the name of each code expected; by default those of
    the gazetteer. Raises SourceError, naming what would be right, when the file cannot be read, has no
    codes or lies elsewhere.
    """
    names = names if names is not None else _known_names()
    features = list(_features(path))
    field = _code_field([fields for fields, _ in features], names, path)
    parts: dict[str, list[BaseGeometry]] = {}
    repaired: set[str] = set()
    for fields, geometry in features:
        code = fields[field]
        if not geometry.is_valid:
            repaired.add(code)
            geometry = _polygons_of(shapely.make_valid(geometry))
        parts.setdefault(code, []).append(geometry)
    outlines = {code: shapely.union_all(parts[code]) for code in sorted(parts) if code in names}
    _check_position(outlines.values(), path)
    return MunicipalityBoundaries(
        outlines=outlines,
        code_field=field,
        missing=tuple(f"{names[code]} ({code})" for code in sorted(names) if code not in outlines),
        unknown=tuple(sorted(code for code in parts if code not in names)),
        repaired=tuple(sorted(repaired & set(outlines))),
    )


def _known_names() -> dict[str, str]:
    places = gazetteer().places.values()
    return {p.nis: p.name_nl for p in places if p.kind == "municipality" and p.nis}


def _features(path: Path) -> Iterator[Feature]:
    try:
        if path.suffix.lower() in (".json", ".geojson"):
            yield from _geojson_features(json.loads(path.read_text(encoding="utf-8")))
        elif path.suffix.lower() == ".shp":
            yield from _shapefile_features(path)
        else:
            raise SourceError(f"{path.name}: boundaries are read from .geojson, .json or .shp files.")
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        shapefile.ShapefileException,
        shapely.GEOSException,
    ) as error:
        raise SourceError(f"{path.name} cannot be read as boundaries: {error}") from error


def _geojson_features(collection: Mapping[str, Any]) -> Iterator[Feature]:
    name = collection.get("crs", {}).get("properties", {}).get("name", "OGC:CRS84")
    project = _to_wgs84(pyproj.CRS.from_user_input(name))
    for feature in collection["features"]:
        fields = {key: _text(value) for key, value in (feature.get("properties") or {}).items()}
        yield fields, project(_polygons_of(shapely.from_geojson(json.dumps(feature["geometry"]))))


def _shapefile_features(path: Path) -> Iterator[Feature]:
    projection = path.with_suffix(".prj")
    if not projection.exists():
        raise SourceError(
            f"{path.name} needs {projection.name} beside it: it says in which projection it is."
        )
    project = _to_wgs84(pyproj.CRS.from_wkt(projection.read_text(encoding="utf-8")))
    with shapefile.Reader(str(path), encodingErrors="replace") as reader:
        for record in reader.iterShapeRecords():
            fields = {key: _text(value) for key, value in record.record.as_dict().items()}
            geometry = shapely.from_geojson(json.dumps(record.shape.__geo_interface__))
            yield fields, project(_polygons_of(geometry))


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


class _to_wgs84:
    """Projects geometry from one system of coordinates into longitude and latitude."""

    def __init__(self, crs: pyproj.CRS) -> None:
        self._transformer = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)

    def __call__(self, geometry: BaseGeometry) -> BaseGeometry:
        def project(xy: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
            return np.column_stack(self._transformer.transform(xy[:, 0], xy[:, 1]))

        return shapely.transform(geometry, project)


def _polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    if not parts:
        raise ValueError(f"a {geometry.geom_type} where a polygon belongs")
    return shapely.union_all(parts) if len(parts) > 1 and geometry.geom_type != "MultiPolygon" else geometry


def _code_field(rows: list[dict[str, str]], names: Mapping[str, str], path: Path) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        for field, value in row.items():
            counts[field] = counts.get(field, 0) + (value in names)
    best = max(sorted(counts), key=lambda field: counts[field], default="")
    if not best or not counts[best]:
        raise SourceError(f"{path.name}: no field holds NIS codes of municipalities of Flanders or Brussels.")
    return best


def _check_position(outlines: Iterable[BaseGeometry], path: Path) -> None:
    west, south, east, north = BELGIUM
    for outline in outlines:
        left, bottom, right, top = outline.bounds
        if left < west or bottom < south or right > east or top > north:
            raise SourceError(
                f"{path.name}: polygons lie outside Belgium; is the projection right,"
                " and longitude before latitude?"
            )
