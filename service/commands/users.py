"""`nabij user`: the accounts of those who work at the desk, from the command line."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import click
from sqlalchemy.engine import Connection

from service.accounts.audit import note
from service.accounts.leaving import remove_account
from service.accounts.links import make_link
from service.accounts.passwords import hash_password
from service.accounts.person import ROLES, Grant, Person, Role
from service.accounts.store import add_account, all_accounts, find_by_email
from service.commands.ground import current_database, now, settings_in_force
from service.config import Settings
from service.database.accounts import CLOSED
from service.database.session import reading, writing
from service.errors import BadValue, NotFound
from service.geo.places import gazetteer
from service.home import note_of
from service.i18n.locales import DEFAULT, LOCALES


@click.group("user")
def user_command() -> None:
    """Accounts: who works at the desk, and in which role."""


@user_command.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The name by which colleagues know them.")
@click.option("--role", type=click.Choice(ROLES), default="administrator", show_default=True)
@click.option("--zone", multiple=True, help="The zone that they coordinate or read of, as bxl-noord.")
@click.option("--organization", help="The id of the organization whose listings they edit.")
@click.option("--language", type=click.Choice(list(LOCALES)), default=DEFAULT, show_default=True)
@click.option(
    "--password/--no-password", default=True, help="Ask for a password now, or sign in by mail alone."
)
def add_command(
    email: str, name: str, role: Role, zone: tuple[str, ...], organization: str | None, language: str,
    password: bool,
) -> None:  # fmt: skip
    """Make an account; the first administrator is made so."""
    database = current_database(settings_in_force())
    for each in zone:
        gazetteer().zones.zone(each)
    grants = [Grant(role, each, None) for each in zone] or [Grant(role, None, _organization(organization))]
    hashed = None
    if password:
        text = click.prompt("Password (a sentence that only they know)", hide_input=True,
                            confirmation_prompt=True)  # fmt: skip
        hashed = hash_password(text, name, email.partition("@")[0])
    with writing(database) as connection:
        made = add_account(connection, email, name, language, grants, now(), password=hashed, active=True)
        note(connection, None, "account_made", now(), about={"account": made.by})
    click.echo(f"{made.name} <{made.email}> may sign in at /desk as {role}.")


@user_command.command("list")
def list_command() -> None:
    """Show every account with its roles."""
    with reading(current_database(settings_in_force())) as connection:
        for each in all_accounts(connection):
            held = [f"{g.role} {g.zone or g.organization or ''}".strip() for g in each.person.grants]
            click.echo(f"{each.person.email}  {each.person.name}  {each.state}  {', '.join(held)}")


@user_command.command("link")
@click.argument("email")
def link_command(email: str) -> None:
    """Print a link with which somebody signs in, once, for twenty minutes: for a demo, or without mail."""
    settings = settings_in_force()
    with writing(current_database(settings)) as connection:
        found = find_by_email(connection, email)
        if found is None or found.state == CLOSED:
            raise NotFound(f"There is no account {email}.")
        click.echo(link_for(connection, settings, found.person))


def link_for(connection: Connection, settings: Settings, person: Person) -> str:
    """The address at which somebody signs in, once."""
    word = make_link(connection, person.id, "sign_in", now())
    note(connection, None, "link_printed", now(), about={"account": person.by})
    running = note_of(demo_lock(settings))  # a demo may listen at another port than this command was told
    told = running if running.startswith("http") and not settings.public_url else settings.address
    return f"{told}/{person.language}/desk/arrive/{word}"


def demo_lock(settings: Settings) -> Path:
    """The file that a demo holds while it runs; its address stands in it."""
    return settings.home / "demo.lock"


@user_command.command("remove")
@click.argument("email")
def remove_command(email: str) -> None:
    """Take an account away, its name and e-mail wherever they stand; what it did stays without a name."""
    with writing(current_database(settings_in_force())) as connection:
        found = find_by_email(connection, email)
        if found is None:
            raise NotFound(f"There is no account {email}.")
        remove_account(connection, found.person.id, now())
        note(connection, None, "account_removed", now(), about={"account": found.person.by})
    click.echo("The account is gone.")


def _organization(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise BadValue("organization", text, "is no id of an organization", "a UUID") from None
