"""HSDS 3.1: organizations, services, places; with a spatial index of each database's own."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geography
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

POINT = "ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography"
RTREE = (
    "CREATE VIRTUAL TABLE location_rtree USING rtree(number, min_lat, max_lat, min_lon, max_lon)",
    """CREATE TRIGGER location_rtree_insert AFTER INSERT ON location WHEN new.latitude IS NOT NULL BEGIN
    INSERT INTO location_rtree VALUES (new.number, new.latitude, new.latitude, new.longitude, new.longitude);
    END""",
    """CREATE TRIGGER location_rtree_delete AFTER DELETE ON location BEGIN
    DELETE FROM location_rtree WHERE number = old.number;
    END""",
    """CREATE TRIGGER location_rtree_update AFTER UPDATE OF number, latitude, longitude ON location BEGIN
    DELETE FROM location_rtree WHERE number = old.number;
    INSERT INTO location_rtree SELECT new.number, new.latitude, new.latitude, new.longitude, new.longitude
    WHERE new.latitude IS NOT NULL;
    END""",
)


def upgrade() -> None:
    _create_organization()
    _create_organization_identifier()
    _create_location()
    _create_service()
    _create_address()
    _create_service_at_location()
    _create_spatial_index()


def _create_organization() -> None:
    op.create_table(
        "organization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alternate_name", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organization"),
    )


def _create_organization_identifier() -> None:
    op.create_table(
        "organization_identifier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("identifier_scheme", sa.Text(), nullable=True),
        sa.Column("identifier_type", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name="fk_organization_identifier_organization_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_organization_identifier"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_organization_identifier_organization_id",
        "organization_identifier",
        ["organization_id"],
        unique=False,
    )


def _create_location() -> None:
    op.create_table(
        "location",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("location_type", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name="fk_location_listing_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_location"),
        sa.UniqueConstraint("id", name="uq_location_id"),
    )
    op.create_index("ix_location_listing_id", "location", ["listing_id"], unique=False)


def _create_service() -> None:
    op.create_table(
        "service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", JSON, nullable=False),
        sa.Column("alternate_name", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("descriptions", JSON, nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("eligibility_description", sa.Text(), nullable=True),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("assured_date", sa.Date(), nullable=True),
        sa.Column("last_modified", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name="fk_service_listing_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_service"),
    )
    op.create_index("ix_service_listing_id", "service", ["listing_id"], unique=False)
    op.create_index("ix_service_organization_id", "service", ["organization_id"], unique=False)


def _create_address() -> None:
    op.create_table(
        "address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("address_1", sa.Text(), nullable=True),
        sa.Column("address_2", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("address_type", sa.Text(), nullable=False),
        sa.Column("streets", JSON, nullable=False),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_address_location_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_address_location_id", "address", ["location_id"], unique=False)
    op.create_index("ix_address_municipality", "address", ["municipality"], unique=False)


def _create_service_at_location() -> None:
    op.create_table(
        "service_at_location",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="fk_service_at_location_location_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_at_location_service_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_service_at_location"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_service_at_location_location_id", "service_at_location", ["location_id"], unique=False
    )
    op.create_index("ix_service_at_location_service_id", "service_at_location", ["service_id"], unique=False)


def _create_spatial_index() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in RTREE:
            op.execute(statement)
    else:
        point = Geography("POINT", srid=4326, spatial_index=False)
        op.add_column("location", sa.Column("point", point, sa.Computed(POINT, persisted=True)))
        op.create_index("ix_location_point", "location", ["point"], postgresql_using="gist")


def downgrade() -> None:
    raise NotImplementedError("Nabij goes back by putting back a copy of the database.")
