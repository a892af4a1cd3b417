"""`nabij index keys`: makes the keys of a search server that the web and the filling of the index need."""

from __future__ import annotations

import click

from service.commands.ground import settings_in_force
from service.errors import BadSetting
from service.search.index.factory import open_server


@click.command("keys")
@click.option("--renew", is_flag=True, help="Make new keys; the older ones go on working.")
@click.option("--drop-older", "drop", is_flag=True, help="Delete all of this index but the newest two.")
def keys_command(renew: bool, drop: bool) -> None:
    """Print the two keys of the index, made where there are none.

    NABIJ_SEARCH_ADMIN_KEY must be the master key of the server for this, or another key that may make keys.
    """
    settings = settings_in_force()
    server = open_server(settings)
    if server is None:
        raise BadSetting("NABIJ_SEARCH_URL is empty: the embedded engine needs no keys.")
    from service.search.engine.meilisearch.keys import drop_older, keys_of

    server.check_version()
    keys = keys_of(server, settings.search_index, renew=renew)
    click.echo(f"NABIJ_SEARCH_KEY={keys.search}")
    click.echo(f"NABIJ_SEARCH_ADMIN_KEY={keys.fill}")
    if drop:
        click.echo(f"deleted: {drop_older(server, settings.search_index)}", err=True)
