"""Failures of a database told as one clear sentence of ours, without its address and password."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine import URL, ExceptionContext

from service.database.postgresql import POSTGRESQL
from service.errors import Busy, DatabaseAway, NabijError, StorageError

_SQLITE = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_CANTOPEN: "closed",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "broken",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "foreign",
}
_AWAY = ("closed", "broken", "damaged", "foreign", "empty")

_SENTENCES = {
    "busy": "Another command is writing to the database {file}; try again when it has finished.",
    "read-only": "The database {file} cannot be written: give this user the right to write it.",
    "closed": "The database {file} cannot be opened: does its folder exist, and may this user write there?",
    "full": "The disk with the database {file} is full: make room and run the command again.",
    "broken": "The disk with the database {file} fails to read or write (is it full?): nothing was changed.",
    "damaged": "The database {file} is damaged: put back a copy, or move it away and run nabij init.",
    "empty": "The database {file} is not made yet: run nabij init.",
    "foreign": "{file} is not a database of SQLite: move it away and run nabij init.",
}


def explain(error: BaseException, url: URL) -> NabijError | None:
    """The failure of the database at ``url`` in our words, None for one that only a programmer can mend."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error, str(url.database))
    if url.get_backend_name() in POSTGRESQL:
        # its driver takes a tenth of a second to load, which a Nabij on SQLite would wait for at each start
        from service.database.postgresql_failures import of_postgresql

        return of_postgresql(error, url)
    return None


def raise_explained(context: ExceptionContext) -> None:
    """Raise a driver's failure in our words where we have any; else SQLAlchemy raises its own.

    Not of a look whether a kept connection still stands: the pool then opens a new one by itself.
    """
    if context.is_pre_ping:
        return
    url = context.engine.url if context.engine is not None else URL.create(context.dialect.name)
    told = explain(context.original_exception, url)
    if told is not None:
        raise told from None


def _of_sqlite(error: sqlite3.Error, file: str) -> NabijError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the extended codes keep the kind in the last byte
    kind = _SQLITE.get(code)
    if kind is None and str(error).startswith("no such table"):
        kind = "empty"  # SQLite makes the file that it is asked to open
    if kind is None:
        return None
    sentence = _SENTENCES[kind].format(file=file)
    if kind == "busy":
        return Busy(sentence)
    return DatabaseAway(sentence) if kind in _AWAY else StorageError(sentence)
