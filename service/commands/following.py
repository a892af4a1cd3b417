"""`nabij index follow`: brings changes into the index as they are made, alone or beside a server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from threading import Event, Thread

import click
from sqlalchemy.engine import Engine

from service.commands.ground import settings_in_force
from service.config import Settings
from service.database.session import connect_engine
from service.search.index.factory import document_maker, open_engine, open_writer
from service.search.index.follow import Follower


@click.command("follow")
@click.option("--with-parent", is_flag=True, hidden=True)
def follow_command(with_parent: bool) -> None:
    """Bring changes in within 2 s of their making, until stopped; `nabij worker` does so too."""
    settings = settings_in_force()
    stop = Event()
    stop_on_signals(stop)
    if with_parent:
        Thread(target=stop_with, args=(os.getppid(), stop), daemon=True).start()
    keep = follower(settings, connect_engine(settings))
    keep.keep_looking(stop, lambda told: click.echo(told, err=True))


def follower(settings: Settings, database: Engine) -> Follower:
    """What keeps the index of these settings in step, whenever it is asked to look."""
    make = partial(document_maker, settings)
    return Follower(database, open_engine(settings, follow_s=0), open_writer(settings), make)


def follow_beside(settings: Settings) -> None:
    """Start a process that follows the embedded index for as long as this one lives.

    The index of a search server is followed by the worker alone: nobody else needs a key that writes.
    """
    if settings.search_url:
        return
    code = "from service.cli import main; main()"
    command = [sys.executable, "-c", code, "index", "follow", "--with-parent"]
    subprocess.Popen(command, env={**os.environ, "NABIJ_HOME": str(settings.home)})  # noqa: S603 - our own


def stop_on_signals(stop: Event) -> None:
    """Set ``stop`` on Ctrl-C and SIGTERM."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())


def stop_with(parent: int, stop: Event) -> None:
    """Set ``stop`` when the parent is gone, however it went."""
    while os.getppid() == parent:
        time.sleep(1)
    stop.set()
