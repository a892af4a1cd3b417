"""The `nabij` command: finds the command asked for and turns our own errors into one clear sentence."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Mapping

import click

from service.errors import NabijError

COMMANDS: Mapping[str, str] = {
    "init": "setup",
    "import": "importing",
    "export": "export",
    "clean": "cleaning",
    "index": "index",
    "search": "search",
    "understand": "search",
    "listing": "editing",
    "edit": "editing",
    "edits": "editing",
    "withdraw": "editing",
    "history": "editing",
    "confirm": "confirming",
    "rebuild": "editing",
    "match": "matching",
    "merge": "matching",
    "unmerge": "matching",
    "tasks": "tasks",
    "state": "state",
    "freshness": "freshness",
    "worker": "worker",
    "zones": "zones",
    "sources": "sources",
    "user": "users",
    "geocoder": "geocoder",
    "stops": "stops",
    "mail": "mail",
    "backup": "backup",
    "restore": "backup",
    "check": "check",
    "serve": "serve",
    "demo": "demo",
}
"""Command to its file in service/commands; a file is read only when its command is asked for."""


class _Commands(click.Group):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        gc.disable()  # what is imported stays: looking through it for waste takes a tenth of the start
        try:
            module = importlib.import_module(f"service.commands.{COMMANDS[cmd_name]}")
        finally:
            gc.enable()
        found: click.Command = getattr(module, f"{cmd_name}_command")
        return found


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="nabij")
def cli() -> None:
    """Nabij: the social map and referral search of Brussels and Flanders."""


def main() -> None:
    """Run the command line; errors of ours are one sentence on standard error and exit status 1."""
    try:
        cli()
    except NabijError as error:
        click.echo(f"nabij: {error}", err=True)
        sys.exit(1)
