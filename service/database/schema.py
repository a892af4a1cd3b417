"""Every table of the database, gathered so that they hang on the one MetaData."""

from __future__ import annotations

from service.database import (
    accounts,
    boundaries,
    bulk_work,
    claims,
    composition,
    demand,
    hsds,
    hsds_terms,
    letters,
    matches,
    notes,
    outbox,
    overview,
    runs,
    state,
    tasks,
)
from service.database.metadata import metadata

__all__ = [
    "accounts", "boundaries", "bulk_work", "claims", "composition", "demand", "hsds", "hsds_terms",
    "letters", "matches", "metadata", "notes", "outbox", "overview", "runs", "state", "tasks",
]  # fmt: skip
