"""The tables of the list of listings: one short row each, so that a page of it reads no whole listing."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import CLUSTERED, key_to, metadata

listing_overview = sa.Table(
    "listing_overview",
    metadata,
    key_to("listing.id", primary_key=True, indexed=False),
    sa.Column("state", sa.Text(), nullable=False),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("organization", sa.Text(), nullable=False),
    sa.Column("words", sa.Text(), nullable=False),
    sa.Column("sort_name", sa.Text(), nullable=False),
    sa.Column("municipality", sa.Text(), index=True),
    sa.Column("zones", sa.Text(), nullable=False),
    sa.Column("needs", sa.Text(), nullable=False),
    sa.Column("missing", sa.Text(), nullable=False),
    sa.Column("check_on", sa.Date()),
    sa.Column("stale_on", sa.Date()),
    sa.Index(None, "sort_name", "listing_id"),
    **CLUSTERED,
)
"""Follows from the listing and goes with it. ``words`` are its names folded, for looking in; ``zones`` that
it lies in, ``needs`` and ``missing`` (fields that nobody stated) are codes with a space around each."""

listing_zone = sa.Table(
    "listing_zone",
    metadata,
    sa.Column("zone", sa.Text(), primary_key=True),
    sa.Column("sort_name", sa.Text(), primary_key=True),
    key_to("listing.id", primary_key=True),
    **CLUSTERED,
)
"""The zones that a listing lies in, in the order in which a zone's listings are listed."""
