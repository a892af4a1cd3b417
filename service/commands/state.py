"""`nabij state`: the figures of every zone, counted now or as they were counted last."""

from __future__ import annotations

import json
from datetime import datetime

import click
from sqlalchemy.engine import Engine

from service.catalogue.ground import ground_of
from service.commands.ground import current_database, now, settings_in_force
from service.commands.progress import counting
from service.config import Settings
from service.database.session import reading
from service.desk.state.count import Counted, Progress, count_state, is_due
from service.desk.state.points import homes_of
from service.desk.state.read import read_state
from service.errors import NotFound
from service.geo.places import gazetteer
from service.search.index.document import facts_of


@click.group("state")
def state_command() -> None:
    """The state of the zones: how true, how complete and how near what we know is."""


@state_command.command("count")
def count_command() -> None:
    """Count every zone now and keep it under today's date; the worker does so once a week."""
    settings = settings_in_force()
    with counting("count", "listings") as tell:
        done = count_now(settings, current_database(settings), now(), tell)
    click.echo(f"counted: {done.listings} listings in {done.zones} zones")


@state_command.command("show")
@click.argument("zone")
def show_command(zone: str) -> None:
    """The figures of a zone as they were counted last, as JSON."""
    gazetteer().zones.zone(zone)
    with reading(current_database(settings_in_force())) as connection:
        found = read_state(connection, zone)
    if found is None:
        raise NotFound("Nothing was counted yet. Run: nabij state count")
    told = {"zone": zone, "day": found.day.isoformat(), **found.whole}
    click.echo(json.dumps(told, ensure_ascii=False))


def count_now(settings: Settings, database: Engine, at: datetime, progress: Progress | None) -> Counted:
    """Count every zone over where people live by the settings. Raises BadSetting and BadValue for that."""
    homes = homes_of(settings, ground_of(database))
    return count_state(database, facts_of, at, homes, progress=progress)


def count_when_due(settings: Settings, database: Engine, progress: Progress) -> str:
    """The step of the worker: count once a week, and tell in one line what was done."""
    with reading(database) as connection:
        if not is_due(connection, now()):
            return ""
    done = count_now(settings, database, now(), progress)
    return f"state: {done.listings} listings counted in {done.zones} zones"
