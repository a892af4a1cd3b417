"""What a spreadsheet that came back would change: cell by cell against what was taken out and what is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.engine import Connection

from service.accounts.permissions import may
from service.accounts.person import Person
from service.catalogue.ground import ground_of
from service.catalogue.groups import groups_of
from service.desk.bulk.cells import cell_of, disarmed, is_formula, right_for, text_of, tidy, value_of
from service.desk.bulk.columns import ID, VERSION, key_of
from service.desk.bulk.taken import Taken, Version, take, values_at
from service.errors import BadValue, SourceError
from service.i18n.messages import N_
from service.model.values import Value
from service.readers.table import BadRow, Row, Table, shorten

MOST_ROWS = 20_000
"""Rows of one file: the largest zone has some thousands of listings."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that says something new. ``old`` is what the listing says now, ``was`` what it said when the
    spreadsheet was taken out; where they differ somebody changed it meanwhile (``is_conflict``)."""

    listing: UUID
    key: str
    old: Value | None
    new: Value | None
    was: Value | None = None
    is_conflict: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """A cell, or a whole row where ``column`` is empty, that is not taken; the last two are messages."""

    row: int
    column: str
    value: str
    reason: str
    suggestion: str = ""


@dataclass(slots=True)
class Compared:
    """What a file would do: to how many listings of how many rows, and what of it is not taken."""

    changes: list[Change] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rows: int = 0
    unknown_columns: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    listing: UUID
    version: Version
    cells: Mapping[str, str]
    formulas: frozenset[str]


def compare(connection: Connection, table: Table, person: Person) -> Compared:
    """Read a table strictly, without changing anything.

    Raises SourceError where it has no columns id and version, the same column twice, or too many rows.
    """
    found = Compared()
    keys = _keys(table, found)
    waiting: list[_Line] = []
    seen: set[UUID] = set()
    for row in table.rows():
        found.rows += 1
        if found.rows > MOST_ROWS:
            raise SourceError(f"There are more than {MOST_ROWS:,} rows; send it in parts.")
        line = _line(row, keys, seen, found)
        if line is not None:
            waiting.append(line)
        if len(waiting) >= _AT_ONCE:
            _compare_some(connection, waiting, person, found)
            waiting = []
    _compare_some(connection, waiting, person, found)
    return found


def _keys(table: Table, found: Compared) -> dict[int, str]:
    keys: dict[int, str] = {}
    for position, title in enumerate(table.header):
        key = key_of(title)
        if key is None:
            if title:
                found.unknown_columns.append(shorten(title))
        elif key in keys.values():
            raise SourceError(f"The column {shorten(title)} is there twice.")
        else:
            keys[position] = key
    if not {ID, VERSION} <= set(keys.values()):
        raise SourceError("The columns id and version are needed; begin with a spreadsheet from here.")
    return keys


def _line(row: Row | BadRow, keys: Mapping[int, str], seen: set[UUID], found: Compared) -> _Line | None:
    if isinstance(row, BadRow):
        found.rejected.append(Rejected(row.number, row.column, row.value, NOT_READ, ""))
        return None
    cells = {keys[at]: disarmed(cell) for at, cell in enumerate(row.cells) if at in keys}
    try:
        listing = UUID(cells[ID].strip())
    except ValueError:
        found.rejected.append(Rejected(row.number, ID, shorten(cells[ID]), NO_LISTING, KEEP_ID))
        return None
    version = Version.parse(cells[VERSION])
    if version is None:
        found.rejected.append(Rejected(row.number, VERSION, shorten(cells[VERSION]), NO_VERSION, KEEP_ID))
        return None
    if listing in seen:
        found.rejected.append(Rejected(row.number, ID, str(listing), TWICE, ONE_ROW))
        return None
    seen.add(listing)
    said = {key: cell for key, cell in cells.items() if key not in (ID, VERSION) and tidy(cell)}
    formulas = {keys[at] for at, cell in enumerate(row.cells) if at in keys and is_formula(cell)}
    return _Line(row.number, listing, version, said, frozenset(formulas))


def _compare_some(connection: Connection, lines: list[_Line], person: Person, found: Compared) -> None:
    held = {each.id: each for each in take(connection, [line.listing for line in lines])}
    moved = [line for line in lines if line.listing in held and held[line.listing].mark != line.version.mark]
    groups = groups_of(connection, [line.listing for line in moved])
    ground = ground_of(connection) if moved else None
    for line in lines:
        taken = held.get(line.listing)
        if taken is None:
            found.rejected.append(Rejected(line.number, ID, str(line.listing), NO_LISTING, TAKE_ANEW))
            continue
        if not may(person, "bulk", zones={*taken.zones, *taken.serves}):
            found.rejected.append(Rejected(line.number, ID, str(line.listing), NOT_YOURS, ""))
            continue
        was: Mapping[str, Value] | None = taken.values
        if line.listing in groups and ground is not None:
            was = values_at(connection, groups[line.listing], line.version.at, ground)
        found.changes += _changes(line, taken, was or {}, found)


def _changes(line: _Line, taken: Taken, was: Mapping[str, Value], found: Compared) -> Iterator[Change]:
    for key, cell in line.cells.items():
        path = key.partition("@")[0]
        before, old = was.get(key), taken.values.get(key)
        if before is not None and _reads_as(path, before, cell):
            continue
        if key in line.formulas:
            found.rejected.append(Rejected(line.number, key, shorten(cell), FORMULA, NO_FORMULA))
            continue
        try:
            new = value_of(path, cell)
        except BadValue:
            found.rejected.append(Rejected(line.number, key, shorten(cell), WRONG, right_for(path)))
            continue
        if new in (before, old):
            continue
        yield Change(line.listing, key, old, new, before, is_conflict=before != old)


def _reads_as(path: str, value: Value, cell: str) -> bool:
    """Whether a cell is what was written for a value, in any language of the labels."""
    said = tidy(cell)
    return any(said == tidy(text_of(cell_of(path, value, each))) for each in _WRITTEN_IN)


def settled(changes: Iterable[Change]) -> list[Change]:
    """Those that nobody else changed meanwhile."""
    return [each for each in changes if not each.is_conflict]


_WRITTEN_IN = ("nl", "fr", "en")
NOT_READ = N_("This row cannot be read.")
NO_LISTING = N_("There is no listing with this id any more.")
NO_VERSION = N_("The version is missing or was changed.")
KEEP_ID = N_("Leave id and version as they came.")
TAKE_ANEW = N_("Take the spreadsheet out again: it may have been joined to another.")
TWICE = N_("This listing has a row already.")
ONE_ROW = N_("Keep one row for each listing.")
FORMULA = N_("This is a formula.")
NO_FORMULA = N_("Write the words or numbers that it shows.")
NOT_YOURS = N_("This listing is not in your zone.")
WRONG = N_("This is not what the column asks.")
