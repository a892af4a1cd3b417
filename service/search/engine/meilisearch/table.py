"""The documents that a process keeps, in a few segments: the oldest goes where there is no more room."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import compress
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.meilisearch.records import COLUMN_BITS, Slip, record_type, term_number
from service.search.engine.meilisearch.rows_by_key import NO_ROW, Rows, RowsByKey
from service.search.engine.meilisearch.segment import TAIL_BITS, Batch, Segment, batch_of, tails_of

_SEGMENTS = 8  # so that few go at once, and few are looked into for each question
_COLUMN_MASK = (np.uint64(1) << COLUMN_BITS) - np.uint64(1)


class Held:
    """Some documents in an order; they stay what they are, whatever is kept afterwards.

    Only of those that are there keys, ids, facts and terms can be asked.
    """

    def __init__(self, segments: Mapping[int, Segment], room: int, rows: Rows) -> None:
        self._segments, self._room, self._rows = segments, room, rows

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def is_there(self) -> NDArray[np.bool_]:
        """Which of them are."""
        return np.not_equal(self._rows, NO_ROW)

    def some(self, places: NDArray[Any]) -> Held:
        """Those of these places, or where this is true, in that order."""
        return Held(self._segments, self._room, self._rows[places])

    def keys(self) -> NDArray[np.int64]:
        """The row keys of the index."""
        found = np.empty(len(self), np.int64)
        for segment, places, rows in self.parts():
            found[places] = segment.keys[rows]
        return found

    def ids(self) -> list[str]:
        """The ids of the listings."""
        found = np.empty(len(self), "S36")
        for segment, places, rows in self.parts():
            found[places] = segment.ids[rows]
        ids: list[str] = found.astype(str).tolist()
        return ids

    def records(self) -> NDArray[Any]:
        """The facts, a record a document."""
        # As bytes: to pick records of many fields by their places takes twenty times as long.
        found = np.empty((len(self), record_type().itemsize), np.uint8)
        for segment, places, rows in self.parts():
            found[places] = segment.records[rows]
        records: NDArray[Any] = found.view(record_type()).reshape(-1)
        return records

    def held_terms(
        self, terms: Iterable[str]
    ) -> tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.intp]]:
        """Wherever one of them holds one of the terms: the term's number, the text columns that hold it, the
        place of who holds it.
        """
        asked = np.array(sorted({term_number(term) for term in terms}), np.uint64)
        tails = np.zeros(1 << TAIL_BITS, np.bool_)
        tails[tails_of(asked)] = True
        held, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.intp)]
        for segment, places, rows in self.parts():
            like, whose = segment.ending_in(tails, rows)
            held.append(like)
            owners.append(places[whose])
        packed = np.concatenate(held)
        numbers = packed >> COLUMN_BITS
        are_they = np.isin(numbers, asked)
        columns = (packed[are_they] & _COLUMN_MASK).astype(np.uint8)
        return numbers[are_they], columns, np.concatenate(owners)[are_they]

    def parts(self) -> Iterator[tuple[Segment, NDArray[np.intp], Rows]]:
        """Of each segment those that lie in it: their places here and their rows there."""
        numbers = self._rows // self._room
        for number, segment in self._segments.items():
            places = np.flatnonzero(numbers == number)
            if len(places):
                yield segment, places, self._rows[places] - number * self._room


class Table:
    """Keeps up to ``room`` documents with so many ``terms`` in all, and whatever was added last."""

    def __init__(self, room: int, terms: int) -> None:
        self._room, self._terms = max(room // _SEGMENTS, 1), max(terms // _SEGMENTS, 1)
        self._segments: Mapping[int, Segment] = {}
        self._rows = RowsByKey()  # segment n has those from n times its room on
        self._newest = -1
        self._now = 0  # how often documents were looked for so far
        self._lock = Lock()

    def find(self, keys: Collection[int]) -> Held:
        """The documents of these keys; notes that they were used."""
        segments = self._segments
        rows = self._rows.of(np.fromiter(keys, np.int64, len(keys)))
        # Another thread may have begun a segment, or dropped one, meanwhile.
        first, last = min(segments, default=0), max(segments, default=NO_ROW)
        rows[(rows < first * self._room) | (rows >= (last + 1) * self._room)] = NO_ROW
        held = Held(segments, self._room, rows)
        self._now += 1
        for segment, _places, own in held.parts():
            segment.used[own] = self._now
        return held

    def add(self, slips: Mapping[int, Slip]) -> None:
        """Keep documents by their keys, without those that are there."""
        if not slips:
            return
        with self._lock:
            batch = self._new(slips)
            while not self._has_room(batch):
                self._drop(next(iter(self._segments)))
                batch = self._new(slips)
            self._add(batch)

    def _has_room(self, batch: Batch) -> bool:
        return len(self._segments) < _SEGMENTS or self._segments[self._newest].fits(batch)

    def _new(self, slips: Mapping[int, Slip]) -> Batch:
        rows = self._rows.of(np.fromiter(slips, np.int64, len(slips)))
        return batch_of(dict(compress(slips.items(), rows == NO_ROW)))

    def _add(self, batch: Batch) -> None:
        first = 0
        while first < len(batch.keys):
            last = self._fill(batch, first)
            if last == first:
                longest = int(np.diff(batch.ends, prepend=0).max())
                self._newest += 1
                segment = Segment(self._room, max(self._terms, longest))
                self._segments = {**self._segments, self._newest: segment}
            first = last

    def _fill(self, batch: Batch, first: int) -> int:
        """Put documents from place ``first`` on where there is room; gives the place after them."""
        segment = self._segments.get(self._newest)
        if segment is None:
            return first
        row = self._newest * self._room + segment.size
        last = segment.add(batch, first, self._now)
        self._rows.add(batch.keys[first:last], row)
        return last

    def _drop(self, number: int) -> None:
        """Leave the oldest segment out but for the half that was used last, which is as new."""
        half = self._segments[number].newer_half()  # first: who looks meanwhile finds it for longer
        self._segments = {each: held for each, held in self._segments.items() if each != number}
        self._rows.remove_before((number + 1) * self._room)
        self._add(half)
