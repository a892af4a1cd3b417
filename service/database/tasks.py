"""The tables of what waits for a person: tasks, and people's decisions that two records differ."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Json, Moment, key_to, metadata

OPEN, SNOOZED, CLOSED = "open", "snoozed", "closed"
"""The states of a task; a snoozed one is open again from its day on."""

task = sa.Table(
    "task",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("kind", sa.Text(), nullable=False),
    sa.Column("topic", sa.Text(), nullable=False, index=True),
    sa.Column("record_id", sa.Uuid(), sa.ForeignKey("source_record.id"), index=True),
    sa.Column("other_id", sa.Uuid(), sa.ForeignKey("source_record.id")),
    sa.Column("key", sa.Text()),
    sa.Column("about", Json, nullable=False),
    sa.Column("zones", sa.Text(), nullable=False),
    sa.Column("needs", sa.Text(), nullable=False),
    sa.Column("worth", sa.Float(), nullable=False),
    sa.Column("state", sa.Text(), nullable=False),
    sa.Column("opened_at", Moment(), nullable=False),
    sa.Column("snoozed_until", sa.Date()),
    sa.Column("closed_at", Moment()),
    sa.Column("closed_by", sa.Text()),
    sa.Column("outcome", sa.Text()),
    sa.Column("why", sa.Text()),
    sa.Column("reasons", Json),
    sa.Column("weighed_on", sa.Date()),
    sa.Column("undo", Json),
    sa.Index(None, "state", "kind"),
    sa.Index(None, "state", "worth", "kind", "zones", "needs", "snoozed_until"),
    sa.Index(None, "closed_at"),
)
"""Something to look at. ``topic`` says what it is about, so that it is open once at most; ``record_id`` and
``other_id`` are the records on both sides, which lead to the listings they feed; ``zones`` and ``needs`` are
codes with a space before and after each. ``worth`` was worked out on the day ``weighed_on`` (none: not yet)
for ``reasons``; ``undo`` names what an answer made, so that it can be taken back."""

distinction = sa.Table(
    "distinction",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("source_record.id", name="record_a"),
    key_to("source_record.id", name="record_b"),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("why", sa.Text(), nullable=False),
    sa.Column("decided_at", Moment(), nullable=False),
    sa.Column("undone_at", Moment()),
    sa.Column("undone_by", sa.Text()),
    sa.Column("undone_why", sa.Text()),
)
"""Somebody's decision that two records speak of different listings; no rule joins them any more."""
