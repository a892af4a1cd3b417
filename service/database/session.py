"""Connecting to the database in force, and the two ways of using it: reading and writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from service.config import Settings
from service.database.failures import raise_explained
from service.database.json_text import dump_json, load_json
from service.errors import BadSetting, StorageError
from service.geo.sql import prepare_sqlite

BUSY_MS = 10_000
"""How long a command waits for another one that writes; a batch of an import takes well under a second."""

CACHE_KIB = 8_192
"""Pages of the database that a connection keeps in memory."""

WRITER_CACHE_KIB = 131_072
"""The same for a connection that writes: an import comes back to the pages of every table and index."""

CHECKPOINT_PAGES = 8_000
"""32 MB of changes before they move from the log into the file: one batch of an import is 4 MB."""

CONNECT_S = 5
STATEMENT_MS = 60_000
"""The longest statement of a page takes milliseconds, of a rebuild seconds; a minute is an error."""

POOL_SIZE = 5
"""Connections a process keeps; a web process answers one request at a time, a worker uses two."""

WRITERS_LOCK = 0x6E6162696A
"""The advisory lock ("nabij" in ASCII) that makes PostgreSQL take one writer of the catalogue at a time, as
SQLite does: the outbox is then read in the order of commits, and no two writers project the same listing."""

_WRITES = "nabij_writes"
_HOME = "nabij_home"


def connect_engine(settings: Settings) -> Engine:
    """An engine for the database of the settings; connects when first used.

    Raises BadSetting for an address that is neither of SQLite nor of PostgreSQL. Using it raises StorageError
    or Busy in the place of the driver's errors that a user can mend.
    """
    try:
        url = make_url(settings.database)
    except ArgumentError:
        raise BadSetting("NABIJ_DATABASE_URL is not an address, as in postgresql://user@host/name.") from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        engine = _sqlite(url, settings)
    elif kind in ("postgresql", "postgres"):
        engine = _postgresql(url.set(drivername="postgresql+psycopg"))
    else:
        raise BadSetting(f"NABIJ_DATABASE_URL names {kind}; Nabij works with sqlite and postgresql.")
    sa.event.listen(engine, "handle_error", raise_explained)
    engine.update_execution_options(**{_HOME: settings.home})
    return engine


def home_of(bind: Engine | Connection) -> Path | None:
    """The data folder that goes with a database; None for an engine that was not made here."""
    home = bind.get_execution_options().get(_HOME)
    return home if isinstance(home, Path) else None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database from its first question on; for reading alone."""
    one_state = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    options = one_state if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that may write: committed at the end, undone when an error passes.

    One writer at a time; raises Busy when another one does not finish in time.
    """
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITERS_LOCK)))
        yield connection


def _sqlite(url: URL, settings: Settings) -> Engine:
    if url.database in (None, "", ":memory:"):
        raise BadSetting(
            "NABIJ_DATABASE_URL names no file; Nabij keeps its data in one, as in sqlite:///nabij.db."
        )
    if not settings.database_url:
        try:
            settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"The data folder {settings.home} cannot be made: {error.strerror}.") from None
    engine = sa.create_engine(
        url,
        connect_args={"timeout": BUSY_MS / 1000},
        json_serializer=dump_json,
        json_deserializer=load_json,
    )
    sa.event.listen(engine, "connect", _open_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, see _begin_sqlite
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")  # in WAL a power cut costs the last commits, not the file
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    prepare_sqlite(connection)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    # a transaction that begins by reading and writes later can meet a writer it may not wait for
    if writes:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{WRITER_CACHE_KIB}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: URL) -> Engine:
    options = f"-c statement_timeout={STATEMENT_MS} -c lock_timeout={BUSY_MS} -c timezone=UTC"
    return sa.create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT_S, "options": options, "application_name": "nabij"},
        json_serializer=dump_json,
        json_deserializer=load_json,
    )
