"""The files of the FTS5 index: one database per generation and a pointer to the one in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import Busy, IndexNotReady, StorageError
from service.search.index.fields import TEXT_COLUMNS, fingerprint

FORM = "2"
"""Of these tables: an index of another form is built anew, whatever its fields."""

BUSY_SECONDS = 10  # one batch of changes takes well under a second
_COLUMNS = ", ".join(TEXT_COLUMNS)

# Terms come analysed and separated by spaces, so every other character belongs to a term. The table keeps
# no text (content=''), no lengths (they stand in the facts) and of a term only the columns it is in, which
# is all that the score looks at. Facts are written as they are read: records of documents with consecutive
# keys side by side, those of a batch in one row, which stays as it is when a document goes (`gone`).
SCHEMA = f"""
CREATE VIRTUAL TABLE words USING fts5({_COLUMNS}, content='', columnsize=0, detail=column,
  tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'");
CREATE TABLE fact (first_key INTEGER PRIMARY KEY, facts BLOB NOT NULL);
CREATE TABLE doc (key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, digest TEXT NOT NULL,
  body BLOB NOT NULL, texts BLOB NOT NULL);
CREATE TABLE interned (column_name TEXT, number INTEGER, text TEXT NOT NULL,
  PRIMARY KEY (column_name, number));
CREATE TABLE term (term TEXT PRIMARY KEY, documents INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE gone (number INTEGER PRIMARY KEY AUTOINCREMENT, key INTEGER NOT NULL UNIQUE, id BLOB NOT NULL);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class Store:
    """Names and opens the files of the index in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pointer = folder / "search.current"
        self._seen: tuple[tuple[int, int], str] | None = None

    def generation(self) -> str:
        """The generation in use. Raises IndexNotReady where there is none."""
        try:
            stat = self.pointer.stat()
            stamp = (stat.st_mtime_ns, stat.st_ino)
            if self._seen is None or self._seen[0] != stamp:
                self._seen = (stamp, self.pointer.read_text(encoding="ascii").strip())
            return self._seen[1]
        except FileNotFoundError:
            raise IndexNotReady("There is no search index yet; `nabij index build` makes one.") from None

    def path(self, generation: str) -> Path:
        """The database of a generation."""
        return self.folder / f"search-{generation}.db"

    def others(self, generation: str | None) -> Iterator[Path]:
        """Every index file in the folder that is not of ``generation``: older ones and half-built ones."""
        for path in self.folder.glob("search-*"):
            if generation is None or not path.name.startswith(f"search-{generation}.db"):
                yield path

    def open(self, generation: str) -> sqlite3.Connection:
        """A connection that only reads.

        Raises IndexNotReady where the file is gone or was built with another table of fields.
        """
        path = self.path(generation)
        try:
            connection = self._reading(path)
            meta = read_meta(connection)
        except sqlite3.Error:
            raise IndexNotReady(
                f"The search index {path.name} cannot be read; `nabij index build` makes a new one."
            ) from None
        if (meta.get("form"), meta.get("fingerprint")) != (FORM, fingerprint()):
            connection.close()
            raise IndexNotReady(
                "The search index was built for other tables or fields; `nabij index build` makes a new one."
            )
        return connection

    def _reading(self, path: Path) -> sqlite3.Connection:
        try:
            connection = _connect(f"{path.resolve().as_uri()}?mode=ro")
            connection.execute("SELECT 1 FROM meta LIMIT 1")
        except sqlite3.OperationalError:
            # In a folder that cannot be written there is no room for the files of the write-ahead log; nobody
            # writes there either.
            connection = _connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1")
        return connection


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """What an index says of itself: form, fingerprint, generation, position, documents, changes, built_at."""
    return dict(connection.execute("SELECT name, value FROM meta"))


def read_version(connection: sqlite3.Connection) -> int:
    """How many times the index was changed since it was built."""
    return int(connection.execute("SELECT value FROM meta WHERE name = 'changes'").fetchone()[0])


def write_meta(connection: sqlite3.Connection, **values: object) -> None:
    """Write or replace what an index says of itself."""
    rows = [(name, str(value)) for name, value in values.items()]
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


def open_for_writing(path: Path) -> sqlite3.Connection:
    """A connection that writes to an existing file, without a transaction begun."""
    return _connect(f"{path.resolve().as_uri()}?mode=rw")


BUILD_HASH_BYTES = 32 << 20
USUAL_HASH_BYTES = 1 << 20
"""What FTS5 holds of new terms before it writes them: the more, the less it has to join afterwards."""


def create(path: Path) -> sqlite3.Connection:
    """A new file that nobody else reads yet: fast rather than safe. `finish` makes it one for use."""
    connection = _connect(f"{path.resolve().as_uri()}?mode=rwc")
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
    connection.execute("PRAGMA cache_size = -65536")
    _set_hash_bytes(connection, BUILD_HASH_BYTES)
    return connection


def finish(connection: sqlite3.Connection) -> None:
    """Join what a build wrote, and make the file safe to change."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    _set_hash_bytes(connection, USUAL_HASH_BYTES)
    connection.execute("PRAGMA journal_mode = WAL")


def _set_hash_bytes(connection: sqlite3.Connection, count: int) -> None:
    connection.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (count,))


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turns what the disk says into StorageError or Busy, in one sentence."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise Busy(f"Another process is writing the search index in {folder}; try again.") from error
        raise StorageError(f"The search index cannot be written in {folder}: {error}.") from error
    except OSError as error:
        raise StorageError(f"The search index cannot be written in {folder}: {error.strerror}.") from error


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False
    )
