"""Holds the tables of a feed in a nameless database file while they are joined: memory stays small."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType

import orjson

from service.errors import StorageError

Data = Mapping[str, str]

LINKS = (
    "service_id", "location_id", "service_at_location_id", "organization_id", "contact_id", "program_id",
    "phone_id", "link_id", "resource_id",
)  # fmt: skip
"""Columns by which a row says what it belongs to."""

_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;
CREATE TABLE item (n INTEGER PRIMARY KEY, kind TEXT, id TEXT, file TEXT, row INTEGER, data BLOB,
    is_loose INTEGER);
CREATE UNIQUE INDEX item_id ON item (kind, id);
CREATE TABLE link (kind TEXT, via TEXT, target TEXT, n INTEGER,
    PRIMARY KEY (kind, via, target, n)) WITHOUT ROWID;
CREATE TABLE tie (kind TEXT, id TEXT, via TEXT, target TEXT);
"""

_TIE = """
INSERT OR IGNORE INTO link SELECT tie.kind, via, target, item.n FROM tie JOIN item USING (kind, id);
UPDATE item SET is_loose = 0 WHERE n IN (SELECT item.n FROM tie JOIN item USING (kind, id));
"""

_LISTS = """
SELECT link.kind, via, target, link.n FROM link LEFT JOIN item AS owner
ON owner.kind = substr(via, 1, length(via) - 3) AND owner.id = target
WHERE owner.n IS NULL AND (target LIKE '%,%' OR target LIKE '%;%' OR target LIKE '%|%')
"""
_BETWEEN = re.compile(r"[,;|]")

_UNSERVED = """
SELECT kind, id, file, row, data FROM item WHERE kind = :kind AND id NOT IN (
SELECT target FROM link WHERE kind IN ('service', 'service_at_location') AND via = :via
UNION SELECT owner.target FROM link AS owner JOIN item AS middle ON middle.n = owner.n
    JOIN link AS given ON given.target = middle.id AND given.via = middle.kind || '_id'
    WHERE owner.kind IN ('program', 'location') AND owner.via = :via
    AND given.kind IN ('service', 'service_at_location')
) ORDER BY n
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a table of the feed: where it stood and what its columns say, by their HSDS name."""

    kind: str
    id: str
    file: str
    row: int
    data: Data

    def get(self, column: str) -> str:
        """The text of the column without spaces around it, empty where there is none."""
        return self.data.get(column, "").strip()

    def ids(self, column: str) -> tuple[str, ...]:
        """The ids that the cell names: the whole text first, and its parts where it may be a list."""
        said = self.get(column)
        parts = [part.strip() for part in _BETWEEN.split(said)]
        return tuple(dict.fromkeys(each for each in (said, *parts) if each))

    def may_be_of(self, column: str, id_: str) -> bool:
        """Whether the column names that id, alone or in a list, or nothing at all."""
        return self.get(column) in ("", id_) or id_ in self.ids(column)


