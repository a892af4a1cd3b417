"""`nabij import`: a source, a file or a folder becomes claims in the catalogue."""

from __future__ import annotations

import click

from importers.progress import show_progress
from importers.run import run_import
from service.commands.follow import follow
from service.commands.ground import current_database, now, settings_in_force


@click.command("import")
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change, field by field.")
@click.option("--as", "as_source", metavar="SOURCE", help="TARGET holds the files of this source.")
@click.option("--kept", is_flag=True, help="Read what was fetched last; ask the publisher nothing.")
@click.option("--accept-drop", is_flag=True, help="Go on although more than a fifth of the records vanished.")
def import_command(target: str, as_source: str | None, dry_run: bool, kept: bool, accept_drop: bool) -> None:
    """Import TARGET: a source's name (see: nabij sources), a file, a folder, or a web address."""
    settings = settings_in_force()
    database = current_database(settings)
    with show_progress() as progress:
        report = run_import(
            target,
            settings,
            database,
            now(),
            dry_run=dry_run,
            accept_drop=accept_drop,
            as_source=as_source,
            kept=kept,
            progress=progress,
        )
    if not dry_run:
        follow(settings, database)
    for line in report.lines():
        click.echo(line)
