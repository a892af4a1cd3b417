"""Which documents hold a term, and in which text columns, as arrays that are kept between questions."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.search.engine.cache import ByteCache
from service.search.engine.fts5.table import Table
from service.search.index.fields import TEXT_COLUMNS

BYTES_A_DOCUMENT = 200  # of five bytes a posting: the words of some 10,000 questions
LEAST_BYTES, MOST_BYTES = 4_000_000, 64_000_000
_COST = 700  # bytes that an entry takes besides its postings
_BITS = tuple(1 << place for place in range(len(TEXT_COLUMNS)))
# One text per column comes back instead of a row per document: a third of the time that sqlite3 takes to make
# rows; and one statement for all columns a quarter less than one for each and for all together.
_KEYS = "(SELECT group_concat(rowid) FROM words WHERE words MATCH ? AND rowid >= ?)"
_ASK = "SELECT " + ", ".join([_KEYS] * len(TEXT_COLUMNS))


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
        self._kept: ByteCache[_Kept] = ByteCache(LEAST_BYTES)

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
            self._kept.limit = min(max(BYTES_A_DOCUMENT * table.documents, LEAST_BYTES), MOST_BYTES)
            self._kept.put(name, kept, _COST + postings.keys.nbytes + postings.held_in.nbytes)
        return kept.postings


_NONE = Postings(np.zeros(0, np.uint32), np.zeros(0, np.uint8))


def _read(connection: sqlite3.Connection, term: str, first: int) -> Postings:
    quoted = '"' + term.replace('"', '""') + '"'
    asked = [each for name in TEXT_COLUMNS for each in (f"{name} : {quoted}", first)]
    told = connection.execute(_ASK, asked).fetchone()
    held = [
        (bit, np.fromstring(text, np.uint32, sep=",")) for bit, text in zip(_BITS, told, strict=True) if text
    ]
    if not held:
        return _NONE
    keys = held[0][1] if len(held) == 1 else np.unique(np.concatenate([each for _bit, each in held]))
    held_in = np.zeros(len(keys), np.uint8)
    for bit, each in held:
        held_in[np.searchsorted(keys, each)] |= bit
    return Postings(keys, held_in)


def _joined(before: Postings, after: Postings) -> Postings:
    if not len(after.keys):
        return before
    return Postings(np.append(before.keys, after.keys), np.append(before.held_in, after.held_in))
