"""A copy of a SQLite database while others write to it, and putting one back under those who read it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from service.errors import Busy, DatabaseAway, StorageError

BUSY_S = 30.0  # an import commits several times a second


def copy_out(database: Path, target: Path) -> str:
    """Write one state of the database to a new file; gives the version of SQLite.

    All pages are read in one transaction (SQLite, "Online Backup API"): writers go on, into the log. Raises
    StorageError and DatabaseAway.
    """
    if not database.is_file():
        raise DatabaseAway(f"There is no database {database}: run nabij init.")
    try:
        source, copy = sqlite3.connect(database, timeout=BUSY_S), sqlite3.connect(target)
        with closing(source), closing(copy):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.Error as error:
        raise StorageError(f"The database {database} cannot be copied: {error}.") from None
    return sqlite3.sqlite_version


def copy_in(copy: Path, database: Path) -> None:
    """Put the state of a copy in the place of what the database holds, in one transaction.

    Who reads sees the old state or the new one; a kill leaves the old one. A file that SQLite cannot read is
    put aside under the name ``….damaged``. Raises StorageError for a copy
    that is damaged, and Busy where others keep writing.
    """
    try:
        with closing(sqlite3.connect(copy)) as source:
            said = source.execute("PRAGMA quick_check(1)").fetchone()[0]
            if said != "ok":
                raise StorageError(f"The copy of the database is damaged: {said}.")
            _put_damaged_aside(database)
            with closing(sqlite3.connect(database, timeout=BUSY_S)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Busy(f"Others keep writing to {database}: stop them, then run this again.") from None
        raise StorageError(f"The database {database} cannot be written: {error}.") from None
    except sqlite3.DatabaseError as error:
        raise StorageError(f"The copy of the database is damaged: {error}.") from None


def _put_damaged_aside(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database, timeout=BUSY_S)) as held:
            held.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        for end in ("-wal", "-shm", ""):
            path = database.with_name(database.name + end)
            if path.exists():
                path.replace(path.with_name(f"{path.name}.damaged"))
