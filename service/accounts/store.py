"""Accounts in the database: making, finding, changing and removing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.person import ROLES, Grant, Person
from service.database.accounts import ACTIVE, CLOSED, INVITED, account, account_grant, one_time_link, session
from service.database.hsds import organization
from service.errors import BadValue, NotFound
from service.model.values import parse_value


@dataclass(frozen=True, slots=True)
class Account:
    """A person with the state of their account, and whether a password and a second factor are set."""

    person: Person
    state: str
    password: str | None
    totp: str | None
    made_at: datetime


def add_account(
    connection: Connection,
    email: str,
    name: str,
    language: str,
    grants: Iterable[Grant],
    now: datetime,
    *,
    password: str | None = None,
    active: bool = False,
) -> Person:
    """A new account; ``password`` is a hash. One that is not ``active`` waits until its invitation is taken.

    Raises BadValue for an e-mail that is none or has an account, an empty name, and a role that lacks its
    zone or its organization.
    """
    address = read_email(email)
    if find_by_email(connection, address) is not None:
        raise BadValue("email", address, "has an account already", "nabij user list")
    if not name.strip():
        raise BadValue("name", name, "is empty", "the name by which colleagues know them")
    person = Person(uuid4(), address, name.strip(), language, tuple(grants))
    row = {"id": person.id, "email": address, "name": person.name, "language": language, "password": password,
           "state": ACTIVE if active else INVITED, "made_at": now}  # fmt: skip
    connection.execute(sa.insert(account).values(row))
    set_grants(connection, person.id, person.grants)
    return person


def read_email(text: str) -> str:
    """An e-mail as accounts have it, in small letters. Raises BadValue."""
    return str(parse_value("contact.email", text.strip())).lower()


def set_grants(connection: Connection, account_id: UUID, grants: Collection[Grant]) -> None:
    """Put these roles in the place of those that they had. Raises BadValue."""
    for each in grants:
        _check(each)
    connection.execute(sa.delete(account_grant).where(account_grant.c.account_id == account_id))
    for each in grants:
        row = {"id": uuid4(), "account_id": account_id, "role": each.role, "zone": each.zone,
               "organization_id": each.organization}  # fmt: skip
        connection.execute(sa.insert(account_grant).values(row))


def find_by_email(connection: Connection, email: str) -> Account | None:
    """The account with an e-mail, whatever its state."""
    return _one(connection, account.c.email == email.strip().lower())


def find_account(connection: Connection, account_id: UUID) -> Account:
    """The account with an id. Raises NotFound."""
    found = _one(connection, account.c.id == account_id)
    if found is None:
        raise NotFound(f"There is no account {account_id}.")
    return found


def all_accounts(connection: Connection) -> list[Account]:
    """Every account that is not closed, by name."""
    rows = connection.execute(sa.select(account).where(account.c.state != CLOSED).order_by(account.c.name))
    return [_account(connection, row) for row in rows.all()]


def names_of(connection: Connection, ids: Iterable[str]) -> Mapping[str, str]:
    """The names behind what stands in ``by``: of an account its name, of anything else itself."""
    told = {each: each for each in ids}
    wanted = [found for each in told if (found := _uuid(each))]
    if wanted:
        rows = connection.execute(sa.select(account.c.id, account.c.name).where(account.c.id.in_(wanted)))
        told.update({str(row.id): row.name for row in rows})
    return told


def organization_names(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of organizations; those that there are not any more are left out."""
    wanted = sa.select(organization.c.id, organization.c.name).where(organization.c.id.in_(list(ids)))
    return {row.id: row.name for row in connection.execute(wanted)}


def close_account(connection: Connection, account_id: UUID) -> None:
    """Take an account's name, e-mail, password and roles away; what it did stays, by nobody's name."""
    find_account(connection, account_id)
    nobody = {"state": CLOSED, "email": None, "name": "", "password": None, "totp": None, "totp_step": None}
    connection.execute(sa.update(account).where(account.c.id == account_id).values(nobody))
    for table in (account_grant, session, one_time_link):
        connection.execute(sa.delete(table).where(table.c.account_id == account_id))


def _check(grant: Grant) -> None:
    if grant.role not in ROLES:
        raise BadValue("role", grant.role, "is no role", "one of " + ", ".join(ROLES))
    if grant.role == "coordinator" and not grant.zone:
        raise BadValue("zone", grant.zone, "is missing", "the zone that they coordinate")
    if grant.role == "editor" and not grant.organization:
        raise BadValue("organization", None, "is missing", "the organization whose listings they edit")


def _one(connection: Connection, which: sa.ColumnElement[bool]) -> Account | None:
    row = connection.execute(sa.select(account).where(which)).first()
    return _account(connection, row) if row else None


def _account(connection: Connection, row: sa.Row[tuple[object, ...]]) -> Account:
    held = sa.select(account_grant).where(account_grant.c.account_id == row.id).order_by(account_grant.c.id)
    grants = [Grant(each.role, each.zone, each.organization_id) for each in connection.execute(held)]
    person = Person(row.id, row.email or "", row.name, row.language, tuple(grants))
    return Account(person, row.state, row.password, row.totp, row.made_at)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
