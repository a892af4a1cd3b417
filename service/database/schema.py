"""Every table of the database, gathered so that they hang on the one MetaData."""

from __future__ import annotations

from service.database import (
    accounts,
    boundaries,
    claims,
    demand,
    hsds,
    hsds_terms,
    letters,
    matches,
    outbox,
    runs,
    state,
    tasks,
)
from service.database.metadata import metadata

__all__ = [
    "accounts", "boundaries", "claims", "demand", "hsds", "hsds_terms", "letters", "matches",
    "metadata", "outbox", "runs", "state", "tasks",
]  # fmt: skip
