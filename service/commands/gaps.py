"""`nabij tasks gaps`: what nobody knows, or nobody knows any more, of most worth first."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import islice

import click

from service.catalogue.gaps import Gap, gaps
from service.catalogue.listings import iter_listings
from service.commands.ground import current_database, now, settings_in_force
from service.database.session import reading
from service.model.fields import fields
from service.search.index.document import facts_of


@click.command("gaps")
@click.option("--zone", help="Of listings in one zone, as bxl-noord.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="JSON, one gap a line.")
def gaps_command(zone: str | None, limit: int, as_json: bool) -> None:
    """List facts that are not known or have expired, by how many kinds of searches they would help."""
    with reading(current_database(settings_in_force())) as connection:
        found = gaps(iter_listings(connection), facts_of, now(), zone=zone)
    for gap in islice(found, limit):
        click.echo(json.dumps(asdict(gap), default=str) if as_json else _line(gap))
    if not as_json:
        click.echo(f"shown: {min(limit, len(found))} of {len(found)}")


def _line(gap: Gap) -> str:
    return f"{gap.worth:5.1f}  {gap.state:8} {fields()[gap.path].labels['en']:32} {gap.name}  {gap.listing}"
