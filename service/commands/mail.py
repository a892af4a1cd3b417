"""`nabij mail`: sending what waits, looking at letters, taking reports of letters that came back."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event, Thread
from typing import BinaryIO

import click
import sqlalchemy as sa

from service.commands.following import stop_on_signals, stop_with
from service.commands.ground import current_database, now, settings_in_force
from service.config import TIMEZONE
from service.database.letters import BOUNCED, REFUSED, SENT, WAITING, letter
from service.database.session import reading, writing
from service.desk.letters.failures import read_reports, take_report
from service.errors import NabijError
from service.mail.send import deliver

STATES = (WAITING, SENT, REFUSED, BOUNCED)
_EVERY_S = 2  # beside the demo: somebody looks for the letter


@click.group("mail")
def mail_command() -> None:
    """Letters: send what waits, look at them, take reports of those that came back."""


@mail_command.command("send")
@click.option("--keep", is_flag=True, help="Go on until stopped; `nabij worker` does so too.")
@click.option("--with-parent", is_flag=True, hidden=True)
def send_command(keep: bool, with_parent: bool) -> None:
    """Hand over the letters that wait and are due."""
    settings = settings_in_force()
    database = current_database(settings)
    stop = Event()
    if with_parent:
        Thread(target=stop_with, args=(os.getppid(), stop), daemon=True).start()
    if keep:
        stop_on_signals(stop)
    while True:
        try:
            done = deliver(database, settings, now())
        except NabijError:
            if not keep:
                raise
        else:
            if not keep:
                told = f" ({done.told})" if done.told else ""
                click.echo(f"sent: {done.sent}, refused: {done.refused}, kept: {done.kept}{told}")
        if not keep or stop.wait(_EVERY_S):
            return


@mail_command.command("show")
@click.option("--state", type=click.Choice(STATES), help="Only letters in this state.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=20, show_default=True)
def show_command(state: str | None, limit: int) -> None:
    """The last letters: when, what for, to whom, how it stands. Never what they say."""
    wanted = sa.select(letter).order_by(letter.c.written_at.desc(), letter.c.id).limit(limit)
    if state:
        wanted = wanted.where(letter.c.state == state)
    counted = sa.select(letter.c.state, sa.func.count().label("letters")).group_by(letter.c.state)
    with reading(current_database(settings_in_force())) as connection:
        for row in connection.execute(wanted):
            at = f"{row.written_at.astimezone(TIMEZONE):%Y-%m-%d %H:%M}"
            click.echo(f"{at} {row.kind:<10} {row.state:<7} {row.recipient} {row.told or ''}".rstrip())
        counts = {row.state: row.letters for row in connection.execute(counted)}
    click.echo(", ".join(f"{each}: {counts.get(each, 0)}" for each in STATES))


@mail_command.command("bounces")
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
def bounces_command(files: tuple[Path, ...]) -> None:
    """Take reports of letters that came back: message files or folders of them, else NABIJ_BOUNCE_URL."""
    settings = settings_in_force()
    database = current_database(settings)
    if not files:
        click.echo(f"came back: {read_reports(database, settings, now())}")
        return
    taken = 0
    for path in (
        each for given in files for each in (sorted(given.glob("*")) if given.is_dir() else [given])
    ):
        with path.open("rb") as file, writing(database) as connection:
            taken += take_report(connection, _whole(file), now())
    click.echo(f"came back: {taken}")


def _within(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def _whole(file: BinaryIO) -> bytes:
    return file.read(1024 * 1024)  # a report quotes headers; what is longer is none of ours
