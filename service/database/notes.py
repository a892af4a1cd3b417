"""The table of tips that professionals leave one another on a listing."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Moment, metadata

worker_note = sa.Table(
    "worker_note",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("listing_id", sa.Uuid(), sa.ForeignKey("source_record.id"), nullable=False, index=True),
    sa.Column("language", sa.Text(), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("written_at", Moment(), nullable=False),
    sa.Column("expires_on", sa.Date(), nullable=False, index=True),
    sa.Column("removed_at", Moment()),
    sa.Column("removed_by", sa.Text()),
)
"""``expires_on`` is the first day on which it is shown no more; the record leads to the listing it feeds."""
