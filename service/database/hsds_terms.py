"""The HSDS 3.1 tables of what hangs on a service or a place: ways in, hours, terms, coded facts."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import CLUSTERED, Json, key_to, metadata

phone = sa.Table(
    "phone",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("service.id"),
    sa.Column("number", sa.Text(), nullable=False),
    **CLUSTERED,
)

schedule = sa.Table(
    "schedule",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("service.id"),
    sa.Column("description", sa.Text()),
    sa.Column("timezone", sa.Text(), nullable=False),
    sa.Column("opening_hours", sa.Text()),
    **CLUSTERED,
)
"""``opening_hours`` (ours) is the expression of OpenStreetMap, ``description`` what the source said."""

service_area = sa.Table(
    "service_area",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("service.id"),
    sa.Column("name", sa.Text()),
    sa.Column("extent", sa.Text()),
    sa.Column("extent_type", sa.Text()),
    **CLUSTERED,
)

language = sa.Table(
    "language",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("service.id"),
    sa.Column("code", sa.Text(), nullable=False),
    **CLUSTERED,
)

cost_option = sa.Table(
    "cost_option",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("service.id"),
    sa.Column("option", sa.Text()),
    sa.Column("amount_description", sa.Text()),
    **CLUSTERED,
)

required_document = sa.Table(
    "required_document",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("service.id"),
    sa.Column("document", sa.Text(), nullable=False),
    **CLUSTERED,
)

accessibility = sa.Table(
    "accessibility",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("location.id"),
    sa.Column("description", sa.Text(), nullable=False),
    **CLUSTERED,
)

taxonomy = sa.Table(
    "taxonomy",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("name", sa.Text(), nullable=False, unique=True),
    sa.Column("description", sa.Text(), nullable=False),
    sa.Column("version", sa.Text()),
)

taxonomy_term = sa.Table(
    "taxonomy_term",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("taxonomy.id"),
    sa.Column("code", sa.Text(), nullable=False),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("description", sa.Text()),
    sa.Column("parent_id", sa.Uuid(), sa.ForeignKey("taxonomy_term.id")),
    sa.Column("labels", Json, nullable=False),
    sa.UniqueConstraint("taxonomy_id", "code"),
)
"""``labels`` (ours) is the name per language."""

attribute = sa.Table(
    "attribute",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("link_id", sa.Uuid(), nullable=False, index=True),
    sa.Column("link_entity", sa.Text(), nullable=False),
    sa.Column("link_type", sa.Text(), nullable=False),
    sa.Column("taxonomy_term_id", sa.Uuid(), sa.ForeignKey("taxonomy_term.id"), index=True),
    sa.Column("value", sa.Text()),
    **CLUSTERED,
)
"""A coded fact of a service or location: ``link_type`` is the field, the term or ``value`` what it says."""
