"""Counts what was left out of records that landed, by file, column and reason, and writes all of it down."""

from __future__ import annotations

from collections.abc import Iterator

from importers.entry import Note
from importers.rejects import Reject, RejectLog

MAX_KINDS = 1_000  # kinds that are counted apart; a feed with more has one trouble, not a thousand


class Issues:
    """Notes of an import; ``log`` takes each of them, as a file for the coordinator to look through."""

    def __init__(self, log: RejectLog) -> None:
        self.log = log
        self._kinds: dict[tuple[str, str, str], tuple[int, Note]] = {}

    def add(self, note: Note) -> None:
        """Keep one more."""
        if note.row:
            self.log.add([Reject(note.file, note.row, note.column, note.value, note.reason, note.suggestion)])
        kind = (note.file, note.column, note.reason)
        count, first = self._kinds.get(kind, (0, note))
        if count or len(self._kinds) < MAX_KINDS:
            self._kinds[kind] = (count + 1, first)

    def lines(self) -> Iterator[str]:
        """One line for each kind, the most frequent first."""
        for count, note in sorted(self._kinds.values(), key=lambda kind: -kind[0]):
            where = note.file + (f", {note.column}" if note.column else "")
            value = f" {note.value!r}" if note.value else ""
            times = f" ({count} times, first in row {note.row})" if count > 1 else f" (row {note.row})"
            yield f"{where}:{value} {note.reason}{times if note.row else ''}"
