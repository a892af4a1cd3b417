"""Failures of PostgreSQL told as one clear sentence of ours; loaded with its driver, where it is used."""

from __future__ import annotations

import psycopg
from sqlalchemy.engine import URL

from service.errors import Busy, DatabaseAway, NabijError, StorageError

_UNREACHABLE = ("", "08", "28", "3D", "57")
"""SQLSTATE: no answer, connection, authorization, no such database, shut down (PostgreSQL, appendix A)."""


def of_postgresql(error: BaseException, url: URL) -> NabijError | None:
    """The failure of the server at ``url`` in our words, None for one that only a programmer can mend."""
    if not isinstance(error, psycopg.Error):
        return None
    where = f"{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"
    if isinstance(error, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected):
        return Busy(f"Another command is writing to the database {where}; try again when it has finished.")
    if isinstance(error, psycopg.errors.QueryCanceled):
        return Busy(f"The database {where} took too long to answer; try again later.")
    if isinstance(error, psycopg.errors.DiskFull):
        return StorageError(f"The disk of the database {where} is full: make room and run the command again.")
    if isinstance(error, psycopg.errors.UndefinedTable):
        return DatabaseAway(f"The database {where} is not made yet: run nabij init.")
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction | psycopg.errors.InsufficientPrivilege):
        return StorageError(f"The database {where} may not be written by {url.username or 'this user'}.")
    if isinstance(error, psycopg.OperationalError) and (error.sqlstate or "")[:2] in _UNREACHABLE:
        return DatabaseAway(
            f"PostgreSQL at {where} cannot be reached as {url.username or 'this user'}: "
            "is it running, and is NABIJ_DATABASE_URL right?"
        )
    return None
