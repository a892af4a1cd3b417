"""Reads a whole source before anything is written: good rows set aside, bad ones noted with their reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from importers.card import SourceCard
from importers.clean.step import Draft
from importers.columns import read_columns
from importers.progress import Progress
from importers.raw import RawFile
from importers.readers.csv import CsvTable
from importers.readers.table import BadRow, Row
from importers.record import RecordReader
from importers.rejects import Reject, RejectLog
from importers.spool import Spool
from service.catalogue.claims import Statement
from service.model.dates import PartialDate

MAX_WARNINGS = 1_000  # kept in memory; the first hundreds show what is wrong
_TELL_EVERY = 500  # rows between two looks at how far the file is read


@dataclass(slots=True)
class Prepared:
    """What the files of a source say.

    ``places`` is by key of the good rows, where each stands; ``bad_keys`` are keys of rows that were refused.
    ``knows_all_keys`` is false when a row was refused whose key cannot be told: then nobody can say which
    records are gone.
    """

    spool: Spool
    log: RejectLog
    places: dict[str, str] = field(default_factory=dict)
    bad_keys: set[str] = field(default_factory=set)
    knows_all_keys: bool = True
    warnings: list[str] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)

    def is_present(self, key: str) -> bool:
        """Whether the source still has this record, well or badly written."""
        return key in self.places or key in self.bad_keys


def prepare(
    card: SourceCard, files: Sequence[RawFile], today: date, spool: Spool, log: RejectLog, progress: Progress
) -> Prepared:
    """Read all files of a source; raises SourceError when one of them cannot be read at all."""
    prepared = Prepared(spool, log)
    for file in files:
        progress.start(f"reading {file.name}", file.size_bytes, "bytes")
        _prepare_file(card, file, today, prepared, progress)
        progress.reach(file.size_bytes)
    return prepared


def _prepare_file(
    card: SourceCard, file: RawFile, today: date, prepared: Prepared, progress: Progress
) -> None:
    with CsvTable(file.path, file.name, card.encoding, card.delimiter) as table:
        reader = RecordReader(file.name, read_columns(file.name, table.header, card), today)
        for row in table.rows():
            if isinstance(row, BadRow):
                _refuse_row(file.name, row, reader, prepared)
            else:
                _take(file, row, reader, prepared)
            if row.number % _TELL_EVERY == 0:
                progress.reach(table.bytes_read)
        prepared.changes += reader.changes


def _take(file: RawFile, row: Row, reader: RecordReader, prepared: Prepared) -> None:
    read, key = reader.read(row), reader.key(row.cells)
    if isinstance(read, list):
        _refuse(read, key, prepared)
    elif key in prepared.places:
        reason = f"is the key of {prepared.places[key]} too; that one is kept"
        suggestion = "every row has a key of its own"
        prepared.log.add([Reject(file.name, row.number, reader.key_column.name, key, reason, suggestion)])
    else:
        prepared.places[key] = f"{file.name} row {row.number}"
        prepared.spool.add(_statement(read, file))
        for doubt in read.doubts[: MAX_WARNINGS - len(prepared.warnings)]:
            hint = f" ({doubt.suggestion})" if doubt.suggestion else ""
            prepared.warnings.append(f"{file.name} row {row.number}, {doubt.key}: {doubt.reason}{hint}")


def _refuse_row(file: str, row: BadRow, reader: RecordReader, prepared: Prepared) -> None:
    key = reader.key(row.cells[: row.sure_cells])
    _refuse([Reject(file, row.number, row.column, row.value, row.reason, row.suggestion)], key, prepared)


def _refuse(rejects: list[Reject], key: str, prepared: Prepared) -> None:
    prepared.log.add(rejects)
    if key:
        prepared.bad_keys.add(key)
    else:
        prepared.knows_all_keys = False


def _statement(draft: Draft, file: RawFile) -> Statement:
    said_on = PartialDate.parse(draft.said_on) if draft.said_on else None
    values = {str(key): value for key, value in draft.values.items()}
    # The words of the source stand in the raw file; a second copy in the database would double its size, and
    # hold the streets of hidden addresses.
    raw = {"file": file.path.name, "row": draft.row}
    return Statement(draft.key, values, said_on, draft.url, draft.publisher, draft.licence, raw)
