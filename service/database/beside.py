"""Writing many rows in a thread beside, so that the next rows are made while a server takes those before."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Connection

_BESIDE = "nabij.beside"  # in the notes that a connection carries
MOST_WAITING = 40
"""Pieces of work, each some hundreds of rows of one table; more would only take memory."""

_TURN_S = 0.0005
"""How long one thread computes before the other may: the usual 5 ms, at each answer of the server, would cost
what is won."""

Work = Callable[[], None]


class _Beside:
    """One thread that does pieces of work in their order, and none after one that failed."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "rows")
        self._waiting: deque[Future[None]] = deque()
        self._has_failed = False

    def put(self, work: Work) -> None:
        self._waiting.append(self._thread.submit(self._do, work))
        if len(self._waiting) > MOST_WAITING:
            self._waiting.popleft().result()

    def wait(self) -> None:
        while self._waiting:
            self._waiting.popleft().result()

    def stop(self) -> None:
        self._thread.shutdown(cancel_futures=True)

    def _do(self, work: Work) -> None:
        if self._has_failed:
            return
        try:
            work()
        except BaseException:
            self._has_failed = True
            raise


@contextmanager
def beside(connection: Connection) -> Iterator[None]:
    """Let rows be written beside for the block, on PostgreSQL; elsewhere it changes nothing.

    Every other statement of the connection waits for what was put before it, and so does the end of the
    block: nothing is read or committed that is not written. Raises there what writing raised.
    """
    notes = connection.info  # of a connection that breaks they cannot be had any more
    if connection.dialect.name != "postgresql" or _BESIDE in notes:
        yield
        return
    turn = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    thread = notes[_BESIDE] = _Beside()
    try:
        yield
        thread.wait()
    finally:
        del notes[_BESIDE]
        thread.stop()
        sys.setswitchinterval(turn)


def do_beside(connection: Connection, work: Work) -> None:
    """Do a piece of work on the connection: beside where that is allowed, now elsewhere."""
    thread: _Beside | None = connection.info.get(_BESIDE)
    if thread is None:
        work()
    else:
        thread.put(work)


def wait_before(connection: Connection, *_statement: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
    """To be called before each statement of a connection."""
    thread: _Beside | None = connection.info.get(_BESIDE)
    if thread is not None:
        thread.wait()
