"""The tables of what people look for, as counts alone, and of the websites that are looked at."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Moment, metadata

demand = sa.Table(
    "demand",
    metadata,
    sa.Column("day", sa.Date(), primary_key=True),
    sa.Column("kind", sa.Text(), primary_key=True),
    sa.Column("need", sa.Text(), primary_key=True),
    sa.Column("municipality", sa.Text(), primary_key=True),
    sa.Column("b", sa.Text(), primary_key=True),
    sa.Column("criterion", sa.Text(), primary_key=True),
    sa.Column("searches", sa.Integer(), nullable=False),
    sa.Index(None, "municipality", "day"),
)
"""How many searches of a day asked for a need, were shown it, found nothing that fits, or could not be told a
fact (``kind``, see `service.model.demand`). What does not apply or is not known is empty."""

website = sa.Table(
    "website",
    metadata,
    sa.Column("address", sa.Text(), primary_key=True),
    sa.Column("looked_at", Moment(), nullable=False, index=True),
    sa.Column("broken_at", Moment()),
    sa.Column("reason", sa.Text()),
    sa.Column("is_dead", sa.Boolean(), nullable=False, server_default=sa.false()),
)
"""Websites of listings as they were found: ``broken_at`` is since when it does not answer (none: it does),
``reason`` what came instead, ``is_dead`` that it was broken twice, with a week between."""
