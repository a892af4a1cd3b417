"""Making a backup of a catalogue and putting one back, for either database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, make_url

from service.backup import home_files, postgres_copy, sqlite_copy
from service.backup.archive import pack, unpack
from service.backup.manifest import FORMAT, Manifest, held
from service.config import Settings
from service.database.claims import listing
from service.database.migrate import upgrade
from service.database.revisions import knows, revision_of
from service.database.schema import metadata
from service.database.session import reading
from service.errors import BadSetting, DatabaseAway, StorageError
from service.home import storage_error

COPY = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
COUNTED = ("listing", "source_record", "source_record_version", "edit", "link", "outbox")
"""Tables whose rows are counted before and after: what nothing else can bring back, and the listings."""


def make_backup(
    settings: Settings, database: Engine, target: Path, now: datetime, *, replace: bool
) -> Manifest:
    """Write a backup while everything goes on; gives what is in it.

    Raises StorageError where there is a file already and ``replace`` is not said, or something cannot be
    read or written.
    """
    if target.exists() and not replace:
        raise StorageError(f"{target} exists already. Choose another name, or say --replace.")
    if not target.absolute().parent.is_dir():
        raise StorageError(f"There is no folder {target.absolute().parent}.")
    revision, kind = revision_of(database), database.dialect.name
    if revision is None:
        raise StorageError("There is nothing to copy: the database has no tables. Run: nabij init")
    with _folder_in(target.absolute().parent) as staged:
        copy = staged / COPY[kind]
        if kind == "sqlite":
            server = sqlite_copy.copy_out(_file_of(settings), copy)
            counts = _counts_in_file(copy)
        else:
            with reading(database) as connection:
                server, counts = postgres_copy.version_of(connection), _counts(connection)
                postgres_copy.copy_out(settings.database, postgres_copy.snapshot_of(connection), copy)
        home_files.copy_out(settings.home, staged)
        files = tuple(held(staged, path) for path in sorted(staged.rglob("*")) if path.is_file())
        made_at = now.isoformat(timespec="seconds")
        manifest = Manifest(FORMAT, made_at, version("nabij"), kind, server, revision, counts, files)
        pack(staged, manifest, target)
    return manifest


def check_backup(source: Path) -> Manifest:
    """Take a backup apart and hold every file against its checksum; nothing is put back."""
    with _folder_in(source.absolute().parent) as staged:
        return unpack(source, staged)


def restore_backup(settings: Settings, database: Engine, source: Path, *, replace: bool) -> Manifest:
    """Put a backup in the place of what the database holds, and bring its tables up to this version.

    Raises StorageError where the backup cannot be used or something is there already and ``replace`` is not
    said, BadSetting where it is of the other kind of database.
    """
    kind = database.dialect.name
    with _folder_in(settings.home) as staged:
        manifest = unpack(source, staged)
        if manifest.database != kind:
            raise BadSetting(
                f"The backup is of {manifest.database}, and NABIJ_DATABASE_URL names {kind}: name a "
                f"{manifest.database} database."
            )
        if not knows(manifest.revision):
            raise StorageError(
                f"The backup was made by a newer Nabij ({manifest.nabij}, revision {manifest.revision}):"
                " install the newer one."
            )
        if not replace and holds_listings(database):
            raise StorageError(
                "There is a catalogue already, which would be lost. Say --replace if it may be."
            )
        if kind == "sqlite":
            database.dispose()
            sqlite_copy.copy_in(staged / COPY[kind], _file_of(settings))
        else:
            upgrade(database)  # makes PostGIS where it is not
            postgres_copy.copy_in(staged / COPY[kind], settings.database)
        _hold_against(manifest, database)
        upgrade(database)
        home_files.copy_in(staged, settings.home)
    return manifest


def holds_listings(database: Engine) -> bool:
    """Whether there is anything to lose."""
    try:
        with reading(database) as connection:
            return connection.scalar(sa.select(sa.func.count()).select_from(listing)) != 0
    except DatabaseAway as away:
        if "not made yet" in str(away):
            return False
        raise


def _hold_against(manifest: Manifest, database: Engine) -> None:
    """Raises StorageError where the database does not hold what the backup says."""
    with reading(database) as connection:
        for name, rows in _counts(connection).items():
            if rows != manifest.counts[name]:
                raise StorageError(
                    f"{name} has {rows} rows after restoring, and the backup says {manifest.counts[name]}."
                )


def _counts(connection: Connection) -> dict[str, int]:
    tables = {name: metadata.tables[name] for name in COUNTED}
    counted = {name: sa.select(sa.func.count()).select_from(table) for name, table in tables.items()}
    return {name: connection.scalar(query) or 0 for name, query in counted.items()}


def _counts_in_file(copy: Path) -> Mapping[str, int]:
    asked = {name: f"SELECT count(*) FROM {name}" for name in COUNTED}  # noqa: S608 - our names
    with closing(sqlite3.connect(copy)) as connection:
        return {name: connection.execute(query).fetchone()[0] for name, query in asked.items()}


def _file_of(settings: Settings) -> Path:
    return Path(str(make_url(settings.database).database))


@contextmanager
def _folder_in(parent: Path) -> Iterator[Path]:
    """A folder on the disk where things end up, so that they need not be copied twice."""
    try:
        with TemporaryDirectory(prefix=".nabij-", dir=parent) as folder:
            yield Path(folder)
    except OSError as error:
        raise storage_error(parent, error) from None
