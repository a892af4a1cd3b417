"""The tables of the state of a zone: what was counted on a day, kept so that it can be seen over time."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import CLUSTERED, Json, Moment, metadata

ALL, THEME, NEED, MUNICIPALITY, SEARCHES = "all", "theme", "need", "municipality", "searches"
"""What a row of figures is about: the whole zone, one theme, one need, one municipality, and what people
looked for there in vain."""

state_count = sa.Table(
    "state_count",
    metadata,
    sa.Column("day", sa.Date(), primary_key=True),
    sa.Column("zone", sa.Text(), primary_key=True),
    sa.Column("counted_at", Moment(), nullable=False),
    sa.Column("points_of", sa.Text(), nullable=False),
    sa.Column("points", Json, nullable=False),
)
"""That a zone was counted on a day. ``points_of`` is people or postal_codes: what the coverage was counted
over; ``points`` are [latitude, longitude, people, place] of each."""

state_figures = sa.Table(
    "state_figures",
    metadata,
    sa.Column("zone", sa.Text(), primary_key=True),
    sa.Column("day", sa.Date(), primary_key=True),
    sa.Column("scope", sa.Text(), primary_key=True),
    sa.Column("code", sa.Text(), primary_key=True),
    sa.Column("figures", Json, nullable=False),
    sa.Index(None, "day", "scope", "code"),
    **CLUSTERED,
)
"""The figures of a zone, or of one theme, need or municipality in it (``code``, empty for the whole zone), by
name: whole numbers, a number that may be null, or two numbers (so many of so many)."""

state_reach = sa.Table(
    "state_reach",
    metadata,
    sa.Column("zone", sa.Text(), primary_key=True),
    sa.Column("day", sa.Date(), primary_key=True),
    sa.Column("need", sa.Text(), primary_key=True),
    sa.Column("people", Json, nullable=False),
    sa.Column("in_reach", sa.Text(), nullable=False),
    sa.Column("far", Json, nullable=False),
    **CLUSTERED,
)
"""How many people have no, one, two or more listings of a need in reach (``people``), per point of the zone
one digit (0, 1, 2) in ``in_reach``, and in ``far`` the places from where it is furthest."""
