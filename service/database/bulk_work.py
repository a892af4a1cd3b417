"""The tables of work on many listings at once: what would be done, what was done, and its undoing."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Json, Moment, key_to, metadata

bulk_preview = sa.Table(
    "bulk_preview",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("kind", sa.Text(), nullable=False),
    sa.Column("made_at", Moment(), nullable=False),
    sa.Column("expires_at", Moment(), nullable=False, index=True),
    sa.Column("content", Json, nullable=False),
)
"""What somebody was shown and has not said yes to; it is kept here so that the yes is to nothing else."""

batch = sa.Table(
    "batch",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("kind", sa.Text(), nullable=False),
    sa.Column("about", Json, nullable=False),
    sa.Column("done_at", Moment(), nullable=False),
    sa.Column("undone_at", Moment()),
    sa.Column("undone_by", sa.Text()),
    sa.Index(None, "by", "done_at"),
)
"""Work on many listings that was done in one go; ``undone_at`` is when all of it was taken back."""

batch_item = sa.Table(
    "batch_item",
    metadata,
    key_to("batch.id", primary_key=True, indexed=False),
    sa.Column("number", sa.Integer(), primary_key=True),
    sa.Column("listing_id", sa.Uuid(), sa.ForeignKey("source_record.id"), nullable=False, index=True),
    sa.Column("edit_id", sa.Uuid(), sa.ForeignKey("edit.id"), index=True),
    sa.Column("task_id", sa.Uuid(), sa.ForeignKey("task.id"), index=True),
    sa.Column("before", Json),
)
"""One part of it: an edit that was stated, or a task with how it stood ``before``."""
