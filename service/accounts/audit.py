"""The audit: who changed, or saw, what is not public."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.person import Person
from service.database.accounts import audit


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
