"""Documents that came after one another, side by side: the facts and terms of thousands are read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.meilisearch.records import COLUMN_BITS, Slip, record_type
from service.search.engine.meilisearch.rows_by_key import Rows

TAIL_BITS = 16
_TAIL = np.uint64((1 << TAIL_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to be kept: a row of each array a document; ``ends`` tells where its ``terms`` end."""

    keys: NDArray[np.int64]
    ids: NDArray[np.bytes_]
    records: NDArray[np.uint8]
    ends: NDArray[np.int64]
    terms: NDArray[np.uint64]


def batch_of(slips: Mapping[int, Slip]) -> Batch:
    """Documents by their keys."""
    records = np.frombuffer(b"".join([slip.record for slip in slips.values()]), np.uint8)
    terms = np.frombuffer(b"".join([slip.terms for slip in slips.values()]), "<u8")
    return Batch(
        np.fromiter(slips, np.int64, len(slips)),
        np.array([slip.id for slip in slips.values()], "S36"),
        records.reshape(-1, record_type().itemsize),
        np.cumsum([len(slip.terms) // terms.itemsize for slip in slips.values()], dtype=np.int64),
        terms,
    )


def tails_of(numbers: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """The last bits of numbers of terms: few terms have those of one that is looked for."""
    return (numbers & _TAIL).astype(np.uint16)


class Segment:
    """Room for so many documents, with so many terms in all; a row never changes once it is there.

    Any thread may read while one adds.
    """

    def __init__(self, room: int, terms: int) -> None:
        self._room, self._room_of_terms = room, terms
        self.records = np.empty((room, record_type().itemsize), np.uint8)
        self.keys, self.ids = np.empty(room, np.int64), np.empty(room, "S36")
        self.used = np.zeros(room, np.int64)
        """When each was used last, by the count of the table."""
        self._terms, self._tails = np.empty(terms, np.uint64), np.empty(terms, np.uint16)
        self._begins = np.zeros(room + 1, np.int64)  # of the terms of each row
        self.size = 0

    def fits(self, batch: Batch) -> bool:
        """Whether all of these have room."""
        terms = int(self._begins[self.size]) + len(batch.terms)
        return self.size + len(batch.keys) <= self._room and terms <= self._room_of_terms

    def add(self, batch: Batch, first: int, now: int) -> int:
        """Take documents from place ``first`` on while there is room; gives the place after them."""
        start = int(batch.ends[first - 1]) if first else 0
        begin = int(self._begins[self.size])
        fitting = int(np.searchsorted(batch.ends, start + self._room_of_terms - begin, "right"))
        last = min(fitting, first + self._room - self.size)
        if last == first:
            return first
        mine, end = slice(self.size, self.size + last - first), begin + int(batch.ends[last - 1]) - start
        for held, new in ((self.records, batch.records), (self.keys, batch.keys), (self.ids, batch.ids)):
            held[mine] = new[first:last]
        self.used[mine] = now
        self._begins[mine.start + 1 : mine.stop + 1] = batch.ends[first:last] - start + begin
        self._terms[begin:end] = batch.terms[start : end - begin + start]
        self._tails[begin:end] = tails_of(self._terms[begin:end] >> COLUMN_BITS)
        self.size = mine.stop
        return last

    def newer_half(self) -> Batch:
        """The half of the documents that was used last."""
        size = self.size
        stays = np.zeros(size, np.bool_)
        stays[np.argsort(self.used[:size], kind="stable")[size - size // 2 :]] = True
        rows, lengths = np.flatnonzero(stays), np.diff(self._begins[: size + 1])
        terms = self._terms[: int(self._begins[size])][np.repeat(stays, lengths)]
        return Batch(self.keys[rows], self.ids[rows], self.records[rows], np.cumsum(lengths[rows]), terms)

    def ending_in(self, tails: NDArray[np.bool_], rows: Rows) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
        """Packed terms that end in one of the ``tails``, of the documents in these rows; and for each the
        place in ``rows`` of who holds it.
        """
        found = np.flatnonzero(tails[self._tails_of(rows)])
        ends = self._begins[rows + 1]
        ends_here = np.cumsum(ends - self._begins[rows])
        owners = np.searchsorted(ends_here, found, "right")
        return self._terms[found + (ends - ends_here)[owners]], owners

    def _tails_of(self, rows: Rows) -> NDArray[Any]:
        """The last bits of the terms of some rows, one row after another.

        To join slices takes a fifth of the time of picking numbers by their places.
        """
        begins, ends = self._begins[rows].tolist(), self._begins[rows + 1].tolist()
        tails = self._tails.data
        slices = [tails[begin:end] for begin, end in zip(begins, ends, strict=True)]
        return np.frombuffer(b"".join(slices), np.uint16)
