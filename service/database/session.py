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
from service.database.postgresql import BUSY_MS, POSTGRESQL, connect_postgresql
from service.errors import BadSetting, StorageError
from service.geo.sql import prepare_sqlite

CACHE_KIB = 8_192
"""Pages of the database that a connection keeps in memory."""

WRITER_CACHE_KIB = 98_304
"""The same for a connection that writes: an import comes back to the pages of every table and index."""

CHECKPOINT_PAGES = 8_000
"""32 MB of changes before they move from the log into the file."""

BULK_CHECKPOINT_PAGES = 64_000
"""The same while an import goes on: of the pages that a batch changes the next changes many again. Whoever
writes after it moves them, and the log becomes small again."""

STATEMENT_MS = 60_000
"""The longest statement of a rebuild takes seconds; a minute is an error."""

WEB_STATEMENT_MS = 5_000
"""The longest statement of a page takes milliseconds, of a search without an index at a million listings two
seconds; who waits longer than five has left."""

IDLE_MS = 60_000
"""A web process that forgets a transaction may not hold up a migration or the cleaning of tables for ever."""

WRITERS_LOCK = 0x6E6162696A
"""The advisory lock ("nabij" in ASCII) that makes PostgreSQL take one writer of the catalogue at a time, as
SQLite does: the outbox is then read in the order of commits, and no two writers project the same listing."""

_PAGE_BYTES = 4_096
_WRITES = "nabij_writes"
_BULK = "nabij_bulk"
_PRIMARY = "nabij_primary"
_HOME = "nabij_home"


def connect_engine(settings: Settings) -> Engine:
    """An engine for the database of the settings; connects when first used.

    Raises BadSetting for an address that is neither of SQLite nor of PostgreSQL. Using it raises StorageError
    or Busy in the place of the driver's errors that a user can mend.
    """
    url = _address("NABIJ_DATABASE_URL", settings.database)
    kind = url.get_backend_name()
    if kind == "sqlite":
        return _ours(_sqlite(url, settings), settings)
    if kind in POSTGRESQL:
        return _ours(connect_postgresql(url, settings.database_connections, STATEMENT_MS), settings)
    raise BadSetting(f"NABIJ_DATABASE_URL names {kind}; Nabij works with sqlite and postgresql.")


def connect_web(settings: Settings) -> Engine:
    """The same for a web process, which waits less long; it reads from the replica where there is one.

    What is written through it (`writing`) goes to the database itself. Raises BadSetting as `connect_engine`.
    """
    url = _address("NABIJ_DATABASE_URL", settings.database)
    if url.get_backend_name() not in POSTGRESQL:
        if settings.database_read_url:
            raise BadSetting(
                "NABIJ_DATABASE_READ_URL names a replica of PostgreSQL; the database is another."
            )
        return connect_engine(settings)
    count = settings.database_connections
    primary = _ours(connect_postgresql(url, count, WEB_STATEMENT_MS, IDLE_MS), settings)
    if not settings.database_read_url:
        return primary
    replica = _address("NABIJ_DATABASE_READ_URL", settings.database_read_url)
    if replica.get_backend_name() not in POSTGRESQL:
        raise BadSetting("NABIJ_DATABASE_READ_URL names no PostgreSQL, as in postgresql://user@host/name.")
    reader = _ours(connect_postgresql(replica, count, WEB_STATEMENT_MS, IDLE_MS), settings)
    reader.update_execution_options(**{_PRIMARY: primary})
    return reader


def let_go(engine: Engine) -> None:
    """Close the connections that are kept, those for writing too."""
    engine.dispose()
    primary_of(engine).dispose()


def primary_of(engine: Engine) -> Engine:
    """Where writes go: the engine itself, but of one that reads from a replica the database."""
    primary = engine.get_execution_options().get(_PRIMARY, engine)
    assert isinstance(primary, Engine)
    return primary


def _address(name: str, text: str) -> URL:
    try:
        return make_url(text)
    except ArgumentError:
        raise BadSetting(f"{name} is not an address, as in postgresql://user@host/name.") from None


def _ours(engine: Engine, settings: Settings) -> Engine:
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
def writing(engine: Engine, *, is_bulk: bool = False) -> Iterator[Connection]:
    """A connection in a transaction that may write: committed at the end, undone when an error passes.

    ``is_bulk`` is for one of many that write thousands of rows each. One writer at a time; raises Busy when
    another one does not finish in time.
    """
    engine = primary_of(engine)
    options = {_WRITES: True, _BULK: is_bulk}
    with engine.connect().execution_options(**options) as connection, connection.begin():
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
    prepare_sqlite(connection)


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get(_WRITES)
    # a transaction that begins by reading and writes later can meet a writer it may not wait for
    if writes:
        pages = BULK_CHECKPOINT_PAGES if options.get(_BULK) else CHECKPOINT_PAGES
        connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint={pages}")
        connection.exec_driver_sql(f"PRAGMA journal_size_limit={pages * _PAGE_BYTES}")
        connection.exec_driver_sql(f"PRAGMA cache_size=-{WRITER_CACHE_KIB}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
