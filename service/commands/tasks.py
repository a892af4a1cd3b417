"""`nabij tasks`: what waits for a person, of most worth first, and answering it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click

from service.catalogue.edits import WAYS
from service.catalogue.tasks.answer import close_task, snooze_task
from service.catalogue.tasks.read import Side, Task, count_tasks, find_task, read_tasks, sides_of
from service.catalogue.tasks.refresh import refresh_tasks
from service.commands.gaps import gaps_command
from service.commands.ground import current_database, now, settings_in_force
from service.commands.index import drain
from service.config import TIMEZONE
from service.database.session import reading, writing
from service.errors import BadValue
from service.geo.places import gazetteer
from service.model.task_kinds import task_kinds
from service.model.terms import needs, themes


@click.group("tasks")
def tasks_command() -> None:
    """What waits for a person: doubtful duplicates, contradictions, facts to check, refused rows."""


tasks_command.add_command(gaps_command)


@tasks_command.command("list")
@click.option("--zone", help="Of one zone, as bxl-noord.")
@click.option("--need", help="About one need or theme, as food.parcel or food.")
@click.option("--kind", type=click.Choice(list(task_kinds())))
@click.option("--closed", is_flag=True, help="Those that were closed, the last first.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="JSON, one task a line.")
def list_command(
    zone: str | None, need: str | None, kind: str | None, closed: bool, limit: int, as_json: bool
) -> None:
    """List the tasks, of most worth first."""
    if zone:
        gazetteer().zones.zone(zone)
    if need and need not in needs() and need not in themes():
        raise BadValue("need", need, "is neither a need nor a theme", "a code of data/taxonomy/needs.csv")
    with reading(current_database(settings_in_force())) as connection:
        found, total = read_tasks(
            connection, _today(), zone=zone, need=need, kind=kind, closed=closed, limit=limit
        )
        counted = count_tasks(connection, _today())
    for one in found:
        click.echo(_json(one) if as_json else _line(one))
    if not as_json:
        click.echo(f"shown: {len(found)} of {total}")
        click.echo("open: " + (", ".join(f"{kind} {counted[kind]}" for kind in sorted(counted)) or "none"))


@tasks_command.command("show")
@click.argument("task")
@click.option("--json", "as_json", is_flag=True)
def show_command(task: str, as_json: bool) -> None:
    """Show a task (id, or its first signs) with both sides."""
    with reading(current_database(settings_in_force())) as connection:
        found = find_task(connection, task)
        sides = sides_of(connection, found)
    if as_json:
        click.echo(json.dumps({**_plain(found), "sides": [_plain(side) for side in sides]}, default=str))
        return
    click.echo(_line(found))
    if found.about.get("email"):
        click.echo(f"  who told it can be asked: {found.about['email']}")
    for line in _shown(sides):
        click.echo(line)


@tasks_command.command("close")
@click.argument("task")
@click.option("--same", "outcome", flag_value="same", help="Both are one listing: they are joined.")
@click.option("--different", "outcome", flag_value="different", help="They are two, and stay so.")
@click.option("--done", "outcome", flag_value="done", help="It is mended, or checked (say how).")
@click.option("--dismiss", "outcome", flag_value="dismissed", help="Nothing to do; it is not asked again.")
@click.option("--by", required=True, help="Who answers it.")
@click.option("--why", required=True, help="Why, in some words.")
@click.option("--how", type=click.Choice(WAYS), help="How a fact was checked.")
@click.option("--role", default="coordinator", show_default=True, help="In which role.")
def close_command(task: str, outcome: str | None, by: str, why: str, how: str | None, role: str) -> None:
    """Answer a task: one of --same, --different, --done, --dismiss."""
    if outcome is None:
        raise click.UsageError("Say what came of it: --same, --different, --done or --dismiss.")
    settings = settings_in_force()
    database = current_database(settings)
    with writing(database) as connection:
        closed = close_task(connection, task, outcome, by=by, why=why, how=how, role=role, now=now())
    refresh_tasks(database, now())
    drain(settings, database)
    click.echo(_line(closed))


@tasks_command.command("snooze")
@click.argument("task")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day to ask again.")
def snooze_command(task: str, until: datetime) -> None:
    """Put a task off until a day."""
    with writing(current_database(settings_in_force())) as connection:
        click.echo(_line(snooze_task(connection, task, until.date(), now())))


@tasks_command.command("refresh")
def refresh_command() -> None:
    """Bring the tasks in step with the catalogue (imports and the worker do so too)."""
    done = refresh_tasks(current_database(settings_in_force()), now())
    click.echo(f"opened: {done.opened}")
    click.echo(f"dropped: {done.dropped}")


def _today() -> date:
    return now().astimezone(TIMEZONE).date()


def _line(one: Task) -> str:
    state = f"until {one.snoozed_until}" if one.snoozed_until else one.outcome or one.state
    place = ",".join(one.zones) or "no zone"
    return f"{str(one.id)[:8]} {one.worth:5.1f} {one.kind:13} {state:9} {place}: {one.title}"


def _shown(sides: list[Side]) -> Iterator[str]:
    keys = list(dict.fromkeys(key for side in sides for key in side.values))
    for number, side in enumerate(sides, 1):
        said = f", said {side.said_on}" if side.said_on else ", undated"
        yield f"[{number}] {side.speaker}{said} {side.listing or ''} {side.url or ''}".rstrip()
    for key in keys:
        said_of = [side.values.get(key) for side in sides]
        mark = "=" if len(sides) > 1 and all(each == said_of[0] for each in said_of) else " "
        yield f"{mark} {key}"
        yield from (f"    [{n}] {_text(value)}" for n, value in enumerate(said_of, 1) if value is not None)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _json(one: Task) -> str:
    return json.dumps(_plain(one), ensure_ascii=False, default=str)


def _plain(one: Task | Side) -> dict[str, Any]:
    return asdict(one)
