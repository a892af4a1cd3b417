"""`nabij backup` and `nabij restore`: everything that cannot be made again, in one file and back."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from importers.lock import import_lock
from service.backup.manifest import Manifest
from service.backup.run import check_backup, make_backup, restore_backup
from service.commands.ground import now, settings_in_force
from service.commands.index import build
from service.commands.progress import say
from service.config import Settings
from service.database.session import connect_engine
from service.home import hold

_FILE = click.Path(dir_okay=False, path_type=Path)
_WORKING = "A worker runs ({note}). Stop it first; it would write to what is being put back."


@click.command("backup")
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Write over a file that is there.")
@click.option("--check", is_flag=True, help="Only look whether FILE is a whole backup.")
def backup_command(file: Path, replace: bool, check: bool) -> None:
    """Write the database, what sources sent and the secret of forms to FILE, while everything goes on."""
    if check:
        _tell(check_backup(file))
        return
    settings = settings_in_force()
    _tell(make_backup(settings, connect_engine(settings), file, now(), replace=replace))


@click.command("restore")
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Give up the catalogue that is there.")
@click.option("--no-index", is_flag=True, help="Leave the search index for later (nabij index build).")
def restore_command(file: Path, replace: bool, no_index: bool) -> None:
    """Put the backup FILE in the place of the catalogue, then build its search index."""
    settings = settings_in_force()
    database = connect_engine(settings)
    with ExitStack() as held:
        held.enter_context(hold(settings.home / "worker.lock", _WORKING))
        held.enter_context(import_lock(settings.home, database))
        _tell(restore_backup(settings, database, file, replace=replace))
        _forget_index(settings)
        if no_index:
            say("Build the search index when you can: nabij index build")
        else:
            build(settings, database)


def _forget_index(settings: Settings) -> None:
    """An embedded index of the catalogue before answers no more; until there is one the database does."""
    (settings.home / "search.current").unlink(missing_ok=True)


def _tell(manifest: Manifest) -> None:
    size = sum(each.bytes for each in manifest.files)
    say(f"made: {manifest.made_at} by Nabij {manifest.nabij}, tables {manifest.revision}")
    say(f"database: {manifest.database} {manifest.server}")
    for name, rows in manifest.counts.items():
        say(f"{name}: {rows}")
    say(f"files: {len(manifest.files)}, {size / 1e6:.1f} MB before packing")
