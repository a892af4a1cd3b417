"""Opens the files of a source as what their card says they are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import cast

from importers.card import SourceCard
from importers.columns import read_columns
from importers.entry_reader import EntryReader
from importers.progress import Progress
from importers.raw import RawFile
from importers.readers.archive import is_zip, unpack
from importers.readers.hsds.feed import HsdsFeed
from importers.readers.opendatasoft import rows_of_portal, with_point
from importers.readers.osm.feed import OsmFeed
from importers.readers.records import Records, SourceCode
from importers.readers.schema_org import SchemaOrg
from importers.reading import FeedReading, Reading, RowReader, TableReading
from importers.recognise import Source
from importers.record import RecordReader
from service.readers.csv import CsvTable
from service.readers.xlsx import XlsxTable


def readings(source: Source, files: Sequence[RawFile], today: date, progress: Progress) -> Iterator[Reading]:
    """Each reading of the source, open until the next one is asked for.

    Raises SourceError when a file cannot be read at all.
    """
    card = source.card
    if card.format == "hsds":
        yield FeedReading(HsdsFeed(card, files, today, progress), EntryReader(today, card.language))
        return
    for file in _members(card, files):
        progress.start(f"reading {file.name}", file.size_bytes, "bytes")
        with _opened(source, file, today, progress) as reading:
            yield reading
        progress.reach(file.size_bytes)


def _members(card: SourceCard, files: Sequence[RawFile]) -> Iterator[RawFile]:
    """The files, and those in a zip one by one; a workbook is a zip of its own kind."""
    for file in files:
        if card.format == "xlsx" or not is_zip(file.path):
            yield file
            continue
        with tempfile.TemporaryDirectory() as folder:
            for member in unpack(file, Path(folder)):
                yield member
                member.path.unlink()


def _table(card: SourceCard, file: RawFile) -> CsvTable | XlsxTable:
    if card.format == "xlsx":
        return XlsxTable(file.path, file.name)
    return CsvTable(file.path, file.name, card.encoding or "utf-8", card.delimiter)


@contextmanager
def _opened(source: Source, file: RawFile, today: date, progress: Progress) -> Iterator[Reading]:
    card = source.card
    if card.format == "json":
        code = cast(SourceCode, source.code) if source.code else None
        yield FeedReading(Records(card, file, code, progress.reach), EntryReader(today, card.language))
        return
    if card.format == "opendatasoft":
        code = cast(SourceCode, source.code) if source.code else None
        rows = rows_of_portal(card, file, progress.reach)
        records = Records(with_point(card), file, code, progress.reach, rows)
        yield FeedReading(records, EntryReader(today, card.language))
        return
    if card.format == "osm":
        yield FeedReading(OsmFeed(file, progress.reach, card.language), EntryReader(today, card.language))
        return
    if card.format == "jsonld":
        yield FeedReading(SchemaOrg(file, progress.reach), EntryReader(today, card.language))
        return
    with _table(card, file) as table:
        reader = RecordReader(file.name, read_columns(file.name, table.header, card), today)
        yield TableReading(table, RowReader(file.name, reader), progress)
