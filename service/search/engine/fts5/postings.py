"""Which documents hold a term, and in which text columns, as arrays that are kept between questions."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.search.engine.cache import ByteCache
from service.search.engine.fts5.table import Table
from service.search.index.fields import TEXT_COLUMNS

CACHE_BYTES = 64_000_000  # 13 million postings of five bytes: all of 100,000 documents
_COST = 300  # bytes that an entry takes besides its postings
_BITS = tuple((name, 1 << place) for place, name in enumerate(TEXT_COLUMNS))
# One text comes back instead of a row per document: a third of the time that sqlite3 takes to make rows.
_KEYS = "SELECT group_concat(rowid) FROM words WHERE words MATCH ? AND rowid >= ?"


@dataclass(frozen=True, slots=True)
class Postings:
    """The row keys that hold a term, ascending, and per key the text columns (bit i: column i)."""

    keys: NDArray[np.uint32]
    held_in: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Postings of the rows below ``size``, complete for the state ``version`` and later ones."""

    version: int
    size: int
    postings: Postings


class PostingLists:
    """The postings of terms of one index, read once and then only added to."""

    def __init__(self) -> None:
        self._kept: ByteCache[_Kept] = ByteCache(CACHE_BYTES)

    def of(self, connection: sqlite3.Connection, table: Table, term: str) -> Postings:
        """The postings of a term in the rows of ``table``, whose state ``connection`` reads.

        Dead rows may be among them.
        """
        name = (table.generation, term)
        kept = self._kept.get(name)
        if kept is not None and kept.version > table.version:
            # Read by a thread that is ahead: what went since this state is no longer in it.
            return _read(connection, term, 0)
        if kept is None or kept.size < table.size:
            before = kept or _Kept(0, 0, _NONE)
            postings = _joined(before.postings, _read(connection, term, before.size))
            kept = _Kept(table.version, table.size, postings)
            self._kept.put(name, kept, _COST + postings.keys.nbytes + postings.held_in.nbytes)
        return kept.postings


_NONE = Postings(np.zeros(0, np.uint32), np.zeros(0, np.uint8))


def _read(connection: sqlite3.Connection, term: str, first: int) -> Postings:
    quoted = '"' + term.replace('"', '""') + '"'
    everywhere = _ask(connection, quoted, first)
    if not len(everywhere):
        return _NONE
    held_in = np.zeros(len(everywhere), np.uint8)
    for name, bit in _BITS:
        keys = _ask(connection, f"{name} : {quoted}", first)
        held_in[np.searchsorted(everywhere, keys)] |= bit
    return Postings(everywhere, held_in)


def _ask(connection: sqlite3.Connection, match: str, first: int) -> NDArray[np.uint32]:
    text: str | None = connection.execute(_KEYS, (match, first)).fetchone()[0]
    return np.fromstring(text, np.uint32, sep=",") if text else np.zeros(0, np.uint32)


def _joined(before: Postings, after: Postings) -> Postings:
    if not len(after.keys):
        return before
    return Postings(np.append(before.keys, after.keys), np.append(before.held_in, after.held_in))
