"""`nabij confirm`: what a listing says is still right."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import click

from service.catalogue.confirm import ROLES, confirm
from service.catalogue.edits import WAYS
from service.catalogue.tasks.refresh import refresh_tasks
from service.commands.editing import LISTING
from service.commands.ground import current_database, now, settings_in_force
from service.commands.index import drain
from service.database.session import writing


@click.command("confirm")
@click.argument("listing", type=LISTING)
@click.argument("fields", nargs=-1, metavar="[FIELD]...")
@click.option("--how", type=click.Choice(WAYS), help="How it was checked. Leave out when it was not.")
@click.option("--role", type=click.Choice(ROLES), default="coordinator", show_default=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day, where it was not today.")
@click.option("--by", help="Who confirms it (default: the role).")
@click.option("--why", default="confirmed", show_default=True, help="Why, in some words.")
def confirm_command(
    listing: UUID,
    fields: tuple[str, ...],
    how: str | None,
    role: str,
    on: datetime | None,
    by: str | None,
    why: str,
) -> None:
    """Say that FIELDs of a listing (all that it says when none is named) are right, as they are."""
    settings = settings_in_force()
    database = current_database(settings)
    day = on.date() if on else None
    with writing(database) as connection:
        edits = confirm(
            connection, listing, fields, by=by or role, why=why, role=role, how=how, on=day, now=now()
        )
    refresh_tasks(database, now())
    drain(settings, database)
    for edit in edits:
        click.echo(f"{edit.id} {edit.key}")
    click.echo(f"confirmed: {len(edits)}")
