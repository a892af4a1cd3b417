"""The audit: who changed, or saw, what is not public."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.person import Person
from service.config import TIMEZONE
from service.database.accounts import audit

KEPT = timedelta(days=2 * 365)
"""How long a line is kept: long enough for a complaint, not for ever."""


def note(
    connection: Connection,
    person: Person | None,
    action: str,
    now: datetime,
    *,
    listing: UUID | None = None,
    about: Mapping[str, Any] | None = None,
) -> None:
    """Write one line, in the transaction of what it tells of; ``person`` None is the command line or Nabij.

    ``action`` is a word of the code (edit, merge, see_hidden, sign_in, ...); nothing in ``about`` is a
    value of a field or about a person who is helped.
    """
    row = {"at": now, "account_id": person.id if person else None, "action": action, "listing_id": listing,
           "about": dict(about or {})}  # fmt: skip
    connection.execute(sa.insert(audit).values(row))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines one looks for; None stands for any. The days are inclusive, in Belgium."""

    account: UUID | None = None
    listing: UUID | None = None
    action: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the audit; no account is the command line or Nabij itself."""

    at: datetime
    account: UUID | None
    action: str
    listing: UUID | None
    about: Mapping[str, Any]


def read_audit(connection: Connection, wanted: Wanted, limit: int, offset: int = 0) -> list[Line]:
    """The lines, the newest first."""
    table = audit.c
    lines = sa.select(audit).where(*_conditions(wanted)).order_by(table.at.desc(), table.number.desc())
    rows = connection.execute(lines.limit(limit).offset(offset))
    return [Line(row.at, row.account_id, row.action, row.listing_id, row.about) for row in rows]


def noted_since(
    connection: Connection, person: Person, since: datetime, listings: Collection[UUID | None]
) -> set[tuple[UUID | None, str]]:
    """What stands written of a person and these listings since then: listing and action."""
    table = audit.c
    known = [each for each in listings if each is not None]
    about = sa.or_(table.listing_id.in_(known), table.listing_id.is_(None))
    rows = connection.execute(
        sa.select(table.listing_id, table.action).where(
            table.account_id == person.id, table.at >= since, about
        )
    )
    return {(row.listing_id, row.action) for row in rows}


def actions_noted(connection: Connection) -> list[str]:
    """Every action that stands in the audit, in the order of the alphabet."""
    return list(connection.scalars(sa.select(audit.c.action).distinct().order_by(audit.c.action)))


def forget_old(connection: Connection, now: datetime) -> int:
    """Take away the lines that are older than `KEPT`; gives how many."""
    return connection.execute(sa.delete(audit).where(audit.c.at < now - KEPT)).rowcount


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    table, found = audit.c, []
    if wanted.account is not None:
        found.append(table.account_id == wanted.account)
    if wanted.listing is not None:
        found.append(table.listing_id == wanted.listing)
    if wanted.action is not None:
        found.append(table.action == wanted.action)
    if wanted.first is not None:
        found.append(table.at >= datetime.combine(wanted.first, time(), TIMEZONE))
    if wanted.last is not None:
        found.append(table.at < datetime.combine(wanted.last + timedelta(days=1), time(), TIMEZONE))
    return found