class Staging:
    """The rows of a feed by table and id, and by what they belong to. Raises StorageError when full."""

    def __init__(self) -> None:
        # An empty name is a file of its own in the machine's place for temporary files, gone when closed.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        self._linked: set[tuple[str, str]] = (
            set()
        )  # most questions are about tables that a feed does not have

    def __enter__(self) -> Staging:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def add(self, item: Item, nested_in: Data | None = None) -> Item | None:
        """Keep a row; where another has its id, that one is given back and stays.

        ``nested_in`` is for an object that stands in what it belongs to, by the column that a table would
        have for it; the earlier one with its id then belongs there too.
        """
        try:
            owners = {**item.data, **(nested_in or {})}
            number = self._insert(item, is_loose=not any(owners.get(via) for via in LINKS))
            earlier = self.find(item.kind, item.id) if number is None else None
            if number is None and nested_in is None:
                return earlier
            if number is None:
                number = self._number(item.kind, item.id)
            for via in LINKS:
                if target := owners.get(via, "").strip():
                    link = (item.kind, via, target, number)
                    self._linked.add((item.kind, via))
                    self._db.execute("INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)", link)
        except sqlite3.OperationalError as error:
            raise StorageError(f"The feed cannot be set aside: {error}.") from None
        return earlier

    def tie(self, kind: str, id_: str, via: str, target: str) -> None:
        """A row belongs to ``target`` by a table of its own, wherever the row itself stands."""
        self._linked.add((kind, via))
        self._db.execute("INSERT INTO tie VALUES (?, ?, ?, ?)", (kind, id_, via, target))

    def settle(self) -> None:
        """To be called when all rows are there: ties become links, a list of ids a link to each."""
        for statement in filter(str.strip, _TIE.split(";")):
            self._db.execute(statement)
        for kind, via, target, number in self._db.execute(_LISTS).fetchall():
            parts = [part.strip() for part in _BETWEEN.split(target) if part.strip()]
            if not any(self.find(via.removesuffix("_id"), part) for part in parts):
                continue  # a text with a comma, not a list: it is named as it stands
            whole = (kind, via, target, number)
            self._db.execute("DELETE FROM link WHERE kind = ? AND via = ? AND target = ? AND n = ?", whole)
            for part in parts:
                self._db.execute("INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)", (kind, via, part, number))

    def find(self, kind: str, id_: str) -> Item | None:
        """The row with that id."""
        wanted = "SELECT kind, id, file, row, data FROM item WHERE kind = ? AND id = ?"
        found = self._db.execute(wanted, (kind, id_)).fetchone()
        return _item(found) if found and id_ else None

    def children(self, kind: str, via: str, target: str) -> list[Item]:
        """The rows of a table that belong to ``target``, in the order in which they came."""
        if not target or (kind, via) not in self._linked:
            return []
        wanted = (
            "SELECT item.kind, id, file, row, data FROM link JOIN item USING (n)"
            " WHERE link.kind = ? AND via = ? AND target = ? ORDER BY n"
        )
        return [_item(row) for row in self._db.execute(wanted, (kind, via, target))]

    def all(self, kind: str) -> Iterator[Item]:
        """Every row of a table, in the order in which they came."""
        wanted = "SELECT kind, id, file, row, data FROM item WHERE kind = ? ORDER BY n"
        return map(_item, self._db.execute(wanted, (kind,)))

    def count(self, kind: str) -> int:
        """How many rows a table has."""
        return int(self._db.execute("SELECT count(*) FROM item WHERE kind = ?", (kind,)).fetchone()[0])

    def dangling(self, via: str, parent: str) -> Iterator[tuple[Item, str]]:
        """Rows that belong to a ``parent`` that is not in the feed, each with the id it names."""
        wanted = (
            "SELECT item.kind, item.id, item.file, item.row, item.data, link.target FROM link"
            " JOIN item USING (n) LEFT JOIN item AS parent ON parent.kind = ? AND parent.id = link.target"
            " WHERE link.via = ? AND parent.n IS NULL ORDER BY link.kind, link.n"
        )
        for row in self._db.execute(wanted, (parent, via)):
            yield _item(row[:5]), row[5]

    def without(self, kind: str, via: str, parent: str) -> Iterator[Item]:
        """Rows of a table that belong to no ``parent`` in the feed."""
        wanted = (
            "SELECT kind, id, file, row, data FROM item WHERE kind = ? AND n NOT IN (SELECT link.n FROM link"
            " JOIN item AS parent ON parent.kind = ? AND parent.id = link.target"
            " WHERE link.kind = ? AND via = ?) ORDER BY n"
        )
        return map(_item, self._db.execute(wanted, (kind, parent, kind, via)))

    def unserved(self, kind: str) -> Iterator[Item]:
        """Rows of a table of owners that no service belongs to, itself or through its programme or place."""
        return map(_item, self._db.execute(_UNSERVED, {"kind": kind, "via": f"{kind}_id"}))

    def loose(self, kind: str) -> Iterator[Item]:
        """Rows of a table that say of nothing what they belong to."""
        wanted = "SELECT kind, id, file, row, data FROM item WHERE kind = ? AND is_loose ORDER BY n"
        return map(_item, self._db.execute(wanted, (kind,)))

    def _insert(self, item: Item, is_loose: bool) -> int | None:
        values = (item.kind, item.id or None, item.file, item.row, orjson.dumps(item.data), is_loose)
        done = self._db.execute(
            "INSERT OR IGNORE INTO item (kind, id, file, row, data, is_loose) VALUES (?, ?, ?, ?, ?, ?)",
            values,
        )
        return done.lastrowid if done.rowcount else None

    def _number(self, kind: str, id_: str) -> int:
        row = self._db.execute("SELECT n FROM item WHERE kind = ? AND id = ?", (kind, id_)).fetchone()
        return int(row[0])


def _item(row: tuple[str, str | None, str, int, bytes]) -> Item:
    kind, id_, file, number, data = row
    return Item(kind, id_ or "", file, number, orjson.loads(data))
