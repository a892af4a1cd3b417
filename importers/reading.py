"""What reading a source gives, whatever its format: records, refused rows, notes of what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

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


class TableReading:
    """A table of our own columns, in which every cell can be repaired by who wrote it."""

    def __init__(self, file: str, table: Table, reader: RecordReader, progress: Progress) -> None:
        self._file = file
        self._table = table
        self._reader = reader
        self._progress = progress
        self.changes = reader.changes

    def outcomes(self) -> Iterator[Outcome]:
        """A record or a refusal for each row."""
        for row in self._table.rows():
            yield self._bad_row(row) if isinstance(row, BadRow) else self._row(row)
            if row.number % TELL_EVERY == 0:
                self._progress.reach(self._table.bytes_read)

    def _row(self, row: Row) -> Outcome:
        read = self._reader.read(row)
        if isinstance(read, list):
            return Bad(read, _named(self._reader.key(row.cells)))
        return Good(self._file, read, (), self._reader.key_column.name)

    def _bad_row(self, row: BadRow) -> Bad:
        reject = Reject(self._file, row.number, row.column, row.value, row.reason, row.suggestion)
        return Bad([reject], _named(self._reader.key(row.cells[: row.sure_cells])))


class FeedReading:
    """Records of a feed, whose publisher writes as it does."""

    def __init__(self, source: Entries, reader: EntryReader) -> None:
        self._source = source
        self._reader = reader
        self.changes = reader.changes

    def outcomes(self) -> Iterator[Outcome]:
        """A record or a refusal for each entry, and the notes of the feed."""
        for each in self._source.entries():
            if isinstance(each, Note):
                yield each
            elif isinstance(each, Refusal):
                reject = Reject(each.file, each.row, each.column, each.value, each.reason, each.suggestion)
                yield Bad([reject], each.keys, each.is_gone)
            else:
                yield self._entry(each)

    def _entry(self, entry: Entry) -> Outcome:
        read = self._reader.read(entry)
        if isinstance(read, list):
            return Bad(read, _named(entry.key))
        return Good(entry.file, read, tuple(entry.notes))


def _named(key: str) -> tuple[str, ...]:
    return (key,) if key else ()
