"""Matching, tasks, confirmations and days of the next check."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _add_columns()
    _create_sketch()
    _create_identifier()
    _create_likeness()
    _create_distinction()
    _create_task()


def downgrade() -> None:
    raise NotImplementedError("Nabij goes back by putting back a copy of the database.")


def _add_columns() -> None:
    op.add_column("source", sa.Column("role", sa.Text(), nullable=True))
    op.add_column("link", sa.Column("rule", sa.Text(), nullable=True))
    op.add_column("edit", sa.Column("checked_on", sa.Date(), nullable=True))
    confirms = sa.Column("confirms", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("edit", confirms)
    op.add_column("listing", sa.Column("check_on", sa.Date(), nullable=True))
    op.add_column("listing", sa.Column("stale_on", sa.Date(), nullable=True))
    op.create_index("ix_listing_check_on", "listing", ["check_on"], unique=False)
    # The days of the next check follow from the claims; `nabij check` asks for a rebuild until then.
    op.execute("UPDATE listing SET checksum = ''")


def _create_sketch() -> None:
    op.create_table(
        "sketch",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("is_compared", sa.Boolean(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("face", JSON, nullable=False),
        _to_record("sketch", "record_id"),
        sa.PrimaryKeyConstraint("record_id", name="pk_sketch"),
    )
    op.create_index("ix_sketch_block", "sketch", ["block"], unique=False)
    op.create_index("ix_sketch_is_compared_block", "sketch", ["is_compared", "block"], unique=False)


def _create_identifier() -> None:
    op.create_table(
        "identifier",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        _to_record("identifier", "record_id"),
        sa.PrimaryKeyConstraint("record_id", "identifier", name="pk_identifier"),
    )
    op.create_index("ix_identifier_identifier", "identifier", ["identifier"], unique=False)


def _create_likeness() -> None:
    op.create_table(
        "likeness",
        sa.Column("record_a", sa.Uuid(), nullable=False),
        sa.Column("record_b", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("is_sure", sa.Boolean(), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        _to_record("likeness", "record_a"),
        _to_record("likeness", "record_b"),
        sa.PrimaryKeyConstraint("record_a", "record_b", name="pk_likeness"),
    )
    op.create_index("ix_likeness_record_b", "likeness", ["record_b"], unique=False)


def _create_distinction() -> None:
    op.create_table(
        "distinction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record_a", sa.Uuid(), nullable=False),
        sa.Column("record_b", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_why", sa.Text(), nullable=True),
        _to_record("distinction", "record_a"),
        _to_record("distinction", "record_b"),
        sa.PrimaryKeyConstraint("id", name="pk_distinction"),
    )
    op.create_index("ix_distinction_record_a", "distinction", ["record_a"], unique=False)
    op.create_index("ix_distinction_record_b", "distinction", ["record_b"], unique=False)


def _create_task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("about", JSON, nullable=False),
        sa.Column("zones", sa.Text(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("worth", sa.Float(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["source_record.id"], name="fk_task_record_id"),
        sa.ForeignKeyConstraint(["other_id"], ["source_record.id"], name="fk_task_other_id"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
    )
    op.create_index("ix_task_topic", "task", ["topic"], unique=False)
    op.create_index("ix_task_record_id", "task", ["record_id"], unique=False)
    op.create_index("ix_task_state_kind", "task", ["state", "kind"], unique=False)


def _to_record(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], ["source_record.id"], name=name, ondelete="CASCADE")
