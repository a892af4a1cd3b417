"""Leaving an engine alone for a while that takes long to fail, so that nobody waits for it in vain."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from service.errors import IndexNotReady

SLOW_S = 0.25
"""An index that is not there and a port that refuses fail in a millisecond and may be asked each time."""

PAUSE_S = 5.0
"""How long nobody asks after a slow failure; then one question finds out."""


class Pause:
    """Remembers until when an engine is left alone; safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._until = 0.0

    @contextmanager
    def watch(self) -> Iterator[None]:
        """A question to the engine. Raises IndexNotReady without asking while it is left alone."""
        begin = self._begin()
        try:
            yield
        except IndexNotReady:
            if self._clock() - begin > SLOW_S:
                self._until = self._clock() + PAUSE_S
            raise
        self._until = 0.0

    def _begin(self) -> float:
        with self._lock:
            now = self._clock()
            if now < self._until:
                raise IndexNotReady("The search engine did not answer; it is asked again in a few seconds.")
            if self._until:
                self._until = now + PAUSE_S  # while this question finds out, no other waits too
        return now
