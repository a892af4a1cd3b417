"""How often something may be tried: sign-in, links by mail and public forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.tokens import keyed
from service.config import Settings
from service.database.accounts import attempt

KEPT = timedelta(days=1)
"""How long a try is remembered."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` tries of a ``kind`` within a time, for one e-mail or one address of the network."""

    kind: str
    most: int
    within: timedelta


WRONG_PASSWORD = Limit("wrong_password", 8, timedelta(minutes=15))
"""For one account: a person mistypes three times, a machine a thousand times."""

WRONG_CODE = Limit("wrong_code", 5, timedelta(minutes=15))
"""For one account: a million codes, three of them right at a time."""

FROM_ADDRESS = Limit("sign_in", 40, timedelta(minutes=15))
"""For one address of the network: a town hall signs in from one."""

PUBLIC_FORM = Limit("public_form", 20, timedelta(hours=1))
"""For one address of the network: what visitors may tell us; a house of many helpers has one address."""

LINK = Limit("link", 4, timedelta(minutes=30))
"""Letters with a link to one e-mail."""


def may_send(connection: Connection, settings: Settings, address: str, now: datetime) -> bool:
    """Whether a visitor at this address of the network may send a public form now; counts it."""
    if settings.limits != "on" or not address:
        return True
    mark = keyed(settings, f"form {address}")
    if is_over(connection, PUBLIC_FORM, mark, now):
        return False
    count_try(connection, PUBLIC_FORM, mark, now)
    return True


def is_over(connection: Connection, limit: Limit, mark: str, now: datetime) -> bool:
    """Whether it was tried too often; ``mark`` is a keyed digest of the e-mail or of the address."""
    table = attempt.c
    count = sa.select(sa.func.count()).select_from(attempt)
    since = now - limit.within
    tried = connection.scalar(count.where(table.kind == limit.kind, table.digest == mark, table.at > since))
    return (tried or 0) >= limit.most


def count_try(connection: Connection, limit: Limit, mark: str, now: datetime) -> None:
    """Remember one try, and forget those of yesterday."""
    connection.execute(sa.insert(attempt).values(kind=limit.kind, digest=mark, at=now))
    connection.execute(sa.delete(attempt).where(attempt.c.at <= now - KEPT))


def forgive(connection: Connection, limit: Limit, mark: str) -> None:
    """Forget the tries of one, after a right one."""
    table = attempt.c
    connection.execute(sa.delete(attempt).where(table.kind == limit.kind, table.digest == mark))
