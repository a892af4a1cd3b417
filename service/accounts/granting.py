"""Who brings whom in: inviting people, giving and taking away their roles, and removing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.audit import note
from service.accounts.leaving import remove_account
from service.accounts.links import make_link
from service.accounts.permissions import MAY_GIVE
from service.accounts.person import Grant, Person
from service.accounts.second import forget_second
from service.accounts.sessions import end_sessions
from service.accounts.store import Account, add_account, all_accounts, find_account, find_by_email, set_grants
from service.database.accounts import ACTIVE, account, account_grant
from service.database.claims import PUBLISHED, listing
from service.database.hsds import organization
from service.database.overview import listing_overview, listing_zone
from service.errors import BadValue, Forbidden
from service.geo.names import fold

MOST_NAMED = 12
"""Organizations that are offered for some words; who sees more types more words."""


def may_give(connection: Connection, person: Person, grant: Grant) -> bool:
    """Whether they may give this role to somebody, and take it away."""
    return any(
        grant.role in MAY_GIVE[own.role] and (own.zone is None or _reaches(connection, own.zone, grant))
        for own in person.grants
    )


def may_manage(connection: Connection, person: Person, other: Account) -> bool:
    """Whether they may remove somebody and write to them: all that the other one is was theirs to give."""
    held = other.person.grants
    if person.is_administrator:
        return True
    return bool(held) and all(may_give(connection, person, each) for each in held)


def people_for(connection: Connection, person: Person, words: str = "") -> list[Account]:
    """The accounts that they know of, by name: all, or those with a role that was theirs to give.

    ``words`` stand in the name or the e-mail.
    """
    wanted = words.strip().casefold()
    return [
        each
        for each in all_accounts(connection)
        if (wanted in each.person.name.casefold() or wanted in each.person.email)
        and (
            person.is_administrator
            or any(may_give(connection, person, grant) for grant in each.person.grants)
        )
    ]


def invite(
    connection: Connection, person: Person, email: str, name: str, language: str, grant: Grant, now: datetime
) -> tuple[Person, str | None]:
    """Make an account that waits for its owner; gives the word of the link for their letter.

    Who has an account gets the role beside those they have, and no letter. Raises Forbidden for a role that
    is not theirs to give, BadValue for an e-mail or a name that is none.
    """
    _require(connection, person, grant)
    found = find_by_email(connection, email)
    if found is not None:
        add_grant(connection, person, found.person.id, grant, now)
        return found.person, None
    made = add_account(connection, email, name, language, [grant], now)
    note(connection, person, "invited", now, about={"account": made.by, **_told(grant)})
    return made, make_link(connection, made.id, "invitation", now)


def invite_again(
    connection: Connection, person: Person, account_id: UUID, now: datetime
) -> tuple[Person, str]:
    """A new link for somebody whose invitation waits. Raises Forbidden, NotFound, and BadValue where it was
    taken."""
    found = _managed(connection, person, account_id)
    if found.state == ACTIVE:
        raise BadValue("state", found.state, "is no account that waits", "one that was invited")
    note(connection, person, "invited_again", now, about={"account": found.person.by})
    return found.person, make_link(connection, account_id, "invitation", now)


def add_grant(connection: Connection, person: Person, account_id: UUID, grant: Grant, now: datetime) -> None:
    """Give somebody one more role; they sign in again. Raises Forbidden and NotFound."""
    _require(connection, person, grant)
    found = find_account(connection, account_id)
    if grant in found.person.grants:
        return
    set_grants(connection, account_id, (*found.person.grants, grant))
    end_sessions(connection, found.person)
    note(connection, person, "role_given", now, about={"account": found.person.by, **_told(grant)})


def drop_grant(connection: Connection, person: Person, account_id: UUID, grant: Grant, now: datetime) -> None:
    """Take one role away; they sign in again. Raises Forbidden, NotFound, and BadValue for the last
    administrator."""
    _require(connection, person, grant)
    found = find_account(connection, account_id)
    if grant not in found.person.grants:
        return
    if grant.role == "administrator":
        _keep_one(connection, found)
    set_grants(connection, account_id, [each for each in found.person.grants if each != grant])
    end_sessions(connection, found.person)
    note(connection, person, "role_taken", now, about={"account": found.person.by, **_told(grant)})


def help_with_second(connection: Connection, person: Person, account_id: UUID, now: datetime) -> None:
    """Take away the second factor of somebody who lost it; only administrators do. Raises Forbidden."""
    if not person.is_administrator:
        raise Forbidden("This takes the role of administrator.")
    found = find_account(connection, account_id)
    forget_second(connection, account_id)
    end_sessions(connection, found.person)
    note(connection, person, "second_taken", now, about={"account": found.person.by})


def remove(connection: Connection, person: Person, account_id: UUID, now: datetime) -> None:
    """Take somebody's account away, with their name and e-mail wherever they stand. Raises Forbidden,
    NotFound, and BadValue for the last administrator."""
    found = _managed(connection, person, account_id)
    if found.person.is_administrator:
        _keep_one(connection, found)
    remove_account(connection, account_id, now)
    note(connection, person, "account_removed", now, about={"account": found.person.by})


def organizations_named(connection: Connection, words: str, zones: Sequence[str] | None) -> dict[UUID, str]:
    """Organizations that words point to, by name; with ``zones`` only those with listings there."""
    wanted = fold(words)
    if not wanted:
        return {}
    named = (
        sa.select(organization.c.id, organization.c.name)
        .join(listing, listing.c.organization_id == organization.c.id)
        .join(listing_overview, listing_overview.c.listing_id == listing.c.id)
        .where(listing.c.state == PUBLISHED, listing_overview.c.words.contains(wanted, autoescape=True))
    )
    if zones is not None:
        named = named.where(_lies_in(zones))
    found = connection.execute(named.distinct().order_by(organization.c.name).limit(MOST_NAMED))
    return {row.id: row.name for row in found}


def _lies_in(zones: Sequence[str]) -> sa.ColumnElement[bool]:
    zone = listing_zone.c
    return sa.exists().where(zone.listing_id == listing.c.id, zone.zone.in_(list(zones)))


def _reaches(connection: Connection, zone: str, grant: Grant) -> bool:
    if grant.organization is None:
        return grant.zone == zone
    theirs = sa.select(listing.c.id).where(
        listing.c.organization_id == grant.organization, listing.c.state == PUBLISHED, _lies_in([zone])
    )
    return connection.scalar(theirs.limit(1)) is not None


def _require(connection: Connection, person: Person, grant: Grant) -> None:
    if not may_give(connection, person, grant):
        raise Forbidden("This role is not yours to give or to take away.")


def _managed(connection: Connection, person: Person, account_id: UUID) -> Account:
    found = find_account(connection, account_id)
    if not may_manage(connection, person, found):
        raise Forbidden("This person has roles that are not yours to give.")
    return found


def _keep_one(connection: Connection, found: Account) -> None:
    others = (
        sa.select(account.c.id)
        .join(account_grant)
        .where(
            account_grant.c.role == "administrator",
            account.c.state == ACTIVE,
            account.c.id != found.person.id,
        )
    )
    if connection.scalar(others.limit(1)) is None:
        raise BadValue("role", "administrator", "is held by nobody else", "make another administrator first")


def _told(grant: Grant) -> dict[str, str]:
    told = {"role": grant.role, "zone": grant.zone, "organization": grant.organization}
    return {name: str(value) for name, value in told.items() if value is not None}
