"""Reads CSV as a stream: strict about encoding, quotes and the number of cells, bounded in memory."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TextIO

from service.errors import SourceError
from service.readers.table import BadRow, Row, shorten

MAX_LINE = 1 << 20  # characters; a row of the starter catalogue has under 2,000
_DELIMITERS = ",;\t"
# Bytes that are not in the encoding arrive as lone surrogates; control characters belong in no cell.
_FOREIGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class CsvTable:
    """A CSV file opened for reading: ``header`` is known at once, ``rows`` are read when asked for.

    ``full_rows`` and ``empty_rows`` count what was read so far, the header aside.

    Raises SourceError when the file cannot be opened, is empty, or is not text in ``encoding``.
    """

    def __init__(self, path: Path, name: str, encoding: str = "utf-8", delimiter: str | None = None) -> None:
        self.name = name
        self.full_rows = self.empty_rows = 0
        self.encoding = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
        self._is_utf16 = self.encoding == "utf-16"
        self._file = self._open(path)
        try:
            first = next(self._lines(), "")
            self._delimiter = delimiter or max(_DELIMITERS, key=first.count)
            self.header = self._read_header(first)
        except SourceError:
            self._file.close()
            raise

    def __enter__(self) -> CsvTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def bytes_read(self) -> int:
        """How far the reading has come (a block of the file ahead of the last row)."""
        return self._file.buffer.tell()

    def rows(self) -> Iterator[Row | BadRow]:
        """Every row after the header, empty ones left out; a bad one never stops those after it."""
        reader = csv.reader(self._lines(), delimiter=self._delimiter, strict=True)
        number = 1
        while True:
            number += 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield BadRow(number, "", "", f"cannot be split into cells: {error}", _QUOTES)
                continue
            if cells is None:
                return
            if any(cells):
                self.full_rows += 1
                yield self._checked(number, cells)
            else:
                self.empty_rows += 1

    def _checked(self, number: int, cells: list[str]) -> Row | BadRow:
        joined = "".join(cells)
        foreign = _FOREIGN.search(joined)
        if foreign:
            return self._foreign(number, cells, foreign.group())
        if len(cells) != len(self.header):
            reason = f"has {len(cells)} cells where the header has {len(self.header)}"
            # A cell with a line break may be the end of a lost quote, and hold other rows.
            sure_cells = 0 if "\n" in joined or "\r" in joined else 1
            return BadRow(number, "", shorten(cells[0]), reason, _QUOTES, tuple(cells), sure_cells)
        return Row(number, cells)

    def _foreign(self, number: int, cells: list[str], character: str) -> BadRow:
        position = next(at for at, cell in enumerate(cells) if character in cell)
        column = self.header[position] if position < len(self.header) else f"cell {position + 1}"
        readable = tuple("" if _FOREIGN.search(cell) else cell for cell in cells)
        sure_cells = len(cells) if len(cells) == len(self.header) else 0
        if character >= "\ud800":
            reason = f"byte 0x{ord(character) & 0xFF:02x} is not {self.encoding.removesuffix('-sig')}"
            return BadRow(number, column, "", reason, _ENCODING, readable, sure_cells)
        reason = f"holds the control character 0x{ord(character):02x}"
        return BadRow(number, column, "", reason, "plain text", readable, sure_cells)

    def _open(self, path: Path) -> TextIO:
        try:
            with path.open("rb") as file:
                start = file.read(4096)
            if not self._is_utf16 and (start.startswith(_BYTE_ORDER_MARKS) or b"\0" in start):
                raise SourceError(f"{self.name} is not text in {self.encoding} ({_ENCODING}).")
            return path.open(encoding=self.encoding, errors="surrogateescape", newline="")
        except OSError as error:
            raise SourceError(f"{self.name} cannot be read: {error.strerror}.") from None

    def _lines(self) -> Iterator[str]:
        # Not ``for line in file``: a line without an end would be read into memory as a whole.
        while line := self._file.readline(MAX_LINE):
            if len(line) == MAX_LINE and not line.endswith("\n"):
                while (rest := self._file.readline(MAX_LINE)) and not rest.endswith("\n"):
                    pass
            yield line

    def _read_header(self, first: str) -> list[str]:
        if not first.strip():
            raise SourceError(f"{self.name} is empty: a first line with the names of the columns is needed.")
        try:
            header = next(csv.reader([first], delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            raise SourceError(f"{self.name}: the first line cannot be split into columns: {error}.") from None
        if _FOREIGN.search(first.rstrip("\r\n")):
            raise SourceError(f"{self.name}: the first line is not {self.encoding} ({_ENCODING}).")
        return [name.strip() for name in header]


_QUOTES = 'a cell with the separator, a line break or " stands between " and writes " as ""'
_ENCODING = "save it as CSV UTF-8, or name its encoding in source.yml"
