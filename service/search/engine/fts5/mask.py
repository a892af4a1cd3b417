"""Turning the clauses of a question into one flag per document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within
from service.search.engine.distance import PLANE_LIMIT_M, exact_m, plane_squared
from service.search.engine.fts5.table import Flags, Table
from service.search.index.fields import COLUMNS, places

Near = dict[Within, Flags]
"""What lies near, as far as one question asked for it already: a verdict asks for the same more than once."""


def passing(table: Table, clauses: Sequence[Clause]) -> Flags:
    """The living documents that pass every clause. Raises ValueError for a column that cannot be asked so."""
    near: Near = {}
    return reduce(np.logical_and, (_mask(table, clause, near) for clause in clauses), table.alive)


def _mask(table: Table, clause: Clause, near: Near) -> Flags:
    if isinstance(clause, Within):
        if clause not in near:
            near[clause] = _within(table, (clause.lat, clause.lon), clause.radius_m)
        return near[clause]
    if isinstance(clause, AllOf):
        masks = [_mask(table, part, near) for part in clause.parts]
        return reduce(np.logical_and, masks) if masks else np.ones(table.size, np.bool_)
    if isinstance(clause, OneOf):
        masks = [_mask(table, part, near) for part in clause.parts]
        return reduce(np.logical_or, masks) if masks else np.zeros(table.size, np.bool_)
    if isinstance(clause, Not):
        return ~_mask(table, clause.part, near)
    kept = table.masks.get(clause)  # a bit per document: eight times as many, and quicker read than made
    if kept is not None:
        return np.unpackbits(kept, count=table.size).view(np.bool_)
    flags = _fact_mask(table, clause)
    bits = np.packbits(flags)
    table.masks.put(clause, bits, bits.nbytes)
    return flags


def _fact_mask(table: Table, clause: Has | Known | Between) -> Flags:
    column = COLUMNS.get(clause.column)
    if column is None:
        raise ValueError(f"{clause.column!r} is not a column of the index")
    values = table.columns[column.name]
    if isinstance(clause, Between):
        if column.kind != "number":
            raise ValueError(f"{column.name} holds no number")
        lies: Flags = (values >= clause.low) & (values <= clause.high)
        return lies
    if isinstance(clause, Known):
        values = values[:, 0] if column.kind == "point" else values
        return ~np.isnan(values) if column.kind in ("number", "point") else values != 0
    if column.kind in ("number", "point"):
        raise ValueError(f"{column.name} holds no codes")
    return np.take(_passing_numbers(table, clause), values)


def _passing_numbers(table: Table, clause: Has) -> Flags:
    """For every number that the column holds whether it passes; there are few numbers and many documents."""
    column = COLUMNS[clause.column]
    if column.kind == "open_code":
        texts = table.texts[column.name]
        return np.fromiter((bool(text) and text in clause.values for text in texts), np.bool_, len(texts))
    passing_places = [place for code, place in places(column.name).items() if code in clause.values]
    if column.kind == "set":
        return np.asarray(table.members[column.name][:, passing_places].any(axis=1))
    passes = np.zeros(len(places(column.name)) + 1, np.bool_)
    passes[[place + 1 for place in passing_places]] = True
    return passes


def _within(table: Table, centre: tuple[float, float], radius_m: float) -> Flags:
    """Which rows have a point at most ``radius_m`` from the centre."""
    lat, lon = table.columns["lat"], table.columns["lon"]
    passes = np.zeros(table.size, np.bool_)
    if radius_m > PLANE_LIMIT_M:
        close = np.flatnonzero(~np.isnan(lat))
    else:
        # Two per cent for the flat map and ten metres for single precision; the exact distance decides.
        reach = np.float32((radius_m * 1.02 + 10) ** 2)
        close = np.flatnonzero(plane_squared(lat, lon, centre) <= reach)
    points = table.columns["point"][close]
    passes[close] = exact_m(points[:, 0], points[:, 1], centre) <= radius_m
    return passes
