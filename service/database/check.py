"""Named checks of the database, each fine or a problem with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.database.claims import edit, listing, source_record
from service.database.differences import differences
from service.database.hsds import location, service
from service.database.revisions import newest_revision, revision_of
from service.database.runs import import_run
from service.database.session import reading
from service.errors import NabijError

MIN_FREE_BYTES = 200 * 2**20
"""Less room than this does not hold one import of the present catalogue (709 listings: 8 MB) with its log."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; without a problem it is in order. ``hint`` says what to do."""

    name: str
    problem: str | None = None
    hint: str | None = None

    @property
    def is_ok(self) -> bool:
        """Whether it is in order."""
        return self.problem is None


_Finding = tuple[str, str] | None


def check_database(engine: Engine) -> Iterator[Check]:
    """Look at everything, one after the other; stops after a check that makes the others senseless."""
    try:
        revision = revision_of(engine)
    except NabijError as error:
        yield Check("connection", str(error), "Mend this first; the other checks need a connection.")
        return
    yield Check("connection")
    if revision != newest_revision():
        have = f"revision {revision}" if revision else "no tables"
        yield Check("revision", f"The database has {have}, not {newest_revision()}.", "Run nabij init.")
        return
    yield Check("revision")
    with reading(engine) as connection:
        for name, look in _CHECKS.items():
            finding = look(connection)
            yield Check(name, *finding) if finding else Check(name)


def _tables(connection: Connection) -> _Finding:
    found = differences(connection)
    return (
        (f"The tables differ from the code: {found[0]}", "Put back a copy, or start anew.") if found else None
    )


def _integrity(connection: Connection) -> _Finding:
    if connection.dialect.name != "sqlite":
        return None
    answer = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    return None if answer == "ok" else (f"SQLite says: {answer}", "Put back a copy of the database.")


def _references(connection: Connection) -> _Finding:
    if connection.dialect.name != "sqlite":
        return None  # PostgreSQL cannot be talked out of its foreign keys
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return (f"A row of {lost[0]} points to nothing.", "Run nabij rebuild.") if lost else None


def _points(connection: Connection) -> _Finding:
    places = connection.scalar(sa.select(sa.func.count(location.c.latitude)))
    indexed = "location_rtree" if connection.dialect.name == "sqlite" else "location WHERE point IS NOT NULL"
    held = connection.exec_driver_sql(f"SELECT count(*) FROM {indexed}").scalar()  # noqa: S608 - our names
    if places == held:
        return None
    return f"{places} places have a point, {held} are in the spatial index.", "Run nabij rebuild."


def _projection(connection: Connection) -> _Finding:
    feeds = sa.select(source_record.c.listing_id)
    missing = connection.scalar(
        sa.select(sa.func.count(sa.distinct(source_record.c.listing_id))).where(
            source_record.c.listing_id.not_in(sa.select(listing.c.id))
        )
    )
    alone = connection.scalar(sa.select(sa.func.count()).where(listing.c.id.not_in(feeds)))
    bare = connection.scalar(
        sa.select(sa.func.count()).where(listing.c.id.not_in(sa.select(service.c.listing_id)))
    )
    outdated = connection.scalar(sa.select(sa.func.count()).where(listing.c.checksum == ""))
    wrong = (missing or 0) + (alone or 0) + (bare or 0) + (outdated or 0)
    return (f"{wrong} listings are out of step with their claims.", "Run nabij rebuild.") if wrong else None


def _imports(connection: Connection) -> _Finding:
    open_runs = sa.select(import_run.c.source_id).where(import_run.c.state == "running")
    source_id = connection.scalar(open_runs.limit(1))
    if source_id is None:
        return None
    return f"An import of {source_id} runs, or was broken off.", f"Run nabij import {source_id} to finish it."


def _edits(connection: Connection) -> _Finding:
    known = sa.select(source_record.c.id)
    lost = connection.scalar(sa.select(sa.func.count()).where(edit.c.listing_id.not_in(known)))
    return (f"{lost} edits are about no listing.", "Put back a copy of the database.") if lost else None


def _room(connection: Connection) -> _Finding:
    if connection.dialect.name != "sqlite":
        return None
    free = disk_usage(Path(str(connection.engine.url.database)).parent).free
    if free >= MIN_FREE_BYTES:
        return None
    return f"The disk has {free // 2**20} MB left.", f"Keep at least {MIN_FREE_BYTES // 2**20} MB free."


_CHECKS: dict[str, Callable[[Connection], _Finding]] = {
    "tables": _tables,
    "integrity": _integrity,
    "references": _references,
    "points": _points,
    "projection": _projection,
    "imports": _imports,
    "edits": _edits,
    "room": _room,
}
