"""`nabij init`: makes or upgrades the database and prepares the word lists."""

from __future__ import annotations

import click
from sqlalchemy.engine import Engine

from service.commands.ground import settings_in_force
from service.commands.progress import say, steps
from service.config import Settings
from service.database.migrate import upgrade
from service.database.session import connect_engine
from service.search.words.lexicon import prepare


@click.command("init")
def init_command() -> None:
    """Make or upgrade the database, prepare the word lists."""
    initialise(settings_in_force())
    say("Ready. Next: nabij import catalogue, nabij index build, nabij serve (nabij demo does all).")


def initialise(settings: Settings) -> Engine:
    """Make or upgrade the database of these settings and the word lists in their home."""
    database = connect_engine(settings)
    upgrade(database)
    prepare(settings.home, steps("Preparing word lists"))
    return database
