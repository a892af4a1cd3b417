"""The facts of all documents in memory, as columns that are indexed by the row keys of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.search.engine.cache import ByteCache
from service.search.engine.fts5.facts import record_type
from service.search.engine.fts5.placed import NOTHING_PLACED, Placed, placed
from service.search.engine.fts5.selection import Selection
from service.search.index.fields import COLUMNS, places

Flags = NDArray[np.bool_]
Columns = Mapping[str, NDArray[Any]]

SPARE_ROWS = 4096  # room for changes before the columns are copied into larger ones
MASK_BYTES_A_DOCUMENT = 40
"""For what passes conditions, a bit per document and condition: some 300 conditions."""
SELECTION_BYTES_A_DOCUMENT, MOST_SELECTION_BYTES = 200, 80_000_000
"""For selections, of most needs; at a million listings of some seventy."""
LEAST_BYTES = 1_000_000
_NO_FLAGS = np.zeros(1, np.bool_)


@dataclass(frozen=True, slots=True)
class Table:
    """One state of the index: ``generation`` as it was built, changed ``version`` times since.

    Later states share its arrays and only add rows behind ``size``.
    Row keys are never used again: a changed document gets a new one and its old row is no longer ``alive``.
    ``everything`` selects all that are. ``columns`` has the fact columns up to ``size``, ``spacious`` the
    same with room behind; besides ``point`` as ``lat`` and ``lon`` in single precision (good to half a
    metre), ``newest`` (the day of the last word on a listing, 0 for none), and ``record``, all facts of a
    document side by side: to look up a few documents in thirty columns is to wait for memory thirty times.
    ``texts`` are the interned texts by number, lists that all states of a generation share and that only
    grow, read up to row ``read`` of theirs; ``members`` are the interned sets as (number, place in the
    vocabulary) flags and ``bits`` as unsigned integers.
    """

    generation: str
    version: int = 0
    size: int = 1
    gone: int = 0
    read: int = 0
    documents: int = 0
    alive: Flags = field(default_factory=lambda: _NO_FLAGS)
    everything: Selection = field(default_factory=lambda: Selection(_NO_FLAGS, np.zeros(0, np.int64)))
    columns: Columns = field(default_factory=dict)
    spacious: Columns = field(default_factory=dict)
    texts: Mapping[str, list[str]] = field(default_factory=dict)
    members: Mapping[str, Flags] = field(default_factory=dict)
    bits: Mapping[str, NDArray[np.uint64]] = field(default_factory=dict)
    placed: Placed = NOTHING_PLACED
    masks: ByteCache[NDArray[np.uint8]] = field(default_factory=lambda: ByteCache(LEAST_BYTES))
    selections: ByteCache[Selection] = field(default_factory=lambda: ByteCache(LEAST_BYTES))


def read_table(
    connection: sqlite3.Connection, generation: str, version: int, before: Table | None = None
) -> Table:
    """The state that ``connection`` sees in its transaction; with ``before`` only changes are read."""
    if before is None or before.generation != generation:
        before = Table(generation)
    batches = connection.execute(
        "SELECT first_key, facts FROM fact WHERE first_key >= ? ORDER BY first_key", (before.size,)
    ).fetchall()
    came = [(first, np.frombuffer(facts, record_type())) for first, facts in batches]
    went = connection.execute("SELECT number, key FROM gone WHERE number > ?", (before.gone,)).fetchall()
    newer = "SELECT rowid, column_name, number, text FROM interned WHERE rowid > ? ORDER BY rowid"
    interned = connection.execute(newer, (before.read,)).fetchall()
    size = came[-1][0] + len(came[-1][1]) if came else before.size
    spacious = _grown(before, size)
    alive = np.zeros(size, np.bool_)
    alive[: before.size] = before.alive
    for first, records in came:
        rows = slice(first, first + len(records))
        alive[rows] = True
        _fill(spacious, rows, records)
    alive[[key for _number, key in went if key < size]] = False
    texts = before.texts or {c.name: [""] for c in COLUMNS.values() if c.kind in ("set", "open_code")}
    for _row, column, number, text in interned:
        if number == len(texts[column]):  # else a reading that failed in its midst put it there
            texts[column].append(text)
    members = {name: _members(name, texts[name], before) for name, c in COLUMNS.items() if c.kind == "set"}
    everything = Selection(alive, np.flatnonzero(alive))
    selection_bytes = min(SELECTION_BYTES_A_DOCUMENT * size, MOST_SELECTION_BYTES)
    return Table(
        generation,
        version,
        size,
        went[-1][0] if went else before.gone,
        interned[-1][0] if interned else before.read,
        len(everything.rows),
        alive,
        everything,
        {name: values[:size] for name, values in spacious.items()},
        spacious,
        texts,
        members,
        {name: _bits(name, flags, before) for name, flags in members.items()},
        placed(spacious, alive),
        ByteCache(max(MASK_BYTES_A_DOCUMENT * size, LEAST_BYTES)),
        ByteCache(max(selection_bytes, LEAST_BYTES)),
    )


def _grown(before: Table, size: int) -> Columns:
    """Columns with room for ``size`` rows: those of before where they have it, larger copies otherwise."""
    if before.spacious and len(before.spacious["length"]) >= size:
        return before.spacious
    room = size + SPARE_ROWS
    kinds = record_type()
    columns = {name: np.zeros((room, *kinds[name].shape), kinds[name].base) for name in kinds.names or ()}
    columns |= {name: np.zeros(room, np.float32) for name in ("lat", "lon", "newest")}
    columns["record"] = np.zeros(room, np.dtype(kinds.descr, align=True))  # numbers at their own borders
    for name, values in before.columns.items():
        columns[name][: before.size] = values
    return columns


def _fill(columns: Columns, rows: slice, records: NDArray[Any]) -> None:
    """A batch after another: the fields of some records lie close together in the processor's memory."""
    for name in record_type().names or ():
        columns[name][rows] = records[name]
    columns["record"][rows] = records
    columns["lat"][rows] = records["point"][:, 0]
    columns["lon"][rows] = records["point"][:, 1]
    columns["newest"][rows] = np.nan_to_num(np.fmax(records["said_on"], records["checked_on"]))


def _members(column: str, texts: Sequence[str], before: Table) -> Flags:
    """Those of the states before, and behind them those of the texts that came."""
    place_of = places(column)
    known = before.members.get(column, np.zeros((0, len(place_of)), np.bool_))
    if len(known) == len(texts):
        return known
    flags = np.zeros((len(texts) - len(known), len(place_of)), np.bool_)
    for row, text in enumerate(texts[len(known) :]):
        flags[row, [place_of[code] for code in text.split()]] = True
    return np.concatenate([known, flags])


def _bits(column: str, flags: Flags, before: Table) -> NDArray[np.uint64]:
    """Flags as rows of 64-bit words, bit i of a row for flag i."""
    known = before.bits.get(column)
    if known is not None and len(known) == len(flags):
        return known
    words = -(-flags.shape[1] // 64)
    padded = np.zeros((len(flags), words * 64), np.bool_)
    padded[:, : flags.shape[1]] = flags
    packed: NDArray[np.uint64] = np.packbits(padded, axis=1, bitorder="little").view("<u8")
    return packed
