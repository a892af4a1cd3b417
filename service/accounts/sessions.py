"""Sessions: a browser that is signed in, from its first page to its last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.person import Person
from service.accounts.store import find_account
from service.accounts.tokens import digest, new_token
from service.database.accounts import ACTIVE, session
from service.errors import NotFound

LONGEST = timedelta(days=14)
"""Then one signs in again, however busy."""

IDLE = timedelta(hours=12)
"""A day at work; who comes back tomorrow signs in again."""

_SEEN_EVERY = timedelta(minutes=10)  # a page should not have to write


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody at a browser; ``way`` is how they came in, ``waits``: the second factor is still to come.

    ``is_due`` says that its last moment should be written down, ``has_second`` that the account has a second
    factor.
    """

    digest: str
    person: Person
    way: str
    waits: bool
    is_due: bool
    has_second: bool


def begin_session(
    connection: Connection, person: Person, way: str, now: datetime, *, waits: bool = False
) -> str:
    """Sign somebody in; gives the word for the cookie. ``way`` is password, link or openid."""
    token = new_token()
    row = {"digest": digest(token), "account_id": person.id, "way": way, "begun_at": now, "seen_at": now,
           "ends_at": now + LONGEST, "waits": waits}  # fmt: skip
    connection.execute(sa.insert(session).values(row))
    return token


def find_session(connection: Connection, token: str, now: datetime) -> Session | None:
    """Whose session it is; None for one that there is not, that ended, or whose account is not in use."""
    row = connection.execute(sa.select(session).where(session.c.digest == digest(token))).first()
    if row is None or row.ends_at <= now or row.seen_at + IDLE <= now:
        return None
    try:
        found = find_account(connection, row.account_id)
    except NotFound:
        return None
    if found.state != ACTIVE:
        return None
    is_due = row.seen_at + _SEEN_EVERY <= now
    return Session(row.digest, found.person, row.way, row.waits, is_due, found.totp is not None)


def keep_session(connection: Connection, held: Session, now: datetime) -> None:
    """Write down that it is in use."""
    connection.execute(sa.update(session).where(session.c.digest == held.digest).values(seen_at=now))


def end_session(connection: Connection, token: str) -> None:
    """Sign out at this browser."""
    connection.execute(sa.delete(session).where(session.c.digest == digest(token)))


def end_sessions(connection: Connection, person: Person) -> None:
    """Sign out everywhere: after a new password, or a changed role."""
    connection.execute(sa.delete(session).where(session.c.account_id == person.id))


def end_other_sessions(connection: Connection, held: Session) -> None:
    """Sign somebody out at every browser but this one."""
    others = (session.c.account_id == held.person.id, session.c.digest != held.digest)
    connection.execute(sa.delete(session).where(*others))


def sweep(connection: Connection, now: datetime) -> None:
    """Forget sessions that ended."""
    connection.execute(sa.delete(session).where(session.c.ends_at <= now))
