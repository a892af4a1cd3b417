"""Links that are sent by mail and work once: for signing in, and for taking an invitation."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.store import Account, find_account
from service.accounts.tokens import digest, new_token
from service.database.accounts import CLOSED, one_time_link

Purpose = Literal["sign_in", "invitation"]

LASTS: dict[Purpose, timedelta] = {"sign_in": timedelta(minutes=20), "invitation": timedelta(days=7)}
"""How long each holds."""


def make_link(connection: Connection, account_id: UUID, purpose: Purpose, now: datetime) -> str:
    """A new word for a link; the earlier ones for the same purpose hold no longer."""
    table = one_time_link.c
    same = (table.account_id == account_id, table.purpose == purpose)
    connection.execute(sa.delete(one_time_link).where(sa.or_(sa.and_(*same), table.ends_at <= now)))
    token = new_token()
    row = {"digest": digest(token), "account_id": account_id, "purpose": purpose, "made_at": now,
           "ends_at": now + LASTS[purpose]}  # fmt: skip
    connection.execute(sa.insert(one_time_link).values(row))
    return token


def account_of(connection: Connection, token: str, purpose: Purpose, now: datetime) -> Account | None:
    """Whose link it is; None for one that was used, that ended, or that never was."""
    table = one_time_link.c
    wanted = sa.select(table.account_id).where(
        table.digest == digest(token), table.purpose == purpose, table.ends_at > now
    )
    account_id = connection.scalar(wanted)
    if account_id is None:
        return None
    found = find_account(connection, account_id)
    return None if found.state == CLOSED else found


def use_link(connection: Connection, token: str) -> None:
    """It works no more."""
    connection.execute(sa.delete(one_time_link).where(one_time_link.c.digest == digest(token)))


def forget_links(connection: Connection, account_id: UUID) -> None:
    """No link of this account works any more."""
    connection.execute(sa.delete(one_time_link).where(one_time_link.c.account_id == account_id))
