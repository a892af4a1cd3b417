"""`nabij index`: builds the search index, says whether it is in step, and mends it."""

from __future__ import annotations

import click
from sqlalchemy.engine import Engine

from service.commands.following import follow_command
from service.commands.ground import current_database, settings_in_force
from service.commands.index_keys import keys_command
from service.commands.progress import counting, say
from service.config import Settings
from service.errors import IndexNotReady, SearchAway, SearchRefused
from service.search.index.aside import build_aside
from service.search.index.build import build_index
from service.search.index.compare import compare, repair
from service.search.index.factory import document_maker, open_engine, open_writer
from service.search.index.outbox import drain as drain_outbox

MOST_PAST, PAST_SHARE = 2_500, 0.25
"""Rows of the past that an index keeps at least, and as a share of its listings: each takes half a kilobyte
in every web process, and to build ten thousand listings anew takes a processor a quarter of a minute."""


@click.group("index")
def index_command() -> None:
    """The search index: derived from the database, it can be thrown away and built again."""


index_command.add_command(keys_command)
index_command.add_command(follow_command)


@index_command.command("build")
def build_command() -> None:
    """Build the index anew beside the one in use, then switch."""
    settings = settings_in_force()
    build(settings, current_database(settings))


@index_command.command("drain")
def drain_command() -> None:
    """Bring waiting changes of the catalogue into the index."""
    settings = settings_in_force()
    click.echo(f"taken: {drain(settings, current_database(settings))}")


@index_command.command("status")
def status_command() -> None:
    """Say what the index holds."""
    status = open_engine(settings_in_force(), follow_s=0).status()
    click.echo(f"documents: {status.documents}")
    click.echo(f"generation: {status.generation}")
    click.echo(f"position: {status.position}")
    click.echo(f"built: {status.built_at}")


@index_command.command("compare")
@click.option(
    "--repair", "mend", is_flag=True, help="Write what the database says of the listings that differ."
)
def compare_command(mend: bool) -> None:
    """Compare every listing of the database with the index; status 1 where they differ."""
    settings = settings_in_force()
    database, make = current_database(settings), document_maker(settings)
    engine = open_engine(settings, follow_s=0)
    drain_outbox(database, engine, open_writer(settings), make)
    found = compare(database, engine, make)
    click.echo(f"missing: {len(found.missing)}")
    click.echo(f"extra: {len(found.extra)}")
    click.echo(f"different: {len(found.different)}")
    if mend:
        click.echo(f"repaired: {repair(database, engine, open_writer(settings), make, found)}")
    elif found:
        raise SystemExit(1)


def build(settings: Settings, database: Engine) -> int:
    """Build the index of these settings anew; gives how many listings it holds."""
    with counting("Building the index", "listings") as progress:
        held = build_index(database, open_writer(settings), document_maker(settings), progress)
    say(f"The index holds {held} listings.")
    return held


def renew(settings: Settings) -> int:
    """Build the index anew where many of its rows are of the past (MOST_PAST and PAST_SHARE).

    Gives how many such rows it had, 0 where it was left as it is. Done by a process of its own: who asks for
    this lives long.
    """
    try:
        status = open_engine(settings, follow_s=0).status()
    except IndexNotReady:
        return 0
    if status.past <= max(MOST_PAST, PAST_SHARE * status.documents):
        return 0
    build_aside(settings)
    return status.past


def drain(settings: Settings, database: Engine) -> int:
    """Bring waiting changes into the index, if there is one; gives how many were taken.

    Where the search server is away that is said: the worker takes them once it is back.
    """
    engine = open_engine(settings, follow_s=0)
    try:
        engine.status()
    except (SearchAway, SearchRefused) as error:
        say(f"The index was not brought in step: {error}")
        return 0
    except IndexNotReady:
        return 0
    return drain_outbox(database, engine, open_writer(settings), document_maker(settings))
