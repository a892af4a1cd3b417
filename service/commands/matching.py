"""`nabij match`, `merge`, `unmerge`: which records speak of the same listing."""

from __future__ import annotations

from uuid import UUID

import click

from service.catalogue.links import link, set_apart
from service.catalogue.matching.run import match
from service.catalogue.tasks.refresh import refresh_tasks
from service.commands.editing import LISTING
from service.commands.ground import current_database, now, settings_in_force
from service.commands.index import drain
from service.commands.progress import counting
from service.database.session import writing


@click.command("match")
@click.option("--all", "everything", is_flag=True, help="Compare everything again, not only what changed.")
def match_command(everything: bool) -> None:
    """Find the records that speak of one listing: sure ones are joined, doubtful ones become tasks."""
    settings = settings_in_force()
    database = current_database(settings)
    with counting("Comparing records", "records") as progress:
        matched = match(database, now(), everything=everything, progress=progress)
    refresh_tasks(database, now())
    drain(settings, database)
    for name in ("compared", "joined", "parted", "asked", "dropped"):
        click.echo(f"{name}: {getattr(matched, name)}")


@click.command("merge")
@click.argument("one", type=LISTING)
@click.argument("other", type=LISTING)
@click.option("--by", required=True, help="Who decides it.")
@click.option("--why", required=True, help="Why, in some words.")
def merge_command(one: UUID, other: UUID, by: str, why: str) -> None:
    """Join two listings: one id stays, the other redirects. `nabij unmerge` takes it back."""
    settings = settings_in_force()
    database = current_database(settings)
    with writing(database) as connection:
        link_id = link(connection, one, other, by=by, why=why, now=now())
    refresh_tasks(database, now())
    drain(settings, database)
    click.echo(f"joined: {link_id}")


@click.command("unmerge")
@click.argument("listing", type=LISTING)
@click.option("--by", required=True, help="Who decides it.")
@click.option("--why", required=True, help="Why, in some words.")
def unmerge_command(listing: UUID, by: str, why: str) -> None:
    """Take a listing, by the id that it had, out of the one it was joined to: both are as they were."""
    settings = settings_in_force()
    database = current_database(settings)
    with writing(database) as connection:
        feeds = set_apart(connection, listing, by=by, why=why, now=now())
    refresh_tasks(database, now())
    drain(settings, database)
    click.echo(f"on its own: {feeds}")
