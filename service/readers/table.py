"""What a reader of rows and columns hands on, whatever the format it read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

MAX_SHOWN = 200  # characters of a value; enough to find the cell, too little to drag a whole text along


def shorten(value: str) -> str:
    """The value as it is shown in reports: at most MAX_SHOWN characters."""
    return value if len(value) <= MAX_SHOWN else value[:MAX_SHOWN] + "…"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts (the header is 1) and its cells in the header's order."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read; ``column`` is empty where it is not one cell's fault.

    The first ``sure_cells`` of ``cells`` certainly stand in their own column (an unreadable one is empty).
    """

    number: int
    column: str
    value: str
    reason: str
    suggestion: str
    cells: tuple[str, ...] = ()
    sure_cells: int = 0


class Table(Protocol):
    """A file of rows, read from the start to the end without holding more than a few rows."""

    header: list[str]

    def rows(self) -> Iterator[Row | BadRow]:
        """Every row after the header, empty ones left out."""
        ...

    @property
    def bytes_read(self) -> int:
        """How far the reading has come, for a progress bar."""
        ...
