"""Reading a table of the project: comma-separated, UTF-8, several values of a cell divided by semicolons."""

from __future__ import annotations

import csv
from pathlib import Path

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    """The rows of a table, each as column to text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> list[str]:
    """The values of a cell that holds several."""
    return [part.strip() for part in cell.split(";") if part.strip()]
