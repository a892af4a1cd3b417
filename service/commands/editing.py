"""`nabij listing`, `edit`, `edits`, `withdraw`, `history`, `rebuild`: corrections from the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import click

from importers.clean.cells import read_cell
from service.catalogue.claims import Edit
from service.catalogue.edits import edits_of, expire_edits, state_edit, withdraw_edit
from service.catalogue.history import history_of
from service.catalogue.listings import Found, read_listing
from service.catalogue.rebuild import rebuild
from service.catalogue.tasks.refresh import refresh_tasks
from service.commands.ground import current_database, now, settings_in_force
from service.commands.index import drain
from service.commands.progress import say
from service.config import TIMEZONE
from service.database.session import reading, writing
from service.errors import BadValue, NotFound
from service.model.fields import parse_key
from service.model.listing import pick_text
from service.model.provenance import Provenance
from service.model.values import Value

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class _ListingId(click.ParamType[UUID]):
    name = "listing"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> UUID:
        """An id, or any address of the listing's page."""
        found = _UUID.search(value)
        if found is None:
            self.fail(f"{value} is no listing: give its id, or the address of its page", param, ctx)
        return UUID(found[0])


LISTING = _ListingId()


@click.command("listing")
@click.argument("listing", type=LISTING)
def listing_command(listing: UUID) -> None:
    """Show a listing: every field, who says it, since when, and what others say."""
    database = current_database(settings_in_force())
    with reading(database) as connection:
        found = read_listing(connection, listing)
    if found is None:
        raise NotFound(f"There is no listing {listing}.")
    for line in _shown(found):
        click.echo(line)


@click.command("edit")
@click.argument("listing", type=LISTING)
@click.argument("statements", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--by", required=True, help="Who states it.")
@click.option("--why", required=True, help="Why, in some words.")
@click.option("--role", help="In which role: coordinator, provider, ...")
@click.option("--how", help="How it was checked: phone, visit, mail. Leave out when it was not.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="When it was checked, where not today.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which it holds.")
def edit_command(
    listing: UUID,
    statements: tuple[str, ...],
    by: str,
    why: str,
    role: str | None,
    how: str | None,
    on: datetime | None,
    until: datetime | None,
) -> None:
    """State what is true: FIELD=VALUE, several values divided by | (an empty VALUE: it is not known)."""
    settings = settings_in_force()
    database = current_database(settings)
    stated = [_statement(text) for text in statements]
    last_day = until.date() if until else None
    with writing(database) as connection:
        for key, value in stated:
            edit = state_edit(
                connection,
                listing,
                key,
                value,
                by=by,
                why=why,
                now=now(),
                role=role,
                until=last_day,
                how=how,
                checked_on=on.date() if on else None,
            )
            click.echo(_edit_line(edit, last_day))
    refresh_tasks(database, now())
    drain(settings, database)


@click.command("edits")
@click.argument("listing", type=LISTING)
def edits_command(listing: UUID) -> None:
    """Show every edit of a listing, oldest first, those taken back too."""
    with reading(current_database(settings_in_force())) as connection:
        for edit in edits_of(connection, listing):
            click.echo(_edit_line(edit, now().date()))


@click.command("withdraw")
@click.argument("edit", type=click.UUID)
@click.option("--by", required=True, help="Who takes it back.")
@click.option("--why", required=True, help="Why, in some words.")
def withdraw_command(edit: UUID, by: str, why: str) -> None:
    """Take an edit back: the field is again what others say."""
    settings = settings_in_force()
    database = current_database(settings)
    with writing(database) as connection:
        click.echo(_edit_line(withdraw_edit(connection, edit, by=by, why=why, now=now()), now().date()))
    drain(settings, database)


@click.command("history")
@click.argument("listing", type=LISTING)
def history_command(listing: UUID) -> None:
    """Show everything that was said about a listing, oldest first."""
    with reading(current_database(settings_in_force())) as connection:
        for event in history_of(connection, listing):
            changes = ", ".join(f"{key}={_text(value)}" for key, value in event.changes.items())
            why = f" ({event.why})" if event.why else ""
            click.echo(
                f"{event.at.astimezone(TIMEZONE):%Y-%m-%d %H:%M} {event.kind} {event.who}{why}: {changes}"
            )


@click.command("rebuild")
def rebuild_command() -> None:
    """Compute every listing again from its claims, and let edits that ran out go."""
    settings = settings_in_force()
    database = current_database(settings)
    with writing(database) as connection:
        expire_edits(connection, now())
    count = rebuild(database, now())
    refresh_tasks(database, now())
    say(f"{count} listings were computed again; {drain(settings, database)} changes went into the index.")


def _statement(text: str) -> tuple[str, Value | None]:
    key, sign, raw = text.partition("=")
    if not sign:
        raise BadValue(key, text, "is no statement", "FIELD=VALUE, as in cost_option.kind=free")
    path = parse_key(key.strip()).path
    return key.strip(), read_cell(path, raw.strip()).value


def _edit_line(edit: Edit, today: date | None) -> str:
    state = "in force"
    if edit.withdrawn_at is not None:
        state = f"taken back by {edit.withdrawn_by} ({edit.withdrawn_why})"
    elif today is not None and not edit.is_live_on(today):
        state = "run out"
    until = f" until {edit.until}" if edit.until else ""
    said = f"{edit.key}={_text(edit.value)}" + (" confirmed" if edit.confirms else "")
    day = f"{edit.stated_at.astimezone(TIMEZONE):%Y-%m-%d}"
    return f"{edit.id} {day} {said}{until} by {edit.by} ({edit.why}): {state}"


def _shown(found: Found) -> Iterator[str]:
    listing = found.listing
    yield f"{pick_text(listing.service.name, 'nl')[0]} · {listing.organization.name}"
    yield f"id: {listing.id}" + (f" (was {found.moved_to})" if found.moved_to else "")
    if listing.withdrawn:
        yield "withdrawn: no source speaks of it any more"
    for key, who in listing.provenance.items():
        yield f"{key}: {_text(found.values.get(key))} ({_who(who)})"
        for claim in found.others.get(key, ()):
            yield f"    also said: {_text(claim.value)} ({_who(claim.provenance)})"


def _who(who: Provenance) -> str:
    said = f", said {who.said_on}" if who.said_on else ", undated" if who.kind == "source" else ""
    checked = f", checked {who.checked_on}" if who.checked_on else ""
    how = f" by {who.how}" if who.how and who.kind != "derived" else ""
    return f"{who.kind} {who.speaker}{said}{checked}{how}"


def _text(value: Value | None) -> str:
    return (
        "not known"
        if value is None
        else value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
    )
