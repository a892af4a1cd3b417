"""The list of listings, work on many of them at once, tips of professionals, changes of zones."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_overview()
    _create_batches()
    _create_note()
    _create_change()
    # The list follows from the claims; `nabij check` asks for a rebuild until then.
    op.execute("UPDATE listing SET checksum = ''")


def downgrade() -> None:
    raise NotImplementedError("Nabij goes back by putting back a copy of the database.")


def _create_overview() -> None:
    op.create_table(
        "listing_overview",
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("zones", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("check_on", sa.Date(), nullable=True),
        sa.Column("stale_on", sa.Date(), nullable=True),
        _key("listing_overview", "listing_id", "listing.id"),
        sa.PrimaryKeyConstraint("listing_id", name="pk_listing_overview"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listing_overview_municipality", "listing_overview", ["municipality"], unique=False)
    op.create_index(
        "ix_listing_overview_sort_name_listing_id", "listing_overview", ["sort_name", "listing_id"],
        unique=False,
    )  # fmt: skip
    op.create_table(
        "listing_zone",
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        _key("listing_zone", "listing_id", "listing.id"),
        sa.PrimaryKeyConstraint("zone", "sort_name", "listing_id", name="pk_listing_zone"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listing_zone_listing_id", "listing_zone", ["listing_id"], unique=False)


def _create_batches() -> None:
    op.create_table(
        "bulk_preview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_preview"),
    )
    op.create_index("ix_bulk_preview_expires_at", "bulk_preview", ["expires_at"], unique=False)
    op.create_table(
        "batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", JSON, nullable=False),
        sa.Column("done_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_index("ix_batch_by_done_at", "batch", ["by", "done_at"], unique=False)
    op.create_table(
        "batch_item",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("edit_id", sa.Uuid(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("before", JSON, nullable=True),
        _key("batch_item", "batch_id", "batch.id"),
        sa.ForeignKeyConstraint(["listing_id"], ["source_record.id"], name="fk_batch_item_listing_id"),
        sa.ForeignKeyConstraint(["edit_id"], ["edit.id"], name="fk_batch_item_edit_id"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_batch_item_task_id"),
        sa.PrimaryKeyConstraint("batch_id", "number", name="pk_batch_item"),
    )
    for column in ("listing_id", "edit_id", "task_id"):
        op.create_index(f"ix_batch_item_{column}", "batch_item", [column], unique=False)


def _create_note() -> None:
    op.create_table(
        "worker_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("removed_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["listing_id"], ["source_record.id"], name="fk_worker_note_listing_id"),
        sa.PrimaryKeyConstraint("id", name="pk_worker_note"),
    )
    op.create_index("ix_worker_note_listing_id", "worker_note", ["listing_id"], unique=False)
    op.create_index("ix_worker_note_expires_on", "worker_note", ["expires_on"], unique=False)


def _create_change() -> None:
    op.create_table(
        "zone_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("nis", sa.Text(), nullable=False),
        sa.Column("postal_codes", JSON, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("stated_at", MOMENT, nullable=False),
        sa.Column("activated_at", MOMENT, nullable=True),
        sa.Column("activated_by", sa.Text(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_zone_change"),
    )


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", ondelete="CASCADE")
