"""Opens the files of a source as what their card says they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from importers.card import SourceCard
from importers.columns import read_columns
from importers.entry_reader import EntryReader
from importers.progress import Progress
from importers.raw import RawFile
from importers.readers.csv import CsvTable
from importers.readers.hsds.feed import HsdsFeed
from importers.readers.xlsx import XlsxTable
from importers.reading import FeedReading, Reading, TableReading
from importers.record import RecordReader


def readings(
    card: SourceCard, files: Sequence[RawFile], today: date, progress: Progress
) -> Iterator[Reading]:
    """Each reading of the source, open until the next one is asked for.

    Raises SourceError when a file cannot be read at all.
    """
    if card.format == "hsds":
        yield FeedReading(HsdsFeed(card, files, today, progress), EntryReader(today))
        return
    for file in files:
        progress.start(f"reading {file.name}", file.size_bytes, "bytes")
        with _opened(card, file, today, progress) as reading:
            yield reading
        progress.reach(file.size_bytes)


def _table(card: SourceCard, file: RawFile) -> CsvTable | XlsxTable:
    if card.format == "xlsx":
        return XlsxTable(file.path, file.name)
    return CsvTable(file.path, file.name, card.encoding or "utf-8", card.delimiter)


@contextmanager
def _opened(card: SourceCard, file: RawFile, today: date, progress: Progress) -> Iterator[Reading]:
    with _table(card, file) as table:
        reader = RecordReader(file.name, read_columns(file.name, table.header, card), today)
        yield TableReading(file.name, table, reader, progress)
