"""What a source says that cannot be taken over: file, row, column, value, reason and what would be right."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TextIO

from service.errors import StorageError

KEPT = 1_000  # rejects held in memory, for the report and the journal
_FORMULA = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Reject:
    """One cell, or one row where ``column`` is empty; ``row`` counts as a spreadsheet does (header: 1)."""

    file: str
    row: int
    column: str
    value: str
    reason: str
    suggestion: str = ""

    def __str__(self) -> str:
        where = f"{self.file} row {self.row}" + (f", {self.column}" if self.column else "")
        value = f" {self.value!r}" if self.value else ""
        return f"{where}:{value} {self.reason}" + (f" ({self.suggestion})" if self.suggestion else "")


class RejectLog:
    """Every reject of an import as CSV, for the publisher to repair; the first in memory.

    The file is made with the first reject; without a ``path`` nothing is written. ``first_of_rows`` holds one
    reject of each of the first bad rows, ``rows`` counts all of them. A value that a spreadsheet
    would run as a formula gets an apostrophe in front (CSV injection, OWASP). Adding raises StorageError when
    the data folder cannot take it.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.first: list[Reject] = []
        self.first_of_rows: list[Reject] = []
        self.rows = 0
        self._file: TextIO | None = None

    def add(self, row: Iterable[Reject]) -> None:
        """Note what is wrong with one row."""
        self.rows += 1
        rejects = list(row)
        self.first += rejects[: KEPT - len(self.first)]
        if rejects and len(self.first_of_rows) < KEPT:
            self.first_of_rows.append(rejects[0])
        if self.path is None:
            return
        try:
            writer = csv.writer(self._opened(self.path))
            writer.writerows([_harmless(cell) for cell in astuple(reject)] for reject in rejects)
        except OSError as error:
            raise StorageError(f"{self.path} cannot be written: {error.strerror}.") from None

    def close(self) -> None:
        """End the file; what was held back is written now, so this too can raise StorageError."""
        try:
            if self._file:
                self._file.close()
        except OSError as error:
            raise StorageError(f"{self.path} cannot be written: {error.strerror}.") from None

    def _opened(self, path: Path) -> TextIO:
        if self._file is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._file).writerow(each.name for each in fields(Reject))
        return self._file


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
