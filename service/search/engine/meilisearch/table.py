"""The documents that a process keeps, in a few segments: the oldest goes where there is no more room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.meilisearch.records import Slip, record_type, term_number
from service.search.engine.meilisearch.segment import Batch, Rows, Segment, Sought, batch_of

NO_ROW = -1
_SEGMENTS = 8


class Held:
    """Some documents in an order, `NO_ROW` for each that is not there; they stay what they are."""

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
        sought = Sought({term_number(term) for term in terms})
        numbers, columns, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint8)], [np.zeros(0, np.intp)]
        for segment, places, rows in self.parts():
            which, where, whose = segment.held_terms(rows, sought)
            numbers.append(which)
            columns.append(where)
            owners.append(places[whose])
        return np.concatenate(numbers), np.concatenate(columns), np.concatenate(owners)

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
        self._rows: dict[int, int] = {}  # by key, each behind those of the segments before
        self._newest, self._now = -1, 0
        self._lock = Lock()

    def __contains__(self, key: int) -> bool:
        return key in self._rows

    def find(self, keys: Iterable[int]) -> Held:
        """The documents of these keys; notes that they were used."""
        segments, row_of = self._segments, self._rows.get
        rows = np.array([row_of(key, NO_ROW) for key in keys], np.int64)
        # Another thread may have begun a segment, or dropped one, meanwhile.
        rows[~np.isin(rows // self._room, list(segments))] = NO_ROW
        held = Held(segments, self._room, rows)
        self._now += 1
        for segment, _places, own in held.parts():
            segment.used[own] = self._now
        return held

    def add(self, slips: Mapping[int, Slip]) -> None:
        """Keep documents by their keys, without those that are there."""
        with self._lock:
            batch = self._new(slips)
            newest = self._segments.get(self._newest)
            if newest is None or not newest.fits(batch):
                while len(self._segments) >= _SEGMENTS:
                    self._drop(next(iter(self._segments)))
                batch = self._new(slips)
            self._add(batch)

    def _new(self, slips: Mapping[int, Slip]) -> Batch:
        return batch_of({key: slip for key, slip in slips.items() if key not in self._rows})

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
        self._rows.update(zip(batch.keys[first:last].tolist(), range(row, row + last - first), strict=True))
        return last

    def _drop(self, number: int) -> None:
        """Leave a segment out but for the half that was used last, which is as new."""
        segment = self._segments[number]
        self._segments = {each: held for each, held in self._segments.items() if each != number}
        for key in segment.keys[: segment.size].tolist():
            del self._rows[key]
        self._add(segment.newer_half())
