"""Sets aside the tables of a feed that comes as CSV files: a column is taken, left out, or named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from importers.entry import Note, Refusal
from importers.raw import RawFile
from importers.readers.encoding import encoding_of
from importers.readers.hsds.names import column_of, plain_name, table_of
from importers.readers.hsds.staging import Item, Staging
from service.readers.csv import CsvTable
from service.readers.table import BadRow, Row, shorten

_TELL_EVERY = 500  # rows between two looks at how far the file is read
_ROWS_THAT_COUNT = frozenset({"service", "service_at_location"})
"""A bad row of these is a listing that does not land; of the others it is a fact less."""

_POINTED_TO = frozenset({"organization", "location", "program", "contact", "taxonomy_term", "taxonomy"})
"""Tables whose rows are found by their id, so that there can be one of each."""


def stage_table(
    staging: Staging, file: RawFile, encoding: str | None, reach: Callable[[int], None]
) -> Iterator[Note | Refusal]:
    """Keep the rows of one file; gives what was left out, and rows that could not be read."""
    kind = table_of(file.name.rpartition(".")[0])
    if not kind:
        reason = "is left out on purpose" if kind == "" else "is no table of HSDS and is left out"
        yield Note(file.name, 0, "", "", reason)
        return
    if file.size_bytes == 0:
        yield Note(file.name, 0, "", "", "is empty")
        return
    found = encoding or encoding_of(file.path)
    if found == "windows-1252" and not encoding:
        yield Note(file.name, 0, "", "", "is not UTF-8 and is read as windows-1252")
    with CsvTable(file.path, file.name, found) as table:
        columns = _columns(kind, table.header)
        for name in table.header:
            if column_of(kind, name) is None:
                yield Note(file.name, 0, name, "", "ignored: a column that HSDS does not have")
        for row in table.rows():
            yield from _stage_row(staging, file.name, kind, columns, row)
            if row.number % _TELL_EVERY == 0:
                reach(table.bytes_read)


def _columns(kind: str, header: list[str]) -> list[tuple[int, str]]:
    """The place and HSDS name of the columns that are taken, the first of two with one meaning."""
    found: dict[str, int] = {}
    names = [plain_name(name) for name in header]
    for position, name in enumerate(names):
        taken = column_of(kind, name)
        if kind == "taxonomy_term" and name == "taxonomy_id" and "id" in names:
            continue  # the id of its vocabulary (HSDS 3); without an id column the term's own (HSDS 1.0)
        if taken:
            found.setdefault(taken, position)
    return [(position, name) for name, position in found.items()]


def _stage_row(
    staging: Staging, file: str, kind: str, columns: list[tuple[int, str]], row: Row | BadRow
) -> Iterator[Note | Refusal]:
    if isinstance(row, BadRow):
        what = (file, row.number, row.column, row.value, row.reason, row.suggestion)
        yield Refusal(*what) if kind in _ROWS_THAT_COUNT else Note(*what)
        return
    data = {name: row.cells[position] for position, name in columns if row.cells[position].strip()}
    if not data:
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
