"""Long work on the command line: a bar on a terminal, plain lines otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from importers.progress import show_progress


def say(text: str) -> None:
    """A line for the person at the terminal; answers go to standard output, this does not."""
    click.echo(text, err=True)


@contextmanager
def counting(what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """A callback (done, of) that shows how far some work is, its rate and the time left."""
    with show_progress() as progress:
        started: list[int] = []

        def tell(done: int, of: int) -> None:
            if not started:
                started.append(of)
                progress.start(what, of, unit)
            progress.reach(done)

        yield tell


def steps(what: str) -> Callable[[int, int, str], None]:
    """A callback (done, of, name) that prints one line a step."""

    def tell(done: int, of: int, name: str) -> None:
        say(f"{what}: {done} of {of} ({name})")

    return tell
