"""Reading the stored documents of a page."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

_LATER = "SELECT body FROM gone JOIN doc USING (id) WHERE gone.key = ?"


def read_bodies(connection: sqlite3.Connection, keys: Sequence[int]) -> Mapping[int, bytes]:
    """The bodies by row key; of one that was replaced since the search, the body that took its place.

    A document that was removed is left out.
    """
    marks = ", ".join("?" * len(keys))
    # One statement: each takes its own locks on the file, which is dearer than finding a row.
    asked = f"SELECT key, body FROM doc WHERE key IN ({marks})"  # noqa: S608 (nothing but question marks)
    found: dict[int, bytes] = dict(connection.execute(asked, keys).fetchall())
    for key in keys:
        if key not in found and (row := connection.execute(_LATER, (key,)).fetchone()):
            found[key] = row[0]
    return found
