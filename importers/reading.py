"""What reading a source gives, whatever its format: records, refused rows, notes of what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from importers.beside import read_beside
from importers.clean.step import Draft
from importers.entry import Entries, Entry, Note, Refusal
from importers.entry_reader import EntryReader
from importers.progress import Progress
from importers.record import RecordReader
from importers.rejects import Reject
from service.readers.table import BadRow, Row, Table

TELL_EVERY = 500  # rows between two looks at how far the file is read


@dataclass(frozen=True, slots=True)
class Good:
    """A record, the publisher's name for the file it stood in, and what was left out of it."""

    file: str
    draft: Draft
    notes: tuple[Note, ...] = ()
    key_column: str = "id"


@dataclass(frozen=True, slots=True)
class Bad:
    """A refused row; ``keys`` as for a Refusal."""

    rejects: list[Reject]
    keys: tuple[str, ...] = ()
    is_gone: bool = False


Outcome = Good | Bad | Note


class Reading(Protocol):
    """A file, or files together, while they are read; ``changes`` counts what clean-up steps changed."""

    changes: Counter[str]

    def outcomes(self) -> Iterator[Outcome]:
        """Everything that they say."""
        ...


class RowReader:
    """Reads one row of a table of our own columns, in which every cell can be repaired by who wrote it."""

    def __init__(self, file: str, reader: RecordReader) -> None:
        self._file = file
        self._reader = reader
        self.changes = reader.changes

    def __reduce__(self) -> tuple[type[RowReader], tuple[str, RecordReader]]:
        return RowReader, (self._file, self._reader)

    def read(self, row: Row | BadRow) -> Good | Bad:
        """A record, or a refusal."""
        if isinstance(row, BadRow):
            reject = Reject(self._file, row.number, row.column, row.value, row.reason, row.suggestion)
            return Bad([reject], _named(self._reader.key(row.cells[: row.sure_cells])))
        read = self._reader.read(row)
        if isinstance(read, list):
            return Bad(read, _named(self._reader.key(row.cells)))
        return Good(self._file, read, (), self._reader.key_column.name)


class TableReading:
    """A table of our own columns, read by who reads a row."""

    def __init__(self, table: Table, reader: RowReader, progress: Progress) -> None:
        self._table = table
        self._reader = reader
        self._progress = progress
        self.changes = reader.changes

    def outcomes(self) -> Iterator[Outcome]:
        """A record or a refusal for each row."""
        return read_beside(self._reader, self._rows())

    def _rows(self) -> Iterator[Row | BadRow]:
        for row in self._table.rows():
            yield row
            if row.number % TELL_EVERY == 0:
                self._progress.reach(self._table.bytes_read)


class PartReader:
    """Reads one part of a feed, whose publisher writes as it does: an entry, a refusal, a note."""

    def __init__(self, reader: EntryReader) -> None:
        self._reader = reader
        self.changes = reader.changes

    def __reduce__(self) -> tuple[type[PartReader], tuple[EntryReader]]:
        return PartReader, (self._reader,)

    def read(self, part: Entry | Refusal | Note) -> Outcome:
        """A record or a refusal for an entry; a note as it is."""
        if isinstance(part, Note):
            return part
        if isinstance(part, Refusal):
            reject = Reject(part.file, part.row, part.column, part.value, part.reason, part.suggestion)
            return Bad([reject], part.keys, part.is_gone)
        read = self._reader.read(part)
        if isinstance(read, list):
            return Bad(read, _named(part.key))
        return Good(part.file, read, tuple(part.notes))


class FeedReading:
    """Records of a feed, in the order that it gives them."""

    def __init__(self, source: Entries, reader: EntryReader) -> None:
        self._source = source
        self._reader = PartReader(reader)
        self.changes = reader.changes

    def outcomes(self) -> Iterator[Outcome]:
        """A record or a refusal for each entry, and the notes of the feed."""
        return read_beside(self._reader, self._source.entries())


def _named(key: str) -> tuple[str, ...]:
    return (key,) if key else ()
