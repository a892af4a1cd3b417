"""Sending documents to an index in batches, a few of them on their way at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from meilisearch.models.task import TaskInfo

from service.search.engine.meilisearch.filters import any_of
from service.search.engine.meilisearch.server import Server

BATCH_BYTES = 16_000_000
"""Some 2,000 listings; the server takes requests of up to 100 MB."""

ON_THEIR_WAY = 8
"""Batches that wait on the server's disk: it makes one step of those that wait, which is quicker."""

BATCH_S = 900.0
"""So long a batch may wait: the server is at one of eight times its size before it."""


class Feed:
    """Feeds the index ``uid``; each task is waited for at most ``limit_s`` seconds."""

    def __init__(self, server: Server, uid: str, limit_s: float = BATCH_S) -> None:
        self._server = server
        self._index = server.client.index(uid)
        self._limit_s = limit_s
        self._lines: list[bytes] = []
        self._bytes = 0
        self._tasks: deque[TaskInfo] = deque()

    def settings(self, settings: Mapping[str, Any]) -> None:
        """Set all settings, before any document comes."""
        with self._server.errors():
            self._tasks.append(self._index.update_settings(dict(settings)))

    def remove(self, ids: Sequence[str]) -> None:
        """Take documents out; those that are not there are passed over."""
        self._send()
        with self._server.errors():
            self._tasks.append(self._index.delete_documents(filter=any_of("id", ids)))

    def put(self, documents: Iterable[Mapping[str, Any]]) -> None:
        """Bring documents in, each in place of the one of its id. Documents given together may be parted."""
        for document in documents:
            line = orjson.dumps(document)
            if self._bytes + len(line) > BATCH_BYTES:
                self._send()
            self._lines.append(line)
            self._bytes += len(line)

    def finish(self) -> None:
        """Send what is left, once all before it is done, and wait for it too. Raises as `Server.finish`.

        So what was put last is never there where something before it failed.
        """
        self._wait(0)
        self._send()
        self._wait(0)

    def _wait(self, most: int) -> None:
        """Wait until at most so many are on their way."""
        while len(self._tasks) > most:
            self._server.finish(self._tasks.popleft(), self._limit_s)

    def _send(self) -> None:
        if not self._lines:
            return
        body = b"\n".join(self._lines)
        self._lines.clear()
        self._bytes = 0
        self._wait(ON_THEIR_WAY - 1)
        with self._server.errors():
            self._tasks.append(self._index.add_documents_ndjson(body))
