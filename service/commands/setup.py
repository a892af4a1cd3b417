"""`nabij init`: makes or upgrades the database and prepares the word lists."""

from __future__ import annotations

from collections.abc import Collection

import click
from sqlalchemy.engine import Engine

from service.commands.ground import settings_in_force
from service.commands.progress import say, steps
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine
from service.search.words.lexicon import prepare


@click.command("init")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def init_command(quiet: bool) -> None:
    """Make or upgrade the database, prepare the word lists."""
    if quiet:
        initialise(settings_in_force(), tell=False)
        return
    initialise(settings_in_force())
    say("Ready. Next: nabij import catalogue, nabij index build, nabij serve (nabij demo does all).")


def initialise(settings: Settings, languages: Collection[str] | None = None, *, tell: bool = True) -> Engine:
    """Make or upgrade the database of these settings and the word lists in their home (of all languages)."""
    database = connect_engine(settings)
    upgrade(database)
    prepare(settings.home, steps("Preparing word lists") if tell else None, languages)
    return database
