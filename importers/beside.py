"""Reads the rows of a long source in processes beside this one, which keeps what they make of them."""

from __future__ import annotations

import os
import signal
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from service.errors import StorageError
from service.parent import end_with_parent

ALONE = 4_000
"""Rows that are read in this process first: most sources have fewer, and others take a while to start."""

AT_ONCE = 250
"""Rows handed over together."""

MOST = 4
"""Processes; what remains for this one (keys, spool) keeps up with no more."""

Item = TypeVar("Item", contravariant=True)
Outcome = TypeVar("Outcome", covariant=True)


class OneReader(Protocol[Item, Outcome]):
    """Reads one row or record by itself, can be sent to another process, and counts what it changed."""

    changes: Counter[str]

    def read(self, item: Item) -> Outcome:
        """What the row or record makes."""
        ...


def read_beside(reader: OneReader[Item, Outcome], items: Iterator[Item]) -> Iterator[Outcome]:
    """What each of the items makes, in their order; ``reader.changes`` counts what all processes changed.

    Raises StorageError where a process beside this one was ended from outside.
    """
    yield from map(reader.read, islice(items, ALONE))
    processes = min(MOST, _cores())
    first = list(islice(items, AT_ONCE)) if processes > 1 else []
    if len(first) < AT_ONCE:
        yield from map(reader.read, first)
        yield from map(reader.read, items)
        return
    try:
        with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (reader,)) as pool:
            yield from _read_in(pool, processes, first, items, reader.changes)
    except BrokenProcessPool:  # of giving work, or of waiting for it
        raise StorageError(
            "A process that read rows was ended from outside, perhaps for want of memory; nothing is written."
        ) from None


def _read_in(
    pool: ProcessPoolExecutor,
    processes: int,
    first: list[Item],
    items: Iterator[Item],
    changes: Counter[str],
) -> Iterator[Any]:
    """Outcomes in order, with two pieces of work waiting for each process and no more in memory."""
    waiting: deque[Future[tuple[list[Any], Counter[str]]]] = deque()
    some = first
    while some or waiting:
        if some:
            waiting.append(pool.submit(_read, some))
            some = list(islice(items, AT_ONCE))
        if len(waiting) > 2 * processes or not some:
            outcomes, changed = waiting.popleft().result()
            changes.update(changed)
            yield from outcomes


def _cores() -> int:
    """The cores this process may use."""
    has_affinity = hasattr(os, "sched_getaffinity")  # not on macOS
    return len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1


_reader: OneReader[Any, Any] | None = None  # of a process beside


def _begin(reader: OneReader[Any, Any]) -> None:
    global _reader
    _reader = reader
    reader.changes.clear()
    os.nice(5)  # web processes on the same machine come first
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the import, and that ends its processes
    end_with_parent()


def _read(items: list[Any]) -> tuple[list[Any], Counter[str]]:
    if _reader is None:
        raise RuntimeError("a process beside begins with its reader")
    outcomes = [_reader.read(each) for each in items]
    changed = _reader.changes.copy()
    _reader.changes.clear()
    return outcomes, changed
