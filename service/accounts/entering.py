"""Signing in: by password, link or another provider, with tries counted and nothing told of who exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.accounts.audit import note
from service.accounts.limits import FROM_ADDRESS, LINK, WRONG_PASSWORD, count_try, forgive, is_over
from service.accounts.links import Purpose, account_of, forget_links, make_link, use_link
from service.accounts.passwords import hash_password, is_password
from service.accounts.person import Person
from service.accounts.sessions import begin_session, end_sessions
from service.accounts.store import Account, find_by_email
from service.accounts.tokens import keyed
from service.config import Settings
from service.database.accounts import ACTIVE, account
from service.database.session import writing
from service.errors import TooMany


@dataclass(frozen=True, slots=True)
class Door:
    """Where somebody comes from: the settings in force, the address of the network, the moment (aware)."""

    settings: Settings
    address: str
    now: datetime

    @property
    def is_limited(self) -> bool:
        """Whether tries are counted here."""
        return self.settings.limits == "on"


def enter_by_password(database: Engine, door: Door, email: str, password: str) -> str | None:
    """The word for the cookie of somebody who knows their password, else None, in the same time.

    A hash takes a good part of a tenth of a second, so no transaction is open meanwhile. Raises TooMany for
    an e-mail or an address that tried too often, right or wrong.
    """
    mark = keyed(door.settings, email.strip().lower())
    with writing(database) as connection:
        _check_address(connection, door)
        if door.is_limited and is_over(connection, WRONG_PASSWORD, mark, door.now):
            raise TooMany("Too many tries for this account. Try again in a quarter of an hour.")
        count_try(connection, WRONG_PASSWORD, mark, door.now)
        found = find_by_email(connection, email)
    is_right = is_password(password, found.password if found else None)
    if found is None or not is_right or found.state != ACTIVE:
        return None
    with writing(database) as connection:
        forgive(connection, WRONG_PASSWORD, mark)
        return _enter(connection, door, found, "password")


def ask_for_link(connection: Connection, door: Door, email: str) -> tuple[Person, str] | None:
    """The person to write to and the word of their link; None where there is no account, which nobody
    may learn. Raises TooMany."""
    mark = keyed(door.settings, email.strip().lower())
    _check_address(connection, door)
    if door.is_limited and is_over(connection, LINK, mark, door.now):
        raise TooMany("Several letters are on their way already. Look in your mailbox.")
    count_try(connection, LINK, mark, door.now)
    found = find_by_email(connection, email)
    if found is None or found.state != ACTIVE:
        return None
    return found.person, make_link(connection, found.person.id, "sign_in", door.now)


def enter_by_link(connection: Connection, door: Door, token: str, purpose: Purpose = "sign_in") -> str | None:
    """The word for the cookie of who has the link, which works no more; None for one that is over."""
    found = account_of(connection, token, purpose, door.now)
    if found is None:
        return None
    use_link(connection, token)
    _take_up(connection, found)
    return _enter(connection, door, found, "link")


def enter_by_openid(connection: Connection, door: Door, email: str) -> str | None:
    """The word for the cookie of whoever another provider says has this e-mail; None where there is no
    account, since none is made by itself. An invitation that waits is taken by it. Raises TooMany."""
    _check_address(connection, door)
    found = find_by_email(connection, email)
    if found is None:
        return None
    _take_up(connection, found)
    return _enter(connection, door, found, "openid")


def set_password(connection: Connection, person: Person, password: str, now: datetime) -> None:
    """A new password; every browser has to sign in again. Raises BadValue for a poor one."""
    hashed = hash_password(password, person.name, person.email.partition("@")[0])
    connection.execute(sa.update(account).where(account.c.id == person.id).values(password=hashed))
    end_sessions(connection, person)
    note(connection, person, "password", now)


def _take_up(connection: Connection, found: Account) -> None:
    """An invitation that waits is taken: its link opens nothing any more."""
    if found.state != ACTIVE:
        connection.execute(sa.update(account).where(account.c.id == found.person.id).values(state=ACTIVE))
        forget_links(connection, found.person.id)


def _enter(connection: Connection, door: Door, found: Account, way: str) -> str:
    note(connection, found.person, "sign_in", door.now, about={"way": way})
    return begin_session(connection, found.person, way, door.now, waits=found.totp is not None)


def _check_address(connection: Connection, door: Door) -> None:
    if not door.is_limited or not door.address:
        return
    mark = keyed(door.settings, door.address)
    if is_over(connection, FROM_ADDRESS, mark, door.now):
        raise TooMany("Too many tries from your address. Try again in a quarter of an hour.")
    count_try(connection, FROM_ADDRESS, mark, door.now)
