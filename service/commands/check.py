"""`nabij check`: settings, database and index, a line each, with a hint where something is wrong."""

from __future__ import annotations

from dataclasses import fields

import click
from sqlalchemy.engine import make_url

from service.commands.ground import settings_in_force
from service.config import Settings, unknown_settings
from service.database.check import Check, check_database
from service.database.session import connect_engine
from service.errors import NabijError, SearchAway, SearchRefused
from service.search.index.factory import open_engine, open_server


@click.command("check")
def check_command() -> None:
    """Look at everything; exit status 1 where something has to be mended."""
    settings = settings_in_force()
    for each in fields(Settings):
        value = _shown(each.name, getattr(settings, each.name), is_secret=not each.repr)
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
        server = open_server(settings) if settings.search_admin_key else None
        if server is not None:
            server.check_version()
        open_engine(settings).status()
    except (SearchAway, SearchRefused) as error:
        return Check("index", str(error), "Look at docs/operations.md, A search server")
    except NabijError as error:
        return Check("index", str(error), "Run: nabij index build")
    return Check("index")


def _shown(name: str, value: object, *, is_secret: bool) -> str:
    """A setting without the password that an address may hold, and without what is secret."""
    if is_secret and value:
        return "(given)"
    if name in ("database_url", "database_read_url") and value:
        return make_url(str(value)).render_as_string(hide_password=True)
    return str(value)
