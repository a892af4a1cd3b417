"""Tables of public data that are written whole into a file of their own, and then only read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.errors import StorageError


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A path to write the new file to; it takes the place of ``path`` when the block ends well.

    Raises StorageError when the disk cannot take it; then the file before stays.
    """
    part = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        yield part
        part.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise StorageError(f"{path} cannot be written: {error}.") from None
    finally:
        part.unlink(missing_ok=True)


def opened(path: Path) -> sqlite3.Connection:
    """The table for reading; what replaces it later does not change it. Raises StorageError."""
    try:
        # Threads of a web process share it; nothing is ever written through it.
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise StorageError(f"{path} cannot be read: {error}.") from None


def stamp(path: Path) -> tuple[int, int] | None:
    """What changes when the file is replaced; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
