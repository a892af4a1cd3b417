"""The table of changes to which places zones are made of."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Json, Moment, metadata

zone_change = sa.Table(
    "zone_change",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("kind", sa.Text(), nullable=False),
    sa.Column("zone", sa.Text()),
    sa.Column("nis", sa.Text(), nullable=False),
    sa.Column("postal_codes", Json, nullable=False),
    sa.Column("part", sa.Text(), nullable=False),
    sa.Column("from_day", sa.Date(), nullable=False),
    sa.Column("source", sa.Text(), nullable=False),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("stated_at", Moment(), nullable=False),
    sa.Column("activated_at", Moment()),
    sa.Column("activated_by", sa.Text()),
    sa.Column("settled_at", Moment()),
    sa.Column("withdrawn_at", Moment()),
    sa.Column("withdrawn_by", sa.Text()),
)
"""From a day on a municipality, or some postal codes of it (``part`` is what people call them), lies in
``zone`` (none: in no zone of this ``kind``), says a source. It counts once it is activated and until it is
withdrawn; ``settled_at`` is when the listings had followed."""
