"""The keys of a source and where each stands, in a nameless database: however many, memory stays small."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from service.errors import StorageError

_CACHE_KIB = 16_384
_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
CREATE TABLE good (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, stands TEXT NOT NULL,
  rank BLOB NOT NULL, place INTEGER NOT NULL);
CREATE TABLE refused (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_NUMBERS = "SELECT place FROM good ORDER BY number"
_RANKS = "SELECT place FROM good ORDER BY rank"


class Keys:
    """Keys of good rows in the order that they came in, and of rows that were refused.

    ``folder`` None means the machine's own place for temporary files. Gone when closed or killed. Raises
    StorageError where the disk is full.
    """

    def __init__(self, folder: Path | None) -> None:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".keys-") as file:
            self._database = sqlite3.connect(file.name, isolation_level=None)
            self._database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self._database.executescript(_SCHEMA)
        # the name is gone from here on, the file when it is closed
        self._database.execute("BEGIN")
        self.count = 0

    def close(self) -> None:
        """Forget them."""
        self._database.close()

    def add(self, key: str, stands: str, rank: bytes, place: int) -> str | None:
        """Keep the key of a good row that ``stands`` somewhere in a file; gives where it stands already.

        ``rank`` is what the rows can be ordered by, ``place`` where the statement is in its spool.
        """
        try:
            added = self._database.execute(
                "INSERT OR IGNORE INTO good VALUES (NULL, ?, ?, ?, ?)", (key, stands, rank, place)
            )
        except sqlite3.OperationalError as error:
            raise StorageError(f"The keys cannot be set aside: {error}.") from None
        if added.rowcount:
            self.count += 1
            return None
        held = self._database.execute("SELECT stands FROM good WHERE key = ?", (key,)).fetchone()
        return str(held[0])

    def refuse(self, keys: Iterable[str]) -> None:
        """Keep the keys of a row that cannot be taken."""
        try:
            self._database.executemany("INSERT OR IGNORE INTO refused VALUES (?)", ((key,) for key in keys))
        except sqlite3.OperationalError as error:
            raise StorageError(f"The keys cannot be set aside: {error}.") from None

    def refused(self) -> Iterator[str]:
        """The keys of refused rows."""
        for (key,) in self._database.execute("SELECT key FROM refused"):
            yield key

    def is_present(self, key: str) -> bool:
        """Whether the source has this key, in a good row or in one that was refused."""
        wanted = "SELECT 1 FROM good WHERE key = ?1 UNION ALL SELECT 1 FROM refused WHERE key = ?1 LIMIT 1"
        return self._database.execute(wanted, (key,)).fetchone() is not None

    def places(self, *, by_rank: bool) -> Iterator[int]:
        """The place of each good row, as they came or by their rank."""
        for (place,) in self._database.execute(_RANKS if by_rank else _NUMBERS):
            yield place
