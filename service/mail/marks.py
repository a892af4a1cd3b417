"""Addresses that get no letters about listings: what was sent there came back, or they asked for none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.letters import address_mark

_FEW = 500  # addresses; for more it is quicker to read every mark, of which there are few


@dataclass(frozen=True, slots=True)
class Mark:
    """Why an address gets nothing; ``told`` is what the server of mail said."""

    bounced_at: datetime | None
    told: str | None
    declined_at: datetime | None


def marks_of(connection: Connection, addresses: Collection[str]) -> dict[str, Mark]:
    """The marks of those of the addresses (in small letters) that have one."""
    wanted, marked = {each.lower() for each in addresses}, sa.select(address_mark)
    if len(wanted) <= _FEW:
        marked = marked.where(address_mark.c.address.in_(sorted(wanted)))
    return {
        row.address: Mark(row.bounced_at, row.told, row.declined_at)
        for row in connection.execute(marked)
        if row.address in wanted and (row.bounced_at or row.declined_at)
    }


def mark_bounced(connection: Connection, address: str, told: str, now: datetime) -> None:
    """Nothing reaches this address."""
    _mark(connection, address, bounced_at=now, told=told)


def mark_declined(connection: Connection, address: str, now: datetime) -> None:
    """Who reads this address wants no letters about listings; signing in goes on."""
    _mark(connection, address, declined_at=now)


def clear_marks(connection: Connection, address: str) -> None:
    """It works again, or they want letters again."""
    connection.execute(sa.delete(address_mark).where(address_mark.c.address == address.lower()))


def _mark(connection: Connection, address: str, **values: Any) -> None:  # noqa: ANN401 (columns)
    table, key = address_mark.c, address.lower()
    changed = connection.execute(sa.update(address_mark).where(table.address == key).values(values))
    if not changed.rowcount:
        connection.execute(sa.insert(address_mark).values(address=key, **values))
