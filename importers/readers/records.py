"""Records of any JSON as entries: by the mapping of the card, or by the code of the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from importers.card import SourceCard
from importers.entry import Cell, Entry, Note, Refusal
from importers.raw import RawFile
from importers.readers.json_stream import stream_records
from importers.readers.taken import NoLonger, Taken
from service.errors import BadValue
from service.readers.table import BadRow, shorten

LISTS = frozenset(
    ("results", "records", "features", "items", "content", "contents", "data", "member", "elements", "@graph")
)
"""Keys under which data portals, GeoJSON and search APIs give their records."""
_COLUMN = re.compile(r"\{([^{}]+)\}")
IGNORED = "ignored: the card and the source take it nowhere"


class SourceCode(Protocol):
    """A ``source.py``: gives the listings of one record by their key.

    Raises BadValue, naming the path, where the record is no listing.
    """

    def listings(self, record: Taken) -> Iterable[tuple[str, Mapping[str, Cell]]]:
        """Each listing of the record: its key, and cells by field key."""
        ...


class Records:
    """The records of one file; ``rows`` are those of a file that is not JSON, or not as it lies there."""

    def __init__(
        self,
        card: SourceCard,
        file: RawFile,
        code: SourceCode | None,
        reach: Callable[[int], None],
        rows: Iterable[object] | None = None,
    ) -> None:
        self._card = card
        self._file = file
        self._listings = code.listings if code else self._mapped
        self._rows = self._in_json(reach) if rows is None else rows

    def entries(self) -> Iterator[Entry | Refusal | Note]:
        """Every listing of every record, in the order of the file."""
        for number, record in enumerate(self._rows, start=1):
            if isinstance(record, dict):
                yield from self._record(record, number)
            elif isinstance(record, BadRow):
                about = (record.column, record.value, record.reason, record.suggestion)
                yield Refusal(self._file.name, record.number, *about)
            else:
                value, reason = shorten(str(record)), "is no record"
                yield Refusal(self._file.name, number, "", value, reason, "an object with names and values")

    def _in_json(self, reach: Callable[[int], None]) -> Iterator[object]:
        for _key, record in stream_records(self._file, self._is_list, reach):
            yield record

    def _record(self, record: dict[str, Any], number: int) -> Iterator[Entry | Refusal]:
        taken = Taken(record)
        name = self._file.name
        try:
            found = list(self._listings(taken))
        except BadValue as error:
            value = shorten(str(error.value or ""))
            is_gone = isinstance(error, NoLonger)
            what = (error.field, value, error.reason, error.suggestion)
            yield Refusal(name, number, *what, is_gone=is_gone)
            return
        constants = {target: _filled(text, taken) for target, text in self._card.constants.items()}
        taken.ignore_all(*self._card.ignore)
        notes = [Note(name, number, path, shorten(value), IGNORED) for path, value in taken.left_over()]
        for key, cells in found:
            own = {**constants, **self._looked_up(cells)}
            yield Entry(name, number, key, own, notes)
            notes = []

    def _mapped(self, record: Taken) -> Iterator[tuple[str, Mapping[str, Cell]]]:
        cells = record.cells(self._card.mapping)
        key = cells.pop("key", "") or " ".join(filter(None, (record.text(path) for path in self._card.key)))
        yield key if isinstance(key, str) else key[0], cells

    def _looked_up(self, cells: Mapping[str, Cell]) -> dict[str, Cell]:
        """What the source writes as our value, by the lookups of the card (by field key)."""
        changed = dict(cells)
        for target, table in self._card.lookups.items():
            cell = changed.get(target)
            if isinstance(cell, str):
                changed[target] = table.get(cell.strip(), cell)
            elif cell:
                changed[target] = tuple(table.get(each.strip(), each) for each in cell)
        return changed

    def _is_list(self, key: str, _before: dict[str, Any]) -> bool:
        return key == self._card.records if self._card.records else key in LISTS


def _filled(text: str, record: Taken) -> str:
    """A constant, with what the record says in the places of ``{column}``."""
    return " ".join(_COLUMN.sub(lambda found: record.text(found[1]), text).split())
