"""Reads the first sheet of a workbook row by row: what a cell shows becomes the text that CSV would have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile, ZipInfo

import openpyxl
from defusedxml.common import DefusedXmlException

from service.errors import SourceError
from service.readers.table import BadRow, Row, shorten
from service.readers.zipped import BROKEN, check_zip

MAX_SHARED_BYTES = 64 << 20
"""Texts that a workbook keeps once for all its cells are held in memory; more than this comes as CSV."""
MAX_CELL = 100_000  # characters; a spreadsheet itself allows 32,767
_FOREIGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PROLOG = 1 << 16  # bytes in which the first element of a part begins
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
_BROKEN = (*BROKEN, DefusedXmlException, ParseError, TypeError, AttributeError, OSError)
"""What reading a workbook that is none, or is broken on purpose, ends in."""


class XlsxTable:
    """A workbook opened for reading; ``header`` is its first row that says something.

    Raises SourceError when it is no workbook, would unpack beyond measure, or holds XML entities.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self._size = path.stat().st_size
        self._check(path)
        self._file = path.open("rb")  # ours to close: a workbook that cannot be read leaves it open
        try:
            self._book = openpyxl.load_workbook(self._file, read_only=True, data_only=True)
        except _BROKEN as error:
            self._file.close()
            raise self._unreadable(error) from None
        try:
            self._rows = self._numbered()
            self._last = 0
            self.header = self._read_header()
        except SourceError:
            self._close()
            raise

    def __enter__(self) -> XlsxTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        self._book.close()
        self._file.close()

    @property
    def bytes_read(self) -> int:
        """How far the reading has come, as far as the workbook says how many rows it has."""
        rows = self._sheet_rows or self._last or 1
        return min(self._size, self._size * self._last // rows)

    def rows(self) -> Iterator[Row | BadRow]:
        """Every row after the header, empty ones left out; a bad one never stops those after it."""
        for number, cells in self._rows:
            if any(cells):
                yield self._checked(number, cells)

    def _checked(self, number: int, cells: list[str]) -> Row | BadRow:
        width = len(self.header)
        if any(cells[width:]):
            beyond = f"has a cell to the right of the {width} columns of the header"
            return BadRow(number, "", "", beyond, "a name above every column", tuple(cells[:width]), width)
        cells = cells[:width] + [""] * (width - len(cells))
        for name, cell in zip(self.header, cells, strict=True):
            if (reason := _wrong(cell)) is not None:
                sure = tuple("" if _wrong(each) else each for each in cells)
                return BadRow(number, name, shorten(cell[:50]), reason, "plain text", sure, width)
        return Row(number, cells)

    def _numbered(self) -> Iterator[tuple[int, list[str]]]:
        """Every row of the sheet with its number as the spreadsheet counts."""
        try:
            sheets = [each for each in self._book.worksheets if each.sheet_state == "visible"]
            sheet = sheets[0]
            self._sheet_rows = sheet.max_row or 0
            sheet.reset_dimensions()
            for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                self._last = number
                yield number, _texts(values)
        except _BROKEN as error:
            raise self._unreadable(error) from None

    def _read_header(self) -> list[str]:
        for _number, cells in self._rows:
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                return [" ".join(cell.split()) for cell in cells]
        raise SourceError(f"{self.name} is empty: a first row with the names of the columns is needed.")

    def _check(self, path: Path) -> None:
        for member in check_zip(path, self.name):
            if "sharedStrings" in member.filename and member.file_size > MAX_SHARED_BYTES:
                raise SourceError(
                    f"{self.name} holds {member.file_size:,} bytes of texts, at most {MAX_SHARED_BYTES:,} are"
                    " read from a workbook; save it as CSV UTF-8."
                )
            if member.filename.lower().endswith((".xml", ".rels")):
                self._check_prolog(path, member)

    def _check_prolog(self, path: Path, member: ZipInfo) -> None:
        """A workbook declares no document type; entities stand in one, before the first element."""
        try:
            with ZipFile(path) as packed, packed.open(member) as part:
                start = part.read(_PROLOG)
        except _BROKEN as error:
            raise self._unreadable(error) from None
        first = _FIRST_ELEMENT.search(start)
        if first is None or b"\0" in start[:4] or b"<!" in start[: first.start()].replace(b"<!--", b""):
            raise SourceError(
                f"{self.name} declares a document type in {member.filename}; XML entities are refused."
            )

    def _unreadable(self, error: BaseException) -> SourceError:
        reason = type(error).__name__
        return SourceError(f"{self.name} is no workbook that can be read ({reason}); save it as .xlsx again.")


def _texts(values: Sequence[object]) -> list[str]:
    return [_text(value) for value in values]


def _text(value: object) -> str:
    """A value as a person would write it in CSV: no ``1080.0``, no time of a day that has none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    text = str(value)
    return "" if text.isspace() else text


def _wrong(cell: str) -> str | None:
    if len(cell) > MAX_CELL:
        return f"holds more than {MAX_CELL:,} characters"
    if cell in _ERRORS:
        return "is an error of the spreadsheet"
    return "holds a control character" if _FOREIGN.search(cell) else None
