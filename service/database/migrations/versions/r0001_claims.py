"""What was said: sources, records, links, edits, listings, the journal, the outbox, outlines."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_boundary_generation()
    _create_outbox()
    _create_source()
    _create_boundary()
    _create_import_run()
    _create_source_record()
    _create_edit()
    _create_link()
    _create_listing()
    _create_listing_alias()
    _create_rejected_row()
    _create_source_record_version()


def _create_boundary_generation() -> None:
    op.create_table(
        "boundary_generation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.Column("activated_at", MOMENT, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_boundary_generation"),
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", NUMBER, autoincrement=True, nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_outbox"),
        sqlite_autoincrement=True,
    )


def _create_source() -> None:
    op.create_table(
        "source",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("attribution", sa.Text(), nullable=True),
        sa.Column("precedence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
    )


def _create_boundary() -> None:
    op.create_table(
        "boundary",
        sa.Column("generation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("geometry", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["generation_id"],
            ["boundary_generation.id"],
            name="fk_boundary_generation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("generation_id", "kind", "code", name="pk_boundary"),
    )


def _create_import_run() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_import_run_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
    )
    op.create_index(
        "ix_import_run_source_id_started_at", "import_run", ["source_id", "started_at"], unique=False
    )


def _create_source_record() -> None:
    op.create_table(
        "source_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("said_on", sa.Text(), nullable=True),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("raw", JSON, nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_source_record_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_source_record"),
        sa.UniqueConstraint("source_id", "key", name="uq_source_record_source_id_key"),
    )
    op.create_index("ix_source_record_listing_id", "source_record", ["listing_id"], unique=False)


def _create_edit() -> None:
    op.create_table(
        "edit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("stated_at", MOMENT, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["listing_id"], ["source_record.id"], name="fk_edit_listing_id"),
        sa.PrimaryKeyConstraint("id", name="pk_edit"),
    )
    op.create_index("ix_edit_listing_id", "edit", ["listing_id"], unique=False)
    op.create_index("ix_edit_until", "edit", ["until"], unique=False)


def _create_link() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_a", sa.Uuid(), nullable=False),
        sa.Column("record_b", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_a"], ["source_record.id"], name="fk_link_record_a"),
        sa.ForeignKeyConstraint(["record_b"], ["source_record.id"], name="fk_link_record_b"),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
    )
    op.create_index("ix_link_record_a", "link", ["record_a"], unique=False)
    op.create_index("ix_link_record_b", "link", ["record_b"], unique=False)


def _create_listing() -> None:
    op.create_table(
        "listing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("resolved", JSON, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("recheck_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["source_record.id"], name="fk_listing_id"),
        sa.PrimaryKeyConstraint("id", name="pk_listing"),
    )
    op.create_index(
        "ix_listing_organization_id_hidden_id", "listing", ["organization_id", "hidden", "id"], unique=False
    )
    op.create_index("ix_listing_recheck_on", "listing", ["recheck_on"], unique=False)


def _create_listing_alias() -> None:
    op.create_table(
        "listing_alias",
        sa.Column("alias", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["alias"], ["source_record.id"], name="fk_listing_alias_alias"),
        sa.ForeignKeyConstraint(["listing_id"], ["source_record.id"], name="fk_listing_alias_listing_id"),
        sa.PrimaryKeyConstraint("alias", name="pk_listing_alias"),
    )
    op.create_index("ix_listing_alias_listing_id", "listing_alias", ["listing_id"], unique=False)


def _create_rejected_row() -> None:
    op.create_table(
        "rejected_row",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_run.id"], name="fk_rejected_row_run_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_rejected_row"),
    )
    op.create_index("ix_rejected_row_run_id", "rejected_row", ["run_id"], unique=False)


def _create_source_record_version() -> None:
    op.create_table(
        "source_record_version",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("said_on", sa.Text(), nullable=True),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("raw", JSON, nullable=True),
        sa.Column("replaced_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["source_record.id"], name="fk_source_record_version_record_id"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_source_record_version"),
    )
    op.create_index(
        "ix_source_record_version_record_id", "source_record_version", ["record_id"], unique=False
    )


def downgrade() -> None:
    raise NotImplementedError("Nabij goes back by putting back a copy of the database.")
