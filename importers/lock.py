"""One import at a time: a second one says who is at it, and a killed one leaves nothing to clear away."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from service.errors import Busy, StorageError

IMPORT_LOCK = 0x6E6162696B
"""The advisory lock of PostgreSQL that imports hold, whatever data folder they have ("nabik")."""


@contextmanager
def import_lock(home: Path, engine: Engine) -> Iterator[None]:
    """Hold the right to import into this database.

    The kernel gives a lock free when its process ends, however it ends. Raises Busy when another import runs,
    StorageError when the data folder cannot be written.
    """
    with _file_lock(_lock_path(home, engine)), _database_lock(engine):
        yield


def _lock_path(home: Path, engine: Engine) -> Path:
    """Beside a database that is a file, so that two data folders with the same one see each other."""
    database = engine.url.database
    if engine.dialect.name == "sqlite" and database and database != ":memory:":
        return Path(f"{database}.import-lock")
    return home / "import.lock"


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StorageError(f"{path.parent} cannot be written: {error.strerror}.") from None
    with os.fdopen(descriptor, "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = file.read().strip() or "unknown"
            raise Busy(f"An import is running (process {holder}); {_WAIT}") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def _database_lock(engine: Engine) -> Iterator[None]:
    if engine.dialect.name != "postgresql":
        yield
        return
    # A connection of its own, outside the pool's use: the lock lasts as long as the connection.
    with engine.connect() as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": IMPORT_LOCK}):
            raise Busy(f"An import into this database is running; {_WAIT}")
        connection.commit()
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": IMPORT_LOCK})
            connection.commit()


_WAIT = "wait until it is done, then start this one again."
