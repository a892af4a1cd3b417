"""`nabij check`: settings, database and index, a line each, with a hint where something is wrong."""

from __future__ import annotations

from dataclasses import fields

import click
from sqlalchemy.engine import make_url

from service.commands.ground import settings_in_force
from service.config import Settings, unknown_settings
from service.database.check import Check, check_database
from service.database.session import connect_engine
from service.errors import NabijError
from service.search.index.factory import open_engine


@click.command("check")
def check_command() -> None:
    """Look at everything; exit status 1 where something has to be mended."""
    settings = settings_in_force()
    for each in fields(Settings):
        value = _shown(each.name, getattr(settings, each.name))
        click.echo(f"NABIJ_{each.name.upper()} = {value}  # {each.metadata['doc']}")
    problems = 0
    for name in unknown_settings():
        problems += 1
        click.echo(f"PROBLEM setting {name}: there is no such setting. Look for a misspelling.")
    for check in [*check_database(connect_engine(settings)), _index(settings)]:
        problems += not check.is_ok
        click.echo(
            f"ok      {check.name}" if check.is_ok else f"PROBLEM {check.name}: {check.problem} {check.hint}"
        )
    raise SystemExit(1 if problems else 0)


def _index(settings: Settings) -> Check:
    try:
        open_engine(settings).status()
    except NabijError as error:
        return Check("index", str(error), "Run: nabij index build")
    return Check("index")


def _shown(name: str, value: object) -> str:
    """A setting without the password that an address may hold, and without the secret."""
    if name == "secret" and value:
        return "(given)"
    if name == "database_url" and value:
        return make_url(str(value)).render_as_string(hide_password=True)
    return str(value)
