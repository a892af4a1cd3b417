"""Keeping official outlines: load a generation, look at what it changes, put it in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.boundaries import boundary, boundary_generation
from service.database.bulk import insert_rows
from service.errors import NotFound


@dataclass(frozen=True, slots=True)
class Outline:
    """One outline: ``kind`` is municipality or zone, ``geometry`` GeoJSON in degrees."""

    kind: str
    code: str
    name: str | None
    geometry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Generation:
    """Outlines loaded together, and whether they are in force."""

    id: UUID
    name: str
    source: str
    licence: str | None
    as_of: str | None
    loaded_at: datetime
    activated_at: datetime | None
    active: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What a generation changes against the one in force: codes of one kind, ascending."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[str, ...]


def store_generation(
    connection: Connection,
    outlines: Iterable[Outline],
    *,
    name: str,
    source: str,
    now: datetime,
    licence: str | None = None,
    as_of: str | None = None,
) -> UUID:
    """Keep outlines as an inactive generation; gives its id."""
    generation = uuid4()
    about = {"name": name, "source": source, "licence": licence, "as_of": as_of, "loaded_at": now}
    connection.execute(sa.insert(boundary_generation).values(id=generation, active=False, **about))
    columns = ("generation_id", "kind", "code", "name", "geometry")
    rows = [(generation, each.kind, each.code, each.name, dict(each.geometry)) for each in outlines]
    insert_rows(connection, boundary, columns, rows)
    return generation


def generations(connection: Connection) -> list[Generation]:
    """Every generation, the newest last."""
    rows = connection.execute(sa.select(boundary_generation).order_by(boundary_generation.c.loaded_at))
    return [Generation(**row._mapping) for row in rows]


def active_generation(connection: Connection) -> Generation | None:
    """The generation in force, None when none is."""
    return next((each for each in generations(connection) if each.active), None)


def outlines_of(connection: Connection, generation: UUID, kind: str) -> dict[str, Outline]:
    """The outlines of one kind by code."""
    wanted = sa.select(boundary).where(boundary.c.generation_id == generation, boundary.c.kind == kind)
    rows = connection.execute(wanted.order_by(boundary.c.code))
    return {row.code: Outline(row.kind, row.code, row.name, row.geometry) for row in rows}


def changes_of(connection: Connection, generation: UUID, kind: str) -> Changes:
    """What a generation would change. Raises NotFound for an unknown one."""
    _known(connection, generation)
    new = outlines_of(connection, generation, kind)
    active = active_generation(connection)
    old = outlines_of(connection, active.id, kind) if active else {}
    return Changes(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(old.keys() - new.keys())),
        tuple(sorted(code for code in new.keys() & old.keys() if new[code].geometry != old[code].geometry)),
    )


def activate(connection: Connection, generation: UUID, now: datetime) -> None:
    """Put a generation in force in the place of the one before. Raises NotFound."""
    _known(connection, generation)
    table = boundary_generation
    connection.execute(sa.update(table).where(table.c.active).values(active=False))
    in_force = sa.update(table).where(table.c.id == generation)
    connection.execute(in_force.values(active=True, activated_at=now))


def _known(connection: Connection, generation: UUID) -> None:
    if all(each.id != generation for each in generations(connection)):
        raise NotFound(f"There are no outlines {generation}.")
