"""Writing the tables of data/places and data/zones so that the same facts give the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from service.geo.tables import Row


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Write a table with these columns; lines end with a line feed on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
