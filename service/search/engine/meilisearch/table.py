"""The documents that a process keeps, side by side: the facts and terms of thousands are read at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.meilisearch.records import COLUMN_BITS, Slip, record_type, term_number

_TAIL_BITS = 16
_COLUMN_BITS = np.uint64(COLUMN_BITS)
_COLUMN_MASK = np.uint64((1 << COLUMN_BITS) - 1)
_TAIL = np.uint64((1 << _TAIL_BITS) - 1)
_LEFT_OUT = 4  # one in so many, where there is no more room

Rows = NDArray[np.intp]


class Table:
    """Room for so many documents, with so many terms in all; a row never changes once it is there.

    Any thread may read while one adds. What is not yet used takes no memory: the system gives pages when they
    are written.
    """

    def __init__(self, room: int, terms: int) -> None:
        self.room, self._room_of_terms = room, terms
        self.records = np.empty(room, record_type())
        self.keys = np.empty(room, np.int64)
        self._ids = np.empty(room, "S36")
        self._terms, self._tails = np.empty(terms, np.uint64), np.empty(terms, np.uint16)
        self._begins = np.zeros(room + 1, np.int64)  # of the terms of each row
        self._used = np.zeros(room, np.int64)  # when, in questions
        self._now, self._size = 0, 0
        self._rows: dict[int, int] = {}

    def __contains__(self, key: int) -> bool:
        return key in self._rows

    def find(self, keys: Iterable[int]) -> Rows:
        """The row of each document, -1 where there is none; notes that they were used."""
        row_of = self._rows.get
        rows = np.array([row_of(key, -1) for key in keys], np.intp)
        self._now += 1
        self._used[rows[rows >= 0]] = self._now
        return rows

    def add(self, slips: Mapping[int, Slip]) -> bool:
        """Take documents by their keys, without those that are there; gives whether they had room."""
        new = {key: slip for key, slip in slips.items() if key not in self._rows}
        terms = np.frombuffer(b"".join([slip.terms for slip in new.values()]), "<u8")
        first, last = self._size, self._size + len(new)
        begin = int(self._begins[first])
        end = begin + len(terms)
        if last > self.room or end > self._room_of_terms:
            return False
        records = b"".join([slip.record for slip in new.values()])
        self.records[first:last] = np.frombuffer(records, record_type())
        self.keys[first:last] = list(new)
        self._ids[first:last] = [slip.id for slip in new.values()]
        lengths = [len(slip.terms) // terms.itemsize for slip in new.values()]
        self._begins[first + 1 : last + 1] = begin + np.cumsum(lengths)
        self._terms[begin:end] = terms
        self._tails[begin:end] = terms >> _COLUMN_BITS & _TAIL
        self._used[first:last] = self._now
        self._size = last
        self._rows.update(zip(new, range(first, last), strict=True))
        return True

    def renewed(self, slips: Mapping[int, Slip]) -> Table:
        """Another table that has room for these, without the quarter of the documents that was used longest
        ago.
        """
        kept = self._size - self._size // _LEFT_OUT
        rows = np.sort(np.argsort(self._used[: self._size], kind="stable")[self._size - kept :])
        lengths = (self._begins[1:] - self._begins[:-1])[rows]
        end = int(lengths.sum())
        terms = sum(len(slip.terms) for slip in slips.values()) // self._terms.itemsize
        table = Table(max(self.room, kept + len(slips)), max(self._room_of_terms, end + terms))
        table.records[:kept] = self.records.take(rows)
        for mine, other in ((table.keys, self.keys), (table._ids, self._ids), (table._used, self._used)):
            mine[:kept] = other[rows]
        np.cumsum(lengths, out=table._begins[1 : kept + 1])
        table._terms[:end] = self._between(self._terms, rows)
        table._tails[:end] = self._between(self._tails, rows)
        table._rows = dict(zip(table.keys[:kept].tolist(), range(kept), strict=True))
        table._size, table._now = kept, self._now
        return table

    def ids_of(self, rows: Rows) -> list[str]:
        """The ids of the listings in these rows."""
        return [each.decode("ascii") for each in self._ids[rows].tolist()]

    def held_terms(
        self, rows: Rows, terms: Iterable[str]
    ) -> tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.intp]]:
        """Wherever a document in one of the rows holds one of the terms: the term's number, the text columns
        that hold it, the place of its row among those asked for.
        """
        asked = np.array(sorted({term_number(term) for term in terms}), np.uint64)
        # Few terms have the last bits of one that is asked for; only those are looked up.
        may_be = np.zeros(1 << _TAIL_BITS, np.bool_)
        may_be[asked & _TAIL] = True
        near = np.flatnonzero(may_be[self._between(self._tails, rows)])
        ends = self._begins[rows + 1]
        told = np.cumsum(ends - self._begins[rows])
        owners = np.searchsorted(told, near, "right")
        held = self._terms[near + (ends - told)[owners]]
        numbers = held >> _COLUMN_BITS
        are_they = np.isin(numbers, asked)
        columns = (held[are_they] & _COLUMN_MASK).astype(np.uint8)
        return numbers[are_they], columns, owners[are_they]

    def _between(self, values: NDArray[Any], rows: Rows) -> NDArray[Any]:
        """What stands beside the terms of some rows, one row after another.

        To join slices takes a fifth of the time of picking numbers by their places.
        """
        begins, ends = self._begins[rows].tolist(), self._begins[rows + 1].tolist()
        held = values.data
        spans = [held[begin:end] for begin, end in zip(begins, ends, strict=True)]
        return np.frombuffer(b"".join(spans), values.dtype)


@dataclass(frozen=True, slots=True)
class Held:
    """Some rows of a table, in an order; the table is theirs, whatever is kept afterwards."""

    table: Table
    rows: Rows

    @property
    def keys(self) -> NDArray[np.int64]:
        """The row keys of the index."""
        return self.table.keys[self.rows]

    def ids(self) -> list[str]:
        """The ids of the listings."""
        return self.table.ids_of(self.rows)

    def records(self) -> NDArray[Any]:
        """The facts, a record a document."""
        # To pick records of many fields by places takes twenty times as long as to take them whole.
        return self.table.records.take(self.rows)
