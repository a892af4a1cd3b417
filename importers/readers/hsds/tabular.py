"""Sets aside the tables of a feed that comes as CSV files: a column is taken, left out, or named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from importers.card import SourceCard
from importers.entry import Note, Refusal
from importers.raw import RawFile
from importers.readers.encoding import encoding_of
from importers.readers.hsds.names import (
    closeness,
    column_of,
    place_of_id,
    plain_name,
    table_of,
    tables_tied_by,
)
from importers.readers.hsds.staging import Item, Staging
from service.errors import SourceError
from service.readers.csv import CsvTable
from service.readers.table import BadRow, Row, shorten

_TELL_EVERY = 500  # rows between two looks at how far the file is read
_LEFT_OUT = "\0"  # stands for a column that the card ignores; no name of a column holds it
_ROWS_THAT_COUNT = frozenset({"service", "service_at_location"})
"""A bad row of these is a listing that does not land; of the others it is a fact less."""

_POINTED_TO = frozenset({"organization", "location", "program", "contact", "taxonomy_term", "taxonomy"})
"""Tables whose rows are found by their id, so that there can be one of each."""


def stage_table(
    staging: Staging, file: RawFile, card: SourceCard, reach: Callable[[int], None]
) -> Iterator[Note | Refusal]:
    """Keep the rows of one file; gives what was left out, and rows that could not be read."""
    stem = file.name.rpartition(".")[0]
    kind = table_of(stem)
    if not kind and not tables_tied_by(stem):
        reason = "is left out on purpose" if kind == "" else "is no table of HSDS and is left out"
        yield Note(file.name, 0, "", "", reason)
        return
    if file.size_bytes == 0:
        yield Note(file.name, 0, "", "", "is empty")
        return
    found = card.encoding or encoding_of(file.path)
    if found == "windows-1252" and not card.encoding:
        yield Note(file.name, 0, "", "", "is not UTF-8 and is read as windows-1252")
    with CsvTable(file.path, file.name, found, card.delimiter) as table:
        if kind:
            yield from _stage_rows(staging, kind, table, _renamed(kind, stem, table.header, card), reach)
        else:
            yield from _stage_ties(staging, table)


def _stage_rows(
    staging: Staging, kind: str, table: CsvTable, header: list[str], reach: Callable[[int], None]
) -> Iterator[Note | Refusal]:
    columns = _columns(kind, header)
    for name, meant in zip(table.header, header, strict=True):
        if meant != _LEFT_OUT and column_of(kind, meant) is None:
            yield Note(table.name, 0, name, "", "ignored: a column that HSDS does not have")
    for row in table.rows():
        yield from _stage_row(staging, table.name, kind, columns, row)
        if row.number % _TELL_EVERY == 0:
            reach(table.bytes_read)
    if table.empty_rows and not table.full_rows:
        yield Note(table.name, 0, "", "", f"has {table.empty_rows} rows without anything in them")


def _renamed(kind: str, stem: str, header: list[str], card: SourceCard) -> list[str]:
    """The header by the mapping of the card (``services.ref: id``), and what it ignores marked as such.

    Raises SourceError where the card maps to a column that the table does not have.
    """
    names = []
    for name in header:
        own = f"{stem}.{name}"
        meant = _LEFT_OUT if own in card.ignore else card.mapping.get(own, name)
        if own in card.mapping and not column_of(kind, meant):
            raise SourceError(f"{card.id}: mapping {own!r}: {meant!r} is no column of {kind} that is taken.")
        names.append(meant)
    return names


def _stage_ties(staging: Staging, table: CsvTable) -> Iterator[Note]:
    """Rows that tie a row of one table to its owner in another, as ``service_phones`` of some exports."""
    owner, other = tables_tied_by(table.name.rpartition(".")[0]) or ("", "")
    at_owner, at_other = place_of_id(owner, table.header), place_of_id(other, table.header)
    if at_owner is None or at_other is None:
        yield Note(table.name, 0, "", "", "is no table of HSDS and is left out")
        return
    for row in table.rows():
        if isinstance(row, BadRow):
            yield Note(table.name, row.number, row.column, row.value, row.reason, row.suggestion)
        else:
            staging.tie(other, row.cells[at_other].strip(), f"{owner}_id", row.cells[at_owner].strip())


def _columns(kind: str, header: list[str]) -> list[tuple[int, str]]:
    """The place and HSDS name of the columns that are taken, the nearest by name first.

    Of two with one meaning the first that is not empty counts in each row.
    """
    found = []
    names = [plain_name(name) for name in header]
    for position in sorted(range(len(names)), key=lambda at: closeness(kind, names[at])):
        taken = column_of(kind, names[position])
        if kind == "taxonomy_term" and names[position] == "taxonomy_id" and "id" in names:
            continue  # the id of its vocabulary (HSDS 3); without an id column the term's own (HSDS 1.0)
        if taken:
            found.append((position, taken))
    return found


def _stage_row(
    staging: Staging, file: str, kind: str, columns: list[tuple[int, str]], row: Row | BadRow
) -> Iterator[Note | Refusal]:
    if isinstance(row, BadRow):
        what = (file, row.number, row.column, row.value, row.reason, row.suggestion)
        yield Refusal(*what) if kind in _ROWS_THAT_COUNT else Note(*what)
        return
    data: dict[str, str] = {}
    for position, name in columns:
        if row.cells[position].strip():
            data.setdefault(name, row.cells[position])
    if not data:
        reason = "has nothing in a column that HSDS has"
        suggestion = "the names of the columns of HSDS, or a mapping in source.yml"
        what = (file, row.number, "", shorten(next(filter(None, row.cells))), reason, suggestion)
        yield Refusal(*what) if kind in _ROWS_THAT_COUNT else Note(*what)
        return
    item = Item(kind, data.get("id", "").strip(), file, row.number, data)
    earlier = staging.add(item)
    if earlier is None or earlier.data == data:
        return
    short = shorten(item.id)
    if kind in _ROWS_THAT_COUNT:
        reason = f"is the id of {earlier.file} row {earlier.row} too; that one is kept"
        yield Refusal(file, row.number, "id", short, reason, "every row has an id of its own", (item.id,))
    elif kind in _POINTED_TO:
        yield Note(file, row.number, "id", short, "is the id of a row before it; that one is kept")
    else:
        staging.add(replace(item, id=""))
        yield Note(file, row.number, "id", short, "is the id of a row before it too; both are kept")
