"""Who told us how much, how old that is, and how sure it makes us: the figures of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.listings import count_published
from service.catalogue.runs import FINISHED, Counts
from service.database.bulk import AnyRow
from service.database.claims import PUBLISHED, edit, listing, source, source_record
from service.database.runs import import_run


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """One source: how many records speak, how many vanished there, and when it was last heard (aware).

    ``imported`` is what came of the import that was the last to come to its end.
    """

    id: str
    name: str
    licence: str | None
    url: str | None
    attribution: str | None
    speaking: int
    withdrawn: int
    heard_at: datetime | None
    publisher: str | None = None
    imported: Counts | None = None


@dataclass(frozen=True, slots=True)
class PublisherFigures:
    """One publisher, as records name it: how many, and the oldest and newest date that they bear.

    ``undated`` is how many bear none, ``readiness`` counts the listings that they feed per code.
    """

    name: str
    records: int
    oldest: str | None
    newest: str | None
    undated: int = 0
    readiness: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Freshness:
    """The whole catalogue; ``readiness`` counts published listings, ``edited`` those with a live edit.

    ``publishers`` leave out the records of listings with a hidden address, whose source is named nowhere.
    """

    published: int
    edited: int
    readiness: Mapping[str, int]
    sources: tuple[SourceFigures, ...]
    publishers: tuple[PublisherFigures, ...]


def freshness(connection: Connection) -> Freshness:
    """Count everything."""
    return Freshness(
        published=count_published(connection),
        edited=_edited(connection),
        readiness=_readiness(connection),
        sources=tuple(_sources(connection)),
        publishers=tuple(_publishers(connection)),
    )


_READINESS = listing.c.resolved[("values", "service.readiness")].as_string().label("readiness")


def _edited(connection: Connection) -> int:
    fed = sa.select(sa.func.count(source_record.c.listing_id.distinct())).join(edit)
    return connection.scalar(fed.where(edit.c.withdrawn_at.is_(None))) or 0


def _readiness(connection: Connection) -> dict[str, int]:
    counted = sa.select(_READINESS, sa.func.count().label("listings")).where(listing.c.state == PUBLISHED)
    return {row.readiness: row.listings for row in connection.execute(counted.group_by(_READINESS)) if row[0]}


def _sources(connection: Connection) -> Iterable[SourceFigures]:
    gone = sa.func.count(source_record.c.withdrawn_at).label("gone")
    counted = sa.select(source_record.c.source_id, sa.func.count().label("records"), gone)
    records = {r.source_id: r for r in connection.execute(counted.group_by(source_record.c.source_id))}
    for each in connection.execute(sa.select(source).order_by(source.c.name, source.c.id)).all():
        count = records.get(each.id)
        spoken, silent = (count.records - count.gone, count.gone) if count else (0, 0)
        heard_at, imported = _last_import(connection, each.id)
        about = (each.id, each.name, each.licence, each.url, each.attribution)
        yield SourceFigures(*about, spoken, silent, heard_at, each.publisher, imported)


def _last_import(connection: Connection, source_id: str) -> tuple[datetime | None, Counts | None]:
    table = import_run.c
    ended = sa.select(import_run).where(table.source_id == source_id, table.state == FINISHED)
    row = connection.execute(ended.order_by(table.started_at.desc()).limit(1)).first()
    if row is None:
        return None, None
    return row.finished_at, Counts(row.created, row.updated, row.unchanged, row.withdrawn, row.rejected)


def _publishers(connection: Connection) -> list[PublisherFigures]:
    """Most records first."""
    by_name: dict[str, list[AnyRow]] = {}
    for row in connection.execute(_spoken()):
        if row.name:
            by_name.setdefault(row.name, []).append(row)
    figures = [_figures(name, rows) for name, rows in by_name.items()]
    return sorted(figures, key=lambda each: (-each.records, each.name))


def _spoken() -> sa.Select[*tuple[Any, ...]]:
    """Records per publisher and readiness of the listing that they feed, hidden addresses left out."""
    record = source_record.c
    name = sa.func.coalesce(record.publisher, source.c.publisher).label("name")
    return (
        sa.select(
            name,
            _READINESS,
            sa.func.count().label("records"),
            sa.func.count(record.said_on).label("dated"),
            sa.func.min(record.said_on).label("oldest"),
            sa.func.max(record.said_on).label("newest"),
        )
        .select_from(source_record.join(source).join(listing, listing.c.id == record.listing_id))
        .where(record.withdrawn_at.is_(None), listing.c.hidden.is_(False), listing.c.state == PUBLISHED)
        .group_by(name, _READINESS)
    )


def _figures(name: str, rows: list[AnyRow]) -> PublisherFigures:
    return PublisherFigures(
        name,
        sum(row.records for row in rows),
        min((row.oldest for row in rows if row.oldest), default=None),
        max((row.newest for row in rows if row.newest), default=None),
        sum(row.records - row.dated for row in rows),
        {row.readiness: row.records for row in rows if row.readiness},
    )
