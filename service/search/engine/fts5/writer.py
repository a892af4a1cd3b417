"""Filling an FTS5 index: a whole new one beside the one in use, or changes brought into it."""

from __future__ import annotations

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from service.errors import Busy
from service.search.engine.base import Document
from service.search.engine.fts5 import rows
from service.search.engine.fts5.store import (
    FORM,
    Store,
    create,
    finish,
    open_for_writing,
    read_meta,
    storage_errors,
    write_meta,
)
from service.search.index.fields import fingerprint


def _now() -> datetime:
    return datetime.now(UTC)


class Fts5Writer:
    """Writes the index in ``folder``; ``now`` is asked when an index is built."""

    by_place = False  # rows stand in the order of ids, which decides among equals

    def __init__(self, folder: Path, now: Callable[[], datetime] = _now) -> None:
        self._store = Store(folder)
        self._now = now

    def build(self, documents: Iterable[Document], position: int) -> int:
        """Make a new index from all documents and switch to it; gives how many.

        Until the pointer is replaced the old index stays in use, whatever happens. Raises Busy when another
        build runs and StorageError when the folder cannot be written or is full.
        """
        store = self._store
        with storage_errors(store.folder):
            store.folder.mkdir(parents=True, exist_ok=True)
            with self._alone():
                in_use = store.pointer.read_text().strip() if store.pointer.exists() else None
                _delete(store.others(in_use))
                generation = f"{self._now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
                path = store.path(generation)
                try:
                    count = self._fill(path, documents, position, generation)
                    _switch(store, generation)
                except BaseException:
                    _delete(store.folder.glob(f"{path.name}*"))
                    raise
                # Who has the old files open goes on reading them until the next question.
                _delete(store.others(generation))
        return count

    def update(
        self, changed: Sequence[Document], removed: Sequence[UUID], position: int, after: int = 0
    ) -> bool:
        """Bring documents in and out of the index in use, in one transaction with the outbox position.

        Gives whether that was done: not where the index is beyond ``position`` or not yet at ``after``.
        Raises IndexNotReady where there is no index, Busy when another process writes for long, StorageError
        when the disk refuses.
        """
        generation = self._store.generation()
        self._store.open(generation).close()
        with storage_errors(self._store.folder):
            connection = open_for_writing(self._store.path(generation))
            try:
                connection.execute("BEGIN IMMEDIATE")
                meta = read_meta(connection)
                is_next = after <= int(meta["position"]) <= position
                if is_next:
                    documents = int(meta["documents"]) + _apply(connection, changed, removed)
                    changes = int(meta["changes"]) + 1
                    write_meta(connection, position=position, documents=documents, changes=changes)
                connection.execute("COMMIT")
                return is_next
            finally:
                connection.close()

    def _fill(self, path: Path, documents: Iterable[Document], position: int, generation: str) -> int:
        connection = create(path)
        try:
            connection.execute("BEGIN")
            count, terms = rows.add(connection, documents, rows.open_packer(connection), 1)
            rows.count_terms(connection, terms)
            write_meta(
                connection,
                form=FORM,
                fingerprint=fingerprint(),
                generation=generation,
                position=position,
                documents=count,
                changes=0,
                built_at=self._now().isoformat(timespec="seconds"),
            )
            connection.execute("COMMIT")
            finish(connection)
        finally:
            connection.close()
        with path.open("rb") as file:
            os.fsync(file.fileno())
        return count

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One build at a time; the lock is the kernel's, so that it ends with the process."""
        with (self._store.folder / "search.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(
                    f"Another process is building the search index in {self._store.folder}; wait for it."
                ) from None
            yield


def _apply(connection: sqlite3.Connection, changed: Sequence[Document], removed: Sequence[UUID]) -> int:
    """Gives by how many documents the index grew."""
    latest = {document.id: document for document in changed}
    went, counts = rows.remove(connection, dict.fromkeys([*removed, *latest]))
    for each in removed:
        latest.pop(each, None)
    came, more = rows.add(
        connection, latest.values(), rows.open_packer(connection), rows.next_key(connection)
    )
    more.subtract(counts)
    rows.count_terms(connection, more)
    return came - went


def _switch(store: Store, generation: str) -> None:
    """Point to the new generation in one step, and only once everything is on the disk."""
    draft = store.pointer.with_suffix(".draft")
    with draft.open("w", encoding="ascii") as file:
        file.write(generation)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(store.pointer)
    folder = os.open(store.folder, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _delete(paths: Iterable[Path]) -> None:
    for path in list(paths):
        path.unlink(missing_ok=True)
