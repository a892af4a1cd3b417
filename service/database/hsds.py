"""The HSDS 3.1 tables of organizations, services and places, holding resolved values that may be shown."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa
from geoalchemy2 import Geography
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn
from sqlalchemy.sql.compiler import DDLCompiler

from service.database.metadata import CLUSTERED, Json, Moment, Number, key_to, metadata

POINT = "ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography"

organization = sa.Table(
    "organization",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("alternate_name", sa.Text()),
    sa.Column("description", sa.Text()),
    sa.Column("email", sa.Text()),
    sa.Column("website", sa.Text()),
    sa.Column("listing_id", sa.Uuid(), nullable=False),
)
"""``listing_id`` (ours) is the listing that the row was made from."""

organization_identifier = sa.Table(
    "organization_identifier",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("organization.id"),
    sa.Column("identifier_scheme", sa.Text()),
    sa.Column("identifier_type", sa.Text(), nullable=False),
    sa.Column("identifier", sa.Text(), nullable=False),
    **CLUSTERED,
)

service = sa.Table(
    "service",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("listing.id"),
    sa.Column("organization_id", sa.Uuid(), nullable=False, index=True),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("names", Json, nullable=False),
    sa.Column("alternate_name", sa.Text()),
    sa.Column("description", sa.Text()),
    sa.Column("descriptions", Json, nullable=False),
    sa.Column("url", sa.Text()),
    sa.Column("email", sa.Text()),
    sa.Column("status", sa.Text(), nullable=False),
    sa.Column("eligibility_description", sa.Text()),
    sa.Column("minimum_age", sa.Integer()),
    sa.Column("maximum_age", sa.Integer()),
    sa.Column("assured_date", sa.Date()),
    sa.Column("last_modified", Moment(), nullable=False),
)
"""``names`` and ``descriptions`` (ours) hold the text per language; ``status`` is active or inactive."""

location = sa.Table(
    "location",
    metadata,
    sa.Column("number", Number, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Uuid(), nullable=False, unique=True),
    key_to("listing.id"),
    sa.Column("location_type", sa.Text(), nullable=False),
    sa.Column("latitude", sa.Double()),
    sa.Column("longitude", sa.Double()),
    sa.Column("precision", sa.Text()),
    sa.Column(
        "point",
        Geography("POINT", srid=4326, spatial_index=False),
        sa.Computed(POINT, persisted=True),
        info={"dialect": "postgresql"},
    ),
    sa.Index("ix_location_point", "point", postgresql_using="gist", info={"dialect": "postgresql"}),
)
"""``number`` (ours) is the key of the R*Tree; ``point`` (ours) exists on PostgreSQL alone."""

service_at_location = sa.Table(
    "service_at_location",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("service.id"),
    key_to("location.id"),
    **CLUSTERED,
)

address = sa.Table(
    "address",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("location.id"),
    sa.Column("address_1", sa.Text()),
    sa.Column("address_2", sa.Text()),
    sa.Column("city", sa.Text()),
    sa.Column("postal_code", sa.Text()),
    sa.Column("country", sa.Text()),
    sa.Column("address_type", sa.Text(), nullable=False),
    sa.Column("streets", Json, nullable=False),
    sa.Column("municipality", sa.Text(), index=True),
    **CLUSTERED,
)
"""``streets`` (ours) is the street per language, ``municipality`` (ours) the NIS code."""


@compiles(CreateColumn, "sqlite")
def _create_column(element: CreateColumn, compiler: DDLCompiler, **options: object) -> str | None:
    """Leave out of SQLite what only PostgreSQL has."""
    if element.element.info.get("dialect", "sqlite") != "sqlite":
        return None
    return cast(str | None, compiler.visit_create_column(element, **options))  # type: ignore[no-untyped-call]
