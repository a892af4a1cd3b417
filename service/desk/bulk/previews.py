"""What somebody was shown before a yes to work on many listings; kept here, so that nobody forges the yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.person import Person
from service.database.bulk_work import bulk_preview
from service.errors import NotFound

Kind = Literal["import", "set", "language", "confirm", "snooze", "ask"]
KEPT = timedelta(hours=12)
"""A day's work; what nobody said yes to by then is made again from the file."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be done: ``content`` is as its kind needs it, in JSON."""

    id: UUID
    kind: Kind
    made_at: datetime
    content: Mapping[str, Any]


def keep_preview(
    connection: Connection, person: Person, kind: Kind, content: Mapping[str, Any], now: datetime
) -> UUID:
    """Keep it for whoever made it; what ran out goes. Gives its id."""
    connection.execute(sa.delete(bulk_preview).where(bulk_preview.c.expires_at <= now))
    made = {"id": uuid4(), "by": person.by, "kind": kind, "made_at": now, "expires_at": now + KEPT}
    connection.execute(sa.insert(bulk_preview).values(**made, content=dict(content)))
    return UUID(str(made["id"]))


def read_preview(connection: Connection, preview: UUID, person: Person, now: datetime) -> Preview:
    """What this person was shown. Raises NotFound for another's, or one that ran out or was said yes to."""
    table = bulk_preview.c
    wanted = sa.select(bulk_preview).where(table.id == preview, table.by == person.by, table.expires_at > now)
    row = connection.execute(wanted).first()
    if row is None:
        raise NotFound("This preview is not kept any more.")
    return Preview(row.id, row.kind, row.made_at, row.content)


def forget_preview(connection: Connection, preview: UUID) -> None:
    """It was said yes or no to."""
    connection.execute(sa.delete(bulk_preview).where(bulk_preview.c.id == preview))
