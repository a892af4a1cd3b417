"""Counting what people look for in the memory of a web process, and writing it down now and then."""

from __future__ import annotations

import atexit
from collections import Counter
from collections.abc import Iterable
from datetime import date
from threading import Event, Lock, Thread

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from service.catalogue.demand import add_demand
from service.database.session import writing
from service.errors import NabijError
from service.model.demand import Tally

EVERY_S = 30.0
"""Seconds between two times of writing: the most that a process that is killed takes with it."""

MOST_KEPT = 20_000
"""Different counts that wait while the database is away, some 4 MB; more is not counted."""


class DemandCounter:
    """The counts of one web process.

    It keeps nothing but codes and numbers. A thread of its own writes them every `EVERY_S` seconds in one
    short transaction, and what is left at the end of the process; while the database is away they wait.
    """

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._lock = Lock()
        self._turn = Lock()  # held while counts are neither in the memory nor in the database
        self._waiting: Counter[tuple[date, Tally]] = Counter()
        self._end = Event()
        self._writer: Thread | None = None

    def count(self, tallies: Iterable[Tally], day: date) -> None:
        """Add one to each; in the process that answers, so that the thread begins after a fork."""
        with self._lock:
            waiting = self._waiting
            for tally in tallies:
                key = (day, tally)
                if key in waiting or len(waiting) < MOST_KEPT:
                    waiting[key] += 1
            if waiting and self._writer is None:
                self._writer = Thread(target=self._keep_writing, name="demand", daemon=True)
                self._writer.start()
                atexit.register(self.close)

    def flush(self) -> bool:
        """Write down what waits; False where the database is away or busy, and it goes on waiting.

        What another thread is writing down is there too when this returns.
        """
        with self._turn:
            with self._lock:
                taken, self._waiting = self._waiting, Counter()
            return not taken or self._written(taken)

    def _written(self, taken: Counter[tuple[date, Tally]]) -> bool:
        try:
            with writing(self._database) as connection:
                add_demand(connection, taken)
        except (NabijError, SQLAlchemyError):
            with self._lock:
                self._waiting.update(taken)
                self._drop_the_most()
            return False
        return True

    def close(self) -> None:
        """Write down what is left; nothing is written by itself any more."""
        self._end.set()
        self.flush()

    def _drop_the_most(self) -> None:
        """Where too much waits, the days longest ago go first."""
        for key in sorted(self._waiting)[: max(0, len(self._waiting) - MOST_KEPT)]:
            del self._waiting[key]

    def _keep_writing(self) -> None:
        while not self._end.wait(EVERY_S):
            self.flush()
