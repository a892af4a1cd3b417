"""Shows how far long work has come: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress
from rich.progress import Task as RichTask
from rich.text import Text

EVERY_S = 5.0  # seconds between two plain lines


class Progress(Protocol):
    """Takes note of work as it goes on: ``start`` a stretch of ``total`` rows or bytes, then ``reach``.

    A total of 0 is one that nobody knows before the end.
    """

    def start(self, what: str, total: int, unit: str) -> None:
        """Begin a stretch of work; ``what`` names it for a person."""
        ...

    def reach(self, done: int) -> None:
        """``done`` of the total is behind us."""
        ...


class NoProgress:
    """Says nothing; for tests and for callers that are not watched."""

    def start(self, what: str, total: int, unit: str) -> None:
        """Nothing to show."""

    def reach(self, done: int) -> None:
        """Nothing to show."""


class LineProgress:
    """A line when a stretch begins and every few seconds after that."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._what, self._total, self._unit, self._begun, self._told = "", 0, "", 0.0, 0.0

    def start(self, what: str, total: int, unit: str) -> None:
        """Say what begins."""
        self._what, self._total, self._unit = what, total, unit
        self._begun = self._told = time.monotonic()
        print(f"{what}: {total:,} {unit}" if total else what, file=self._stream, flush=True)

    def reach(self, done: int) -> None:
        """Say how far it is, at most every EVERY_S seconds."""
        now = time.monotonic()
        if now - self._told >= EVERY_S:
            self._told = now
            rate = done / (now - self._begun)
            of_total = f" of {self._total:,}" if self._total else ""
            left_s = max(self._total - done, 0) / rate if rate else 0
            left = f", {left_s:.0f} s left" if self._total else ""
            line = f"{self._what}: {done:,}{of_total} {self._unit}, {rate:,.0f}/s{left}"
            print(line, file=self._stream, flush=True)


class _BarProgress:
    def __init__(self, bars: RichProgress) -> None:
        self._bars = bars
        self._task = TaskID(0)

    def start(self, what: str, total: int, unit: str) -> None:
        self._task = self._bars.add_task(what, total=total or None, unit=unit)

    def reach(self, done: int) -> None:
        self._bars.update(self._task, completed=done)


class _RateColumn(ProgressColumn):
    def render(self, task: RichTask) -> Text:
        return Text(f"{task.speed or 0:,.0f} {task.fields['unit']}/s")


@contextmanager
def show_progress(stream: TextIO = sys.stderr) -> Iterator[Progress]:
    """A progress that fits where ``stream`` goes: a bar with rate and time left, or plain lines."""
    console = Console(file=stream)
    if not console.is_terminal:
        yield LineProgress(stream)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _RateColumn())
    with RichProgress(*columns, TimeRemainingColumn(), console=console) as bars:
        yield _BarProgress(bars)
