"""Questions to a Meilisearch server over a kept connection, and its refusals in clear words."""

from __future__ import annotations

import http.client
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import orjson

from service.errors import BadSetting, IndexNotReady, NabijError, SearchAway, SearchRefused

CONNECT_S = 2.0
READ_S = 5.0
"""Somebody waits for a question that takes milliseconds: a server that takes longer than this is as good as
away, and stops a search itself then (`settings`).
"""

PATIENT_S = 30.0
"""The same for a command that reads the whole index from a server which has just started."""

_LANES = 3  # connections of one question: the two processors of a small server have enough to do
_ASIDE = _LANES  # the number of the connection for what is waited for later

Query = Mapping[str, Any]
Found = dict[str, Any]
_STALE = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class _Kept:
    """A connection of one thread of one process; closed when either has no more use for it."""

    def __init__(self, connection: http.client.HTTPConnection) -> None:
        self.connection = connection
        self._process = os.getpid()

    @property
    def is_ours(self) -> bool:
        """Whether it was opened in this process: after a fork another reads from it."""
        return self._process == os.getpid()

    def __del__(self) -> None:
        if self.is_ours:
            self.connection.close()


class _Own(threading.local):
    """What one thread keeps: its connections by number. They go with the thread."""

    def __init__(self) -> None:
        self.kept: dict[int, _Kept] = {}


