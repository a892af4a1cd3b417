"""Filling an index on a Meilisearch server: a whole new one beside the one in use, or changes brought in."""

from __future__ import annotations

import hashlib
import secrets
import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from service.errors import IndexNotReady, NabijError
from service.home import hold
from service.search.engine.base import Document
from service.search.engine.meilisearch.documents import open_texts, stored
from service.search.engine.meilisearch.feed import Feed
from service.search.engine.meilisearch.server import Server
from service.search.engine.meilisearch.settings import index_settings
from service.search.engine.meilisearch.state import built_document, look, position_document
from service.search.engine.meilisearch.wire import Wire

CHANGE_S = 60.0
"""A batch of changes takes well under a second; behind a long task of somebody else it waits."""

SWITCH_S = 120.0
_FORGOTTEN = timedelta(days=1)  # an index half built on another machine that nobody touched for so long


def _now() -> datetime:
    return datetime.now(UTC)


class MeilisearchWriter:
    """Writes the index called ``index``; ``home`` tells builds of this data folder from those of others.

    ``now`` is asked when an index is built.
    """

    by_place = True
    """The server numbers documents as they come: those of a place are then counted in runs of numbers, and
    read from the same pages."""

    def __init__(
        self, server: Server, wire: Wire, index: str, home: Path, now: Callable[[], datetime] = _now
    ) -> None:
        self._server, self._wire, self._index, self._home, self._now = server, wire, index, home, now
        own = f"{socket.gethostname()}:{home.resolve()}"
        self._beside = f"{index}-build-"
        self._ours = f"{self._beside}{hashlib.sha256(own.encode()).hexdigest()[:8]}-"

    def build(self, documents: Iterable[Document], position: int) -> int:
        """Make a new index from all documents and switch to it; gives how many.

        Until the two are swapped the old index stays in use, whatever happens. Raises Busy when another
        build runs in this data folder or the server is very slow, and as `Server`.
        """
        self._server.check_version()
        self._home.mkdir(parents=True, exist_ok=True)
        busy = f"Another process is building the search index ({{note}}) from {self._home}; wait for it."
        with hold(self._home / "search.lock", busy):
            self._clear()
            generation = f"{self._now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
            beside = f"{self._ours}{generation}"
            try:
                count = self._fill(beside, documents, position, generation)
                self._switch(beside)
            except BaseException:
                with suppress(NabijError):
                    self._server.delete(beside)
                raise
        return count

    def update(
        self, changed: Sequence[Document], removed: Sequence[UUID], position: int, after: int = 0
    ) -> bool:
        """Bring documents in and out of the index in use, and the outbox position with them.

        Gives whether that was done: not where the index is beyond ``position`` or not yet at ``after``. What
        goes, goes before what comes, and the position comes last, in one step with that: after a kill in
        between, the changes are taken again, which gives the same index. Raises IndexNotReady where there is
        none, and as `Server`.
        """
        self._server.check_version()
        state = look(self._wire, self._index)
        if not after <= state.position <= position:
            return False
        gone = {str(each) for each in removed}
        latest = {document.id: document for document in changed if str(document.id) not in gone}
        told = [
            *map(stored, latest.values()),
            *open_texts(latest.values(), position),
            position_document(state.generation, position, secrets.token_hex(4)),
        ]
        feed = Feed(self._server, self._index, CHANGE_S)
        if gone:
            feed.remove(sorted(gone))
        feed.put(told)
        feed.finish()
        return True

    def _clear(self) -> None:
        """Delete what earlier builds of this data folder left behind, and what nobody touched for long."""
        for each in self._server.indexes():
            uid, touched = str(each["uid"]), str(each["updatedAt"])
            if not uid.startswith(self._beside):
                continue
            age = datetime.now(UTC) - datetime.fromisoformat(touched)
            if uid.startswith(self._ours) or age > _FORGOTTEN:
                self._server.delete(uid)

    def _fill(self, uid: str, documents: Iterable[Document], position: int, generation: str) -> int:
        self._server.create(uid, SWITCH_S)
        feed = Feed(self._server, uid)
        feed.settings(index_settings())
        texts: dict[str, Mapping[str, Any]] = {}
        count = 0
        for document in documents:
            feed.put([stored(document)])
            texts |= {each["id"]: each for each in open_texts((document,), position)}
            count += 1
        built_at = self._now().isoformat(timespec="seconds")
        feed.put([*texts.values(), built_document(generation, position, built_at)])
        feed.finish()
        held = look(self._wire, uid).documents
        if held != count:
            raise IndexNotReady(
                f"The new index holds {held} listings of {count}; the old one stays. Run this again."
            )
        return count

    def _switch(self, beside: str) -> None:
        """Swap the new index with the one in use in one step; what was in use is deleted then."""
        if all(each["uid"] != self._index for each in self._server.indexes()):
            self._server.create(self._index, SWITCH_S)
        with self._server.errors():
            task = self._server.client.swap_indexes([{"indexes": [self._index, beside]}])
        self._server.finish(task, SWITCH_S)
        self._server.delete(beside)
