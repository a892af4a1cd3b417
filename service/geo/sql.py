"""Spatial operations in SQL as named functions, each compiled for SQLite and for PostGIS side by side."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement, UnaryExpression
from sqlalchemy.sql.functions import FunctionElement

from service.geo.point import EARTH_RADIUS_M, Point

# A table with points has the columns number, latitude and longitude; on SQLite an R*Tree <table>_rtree
# (number, min_lat, max_lat, min_lon, max_lon), on PostgreSQL a geography column point.


class _WithinRadius(FunctionElement[bool]):
    """number, latitude, longitude, point; lat, lon, radius; south, north, west, east of the circle."""

    name = "within_radius"
    type = sa.Boolean()
    inherit_cache = True


class _Distance(FunctionElement[float]):
    """latitude, longitude, point; lat, lon."""

    name = "distance_m"
    type = sa.Double()
    inherit_cache = True


class _Nearness(FunctionElement[float]):
    """latitude, longitude, point; lat, lon."""

    name = "nearness"
    type = sa.Double()
    inherit_cache = True


def within_radius(table: sa.FromClause, centre: Point, radius_m: float) -> ColumnElement[bool]:
    """Whether the row's point lies at most ``radius_m`` metres from the centre; not true without a point."""
    south, north, west, east = _box(centre, radius_m)
    return _WithinRadius(
        table.c.number,
        *_columns(table),
        *(sa.literal(n, sa.Double()) for n in (centre.lat, centre.lon, radius_m, south, north, west, east)),
    )


def distance_m(table: sa.FromClause, centre: Point) -> ColumnElement[float]:
    """Metres along the mean sphere from the centre to the row's point; null without a point."""
    return _Distance(*_columns(table), *(sa.literal(n, sa.Double()) for n in (centre.lat, centre.lon)))


def nearest_order(table: sa.FromClause, centre: Point) -> UnaryExpression[float]:
    """What to order by so that the nearest comes first and rows without a point last."""
    near = _Nearness(*_columns(table), *(sa.literal(n, sa.Double()) for n in (centre.lat, centre.lon)))
    return near.asc().nulls_last()


@compiles(_WithinRadius, "sqlite")
def _within_sqlite(element: _WithinRadius, compiler: SQLCompiler, **options: object) -> str:
    number, lat, lon, _point, *centre = _parts(element, compiler, options)
    c_lat, c_lon, radius, south, north, west, east = centre
    tree = compiler.preparer.quote(f"{_table_of(element)}_rtree")
    inside = f"max_lat >= {south} AND min_lat <= {north} AND max_lon >= {west} AND min_lon <= {east}"
    near = f"{_haversine(lat, lon, c_lat, c_lon)} <= {radius}"
    return f"({number} IN (SELECT number FROM {tree} WHERE {inside}) AND {near})"  # noqa: S608 - parameters


@compiles(_WithinRadius, "postgresql")
def _within_postgis(element: _WithinRadius, compiler: SQLCompiler, **options: object) -> str:
    _number, _lat, _lon, point, c_lat, c_lon, radius, *_box = _parts(element, compiler, options)
    return f"ST_DWithin({point}, {_geography(c_lat, c_lon)}, {radius}, false)"


@compiles(_Distance, "sqlite")
@compiles(_Nearness, "sqlite")
def _distance_sqlite(element: _Distance, compiler: SQLCompiler, **options: object) -> str:
    lat, lon, _point, c_lat, c_lon = _parts(element, compiler, options)
    return _haversine(lat, lon, c_lat, c_lon)


@compiles(_Distance, "postgresql")
def _distance_postgis(element: _Distance, compiler: SQLCompiler, **options: object) -> str:
    _lat, _lon, point, c_lat, c_lon = _parts(element, compiler, options)
    return f"ST_Distance({point}, {_geography(c_lat, c_lon)}, false)"


@compiles(_Nearness, "postgresql")
def _nearness_postgis(element: _Nearness, compiler: SQLCompiler, **options: object) -> str:
    _lat, _lon, point, c_lat, c_lon = _parts(element, compiler, options)
    return f"({point} <-> {_geography(c_lat, c_lon)})"


def prepare_sqlite(connection: sqlite3.Connection) -> None:
    """Give a connection the mathematical functions that some builds of SQLite lack (macOS, before 3.35)."""
    functions: dict[str, Callable[[float], float]] = {
        "radians": math.radians, "sin": math.sin, "cos": math.cos, "asin": math.asin, "sqrt": math.sqrt,
    }  # fmt: skip
    try:
        connection.execute("SELECT asin(sqrt(sin(radians(0)))), cos(0)").fetchone()
    except sqlite3.OperationalError:
        for name, function in functions.items():
            connection.create_function(name, 1, _of_known(function), deterministic=True)


def _of_known(function: Callable[[float], float]) -> Callable[[float | None], float | None]:
    """The function as SQL has it: null of null."""
    return lambda value: None if value is None else function(value)


def _columns(table: sa.FromClause) -> tuple[ColumnElement[Any], ...]:
    return table.c.latitude, table.c.longitude, table.c.point


def _parts(element: FunctionElement[Any], compiler: SQLCompiler, options: dict[str, object]) -> list[str]:
    return [compiler.process(clause, **options) for clause in element.clauses]


def _table_of(element: FunctionElement[Any]) -> str:
    """The name of the real table behind the columns, through any alias."""
    table: Any = next(iter(element.clauses)).table
    return str(getattr(table, "element", table).name)


def _haversine(lat: str, lon: str, c_lat: str, c_lon: str) -> str:
    # haversine formula on the mean sphere, as service.geo.point.distance_m
    half_lat, half_lon = f"sin(radians({lat} - {c_lat}) / 2)", f"sin(radians({lon} - {c_lon}) / 2)"
    return (
        f"({2 * EARTH_RADIUS_M} * asin(sqrt(min(1.0, {half_lat} * {half_lat}"
        f" + cos(radians({lat})) * cos(radians({c_lat})) * {half_lon} * {half_lon}))))"
    )


def _geography(lat: str, lon: str) -> str:
    return f"ST_SetSRID(ST_MakePoint({lon}, {lat}), 4326)::geography"


def _box(centre: Point, radius_m: float) -> tuple[float, float, float, float]:
    """South, north, west, east of a box round the circle; all longitudes where it reaches a pole or 180°."""
    angle = radius_m / EARTH_RADIUS_M
    by_lat = math.degrees(angle)
    south, north = centre.lat - by_lat, centre.lat + by_lat
    if south <= -90 or north >= 90:
        return south, north, -180.0, 180.0
    by_lon = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(centre.lat)))))
    west, east = centre.lon - by_lon, centre.lon + by_lon
    return (south, north, -180.0, 180.0) if west < -180 or east > 180 else (south, north, west, east)