class Wire:
    """Asks the server at ``url`` with ``key``; safe to share between threads and after a fork.

    ``is_patient`` is for who asks for nobody that waits.

    The official client opens a connection for every request and reads JSON with the standard module, which
    together take longer than the server does: it does everything but this.
    """

    def __init__(self, url: str, key: str, is_patient: bool = False) -> None:
        self._is_patient = is_patient
        self._own = _Own()
        self.url = url.rstrip("/")
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadSetting(f"NABIJ_SEARCH_URL={url!r} is not an address as http://127.0.0.1:7700.")
        self._kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path
        self._headers = {"Content-Type": "application/json"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"

    def ask(self, index: str, queries: Sequence[Query]) -> list[Found]:
        """The answers to several questions to one index, in their order.

        Raises SearchAway, SearchRefused, and IndexNotReady where there is no such index.
        """
        return self._asked(index, [queries])[0]

    def ask_at_once(self, index: str, queries: Sequence[Query]) -> list[Found]:
        """The answers to several long questions, in their order. Raises as `ask`.

        Of the questions of one request the server answers one after another; so these go over a few
        connections.
        """
        lanes = [queries[lane::_LANES] for lane in range(min(_LANES, len(queries)))]
        answers = self._asked(index, lanes)
        return [answers[place % _LANES][place // _LANES] for place in range(len(queries))]

    def ask_in_turn(self, index: str, queries: Sequence[Query]) -> Iterator[Found]:
        """The answers to many questions, in their order: while one is read the server works on the next.

        Until the last is read the thread asks nothing else. Raises as `ask`.
        """
        bodies = [_body(index, [query]) for query in queries]
        with self._unbroken():
            sent = [self._send(lane, body) for lane, body in enumerate(bodies[:_LANES])]
            for place, body in enumerate(bodies):
                lane = place % _LANES
                (answer,) = self._results(*self._receive(lane, body, sent[lane]))
                if place + _LANES < len(bodies):
                    sent[lane] = self._send(lane, bodies[place + _LANES])
                yield answer

    @contextmanager
    def asking(self, index: str, queries: Sequence[Query]) -> Iterator[Callable[[], list[Found]]]:
        """Ask, and give the block what waits for the answers: the server works on them meanwhile.

        One at a time in a thread. It and what waits raise as `ask`.
        """
        body = _body(index, queries)
        answers: list[list[Found]] = []
        with self._unbroken():
            is_kept = self._send(_ASIDE, body)

        def wait() -> list[Found]:
            if not answers:
                with self._unbroken():
                    answers.append(self._results(*self._receive(_ASIDE, body, is_kept)))
            return answers[0]

        try:
            yield wait
        finally:
            if not answers:  # nobody reads it any more
                self._own.kept.pop(_ASIDE, None)

    def _asked(self, index: str, lanes: Sequence[Sequence[Query]]) -> list[list[Found]]:
        """All are sent before the first answer is read."""
        bodies = [_body(index, queries) for queries in lanes]
        with self._unbroken():
            sent = [self._send(number, body) for number, body in enumerate(bodies)]
            return [
                self._results(*self._receive(number, body, sent[number]))
                for number, body in enumerate(bodies)
            ]

    @contextmanager
    def _unbroken(self) -> Iterator[None]:
        """What breaks off between a question and its answer leaves none behind for the next question."""
        try:
            yield
        except BaseException as error:
            self.close()
            if isinstance(error, (OSError, http.client.HTTPException)):
                raise away(self.url, error) from error
            raise

    def _results(self, status: int, body: bytes) -> list[Found]:
        if status != 200:
            raise refusal(self.url, status, *_told(body))
        results: list[Found] = orjson.loads(body)["results"]
        return results

    def _send(self, number: int, body: bytes) -> bool:
        """Ask; whether over a connection that was kept."""
        connection, is_kept = self._connected(number)
        try:
            connection.request("POST", f"{self._path}/multi-search", body, self._headers)
        except _STALE:
            if not is_kept:
                raise
            self._own.kept.pop(number)
            return self._send(number, body)
        return is_kept

    def _receive(self, number: int, body: bytes, is_kept: bool) -> tuple[int, bytes]:
        connection, _is_kept = self._connected(number)
        try:
            answer = connection.getresponse()
            return answer.status, answer.read()
        except _STALE:
            # The server lets go of a connection that was not used for a few seconds.
            if not is_kept:
                raise
            self._own.kept.pop(number)
            return self._receive(number, body, self._send(number, body))

    def _connected(self, number: int) -> tuple[http.client.HTTPConnection, bool]:
        kept = self._own.kept.get(number)
        # One that the server said it would close would be opened again by itself, with another time limit.
        if kept is not None and kept.is_ours and kept.connection.sock is not None:
            return kept.connection, True
        connection = self._kind(self._host, self._port, timeout=CONNECT_S)
        connection.connect()
        connection.sock.settimeout(PATIENT_S if self._is_patient else READ_S)
        self._own.kept[number] = _Kept(connection)
        return connection, False

    def close(self) -> None:
        """Close the connections of this thread; the next question opens another."""
        self._own.kept.clear()


def _body(index: str, queries: Sequence[Query]) -> bytes:
    return orjson.dumps({"queries": [{"indexUid": index, **query} for query in queries]})


def away(url: str, error: object) -> SearchAway:
    """The error for a server that does not answer."""
    return SearchAway(
        f"The search server {url} does not answer ({error}). It may come back by itself; look whether it runs"
        " and whether NABIJ_SEARCH_URL is right."
    )


def refusal(url: str, status: int, code: str, message: str) -> NabijError:
    """The error for an answer that is none, by its status and what it says."""
    if status in (401, 403):
        return SearchRefused(
            f"The search server {url} refuses the key: {message} NABIJ_SEARCH_KEY must be allowed to search,"
            " NABIJ_SEARCH_ADMIN_KEY to fill the index; `nabij index keys` makes both."
        )
    if code == "index_not_found":
        return IndexNotReady("There is no search index yet; `nabij index build` makes one.")
    if status >= 500 or status == 429:
        return away(url, f"status {status} {message}".strip())
    if code in ("invalid_search_filter", "invalid_search_sort", "invalid_search_facets"):
        return IndexNotReady(
            f"The search index was built for other fields than these ({message}); `nabij index build` makes a"
            " new one."
        )
    return SearchRefused(f"The search server {url} answers with status {status}: {message or 'no reason'}")


def _told(body: bytes) -> tuple[str, str]:
    """The code and the message of an error."""
    try:
        told = orjson.loads(body)
        return str(told.get("code", "")), str(told.get("message", ""))
    except (orjson.JSONDecodeError, AttributeError):
        return "", ""
