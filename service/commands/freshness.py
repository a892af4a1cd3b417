"""`nabij freshness`: how old what the catalogue says is."""

from __future__ import annotations

import json

import click

from service.catalogue.due import ages_of
from service.commands.ground import current_database, now, settings_in_force
from service.config import TIMEZONE
from service.database.session import reading
from service.geo.places import gazetteer

_MEANING = {
    "fresh": "nothing to check yet",
    "due": "to be checked",
    "overdue": "two months late",
    "stale": "too old to build on; shown with a warning",
    "undated": "age not known",
}


@click.command("freshness")
@click.option("--zone", help="Only what lies in this zone, as bxl-noord.")
@click.option("--json", "as_json", is_flag=True)
def freshness_command(zone: str | None, as_json: bool) -> None:
    """Count the listings that are fresh, due, overdue, stale or of unknown age."""
    if zone:
        gazetteer().zones.zone(zone)
    today = now().astimezone(TIMEZONE).date()
    with reading(current_database(settings_in_force())) as connection:
        ages = ages_of(connection, today, zone)
    if as_json:
        told: dict[str, object] = {"date": today.isoformat(), "zone": zone, "published": ages.published}
        told |= {str(state): count for state, count in ages.states.items()}
        told |= {"due_within_a_month": ages.soon, "withdrawn": ages.withdrawn}
        click.echo(json.dumps(told))
        return
    for state, count in ages.states.items():
        share = 100 * count / ages.published if ages.published else 0
        click.echo(f"{state:8} {count:7,}  {share:4.0f} %  {_MEANING[state]}")
    click.echo(
        f"{ages.published:,} published, {ages.soon:,} more due within a month, {ages.withdrawn:,} withdrawn"
    )
