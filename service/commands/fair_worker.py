"""A web process that leaves new connections to one with fewer, and memory it needs no more to others."""

from __future__ import annotations

import mmap
import socket
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from service.commands.memory import give_back

STEP_S = 0.0005
"""What a process waits for one with fewer connections: if idle, that takes a new one in a tenth of this."""

MOST_STEPS = 12
"""After so many the other is taken to be too busy, or gone."""

TIDY_S = 60
"""How often a process gives back memory: what an older state of the index took lies between what it keeps."""

_PLACES = 256  # processes that live at once, and those that stopped without anybody noticing
_GONE = -1
_HELD = memoryview(mmap.mmap(-1, 8 * _PLACES)).cast("q")
"""How many connections each process has, in memory that a fork shares; each writes in its own place only."""

for _place in range(_PLACES):
    _HELD[_place] = _GONE


class FairWorker(ThreadWorker):  # type: ignore[misc]
    """Threads as in gunicorn; connections are shared out, and memory is given back.

    Every process hears of a new connection and the first to take it keeps it, often for many requests: of
    four clients that come together one process could get all.
    """

    def __init__(self, age: int, *others: Any, **named: Any) -> None:  # noqa: ANN401 - gunicorn's own
        self._place = age % _PLACES
        self._tidied_at = time.monotonic()
        super().__init__(age, *others, **named)

    @property
    def nr_conns(self) -> int:
        """Connections that this process has; gunicorn counts them here."""
        return _HELD[self._place]

    @nr_conns.setter
    def nr_conns(self, held: int) -> None:
        _HELD[self._place] = held

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, if no process with fewer takes it in the meantime."""
        for _step in range(MOST_STEPS):
            if not self._is_less_elsewhere():
                break
            time.sleep(STEP_S)
        super().accept(listener)

    def _is_less_elsewhere(self) -> bool:
        return any(_GONE < held < self.nr_conns for held in _HELD)

    def notify(self) -> None:
        """Tell the first process that this one lives, as gunicorn asks each second; once a minute tidy up."""
        super().notify()
        now = time.monotonic()
        if now - self._tidied_at >= TIDY_S:
            self._tidied_at = now
            give_back()

    def leave(self) -> None:
        """To be called of a process that has ended: nobody waits for it any more."""
        _HELD[self._place] = _GONE


def forget_connections(_server: object, worker: FairWorker) -> None:
    """What gunicorn is to call when a web process has ended."""
    worker.leave()
