"""The table of listings whose search document must be made again, in the order of their change."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Moment, Number, metadata

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("position", Number, primary_key=True, autoincrement=True),
    sa.Column("listing_id", sa.Uuid(), nullable=False),
    sa.Column("changed_at", Moment(), nullable=False),
    sqlite_autoincrement=True,
)
"""Written in the transaction that changes the listing; a position is never used twice."""
