"""The tables of official outlines: whole generations, of which one is in force."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Json, Moment, key_to, metadata

boundary_generation = sa.Table(
    "boundary_generation",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("source", sa.Text(), nullable=False),
    sa.Column("licence", sa.Text()),
    sa.Column("as_of", sa.Text()),
    sa.Column("loaded_at", Moment(), nullable=False),
    sa.Column("activated_at", Moment()),
    sa.Column("active", sa.Boolean(), nullable=False, default=False),
)
"""Outlines loaded together from one file; inactive until somebody looked at the differences."""

boundary = sa.Table(
    "boundary",
    metadata,
    key_to("boundary_generation.id", name="generation_id", primary_key=True, indexed=False),
    sa.Column("kind", sa.Text(), primary_key=True),
    sa.Column("code", sa.Text(), primary_key=True),
    sa.Column("name", sa.Text()),
    sa.Column("geometry", Json, nullable=False),
)
"""One outline as GeoJSON geometry: ``kind`` municipality (``code`` its NIS code) or zone (its zone id)."""
