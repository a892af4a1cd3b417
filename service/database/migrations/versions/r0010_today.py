"""Demand that is counted, websites that are looked at, and what a task is worth and why."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_demand()
    _create_website()
    _widen_task()


def downgrade() -> None:
    raise NotImplementedError("Nabij goes back by putting back a copy of the database.")


def _create_demand() -> None:
    keys = ("kind", "need", "municipality", "b", "criterion")
    op.create_table(
        "demand",
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in keys),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", *keys, name="pk_demand"),
    )
    op.create_index("ix_demand_municipality_day", "demand", ["municipality", "day"], unique=False)


def _create_website() -> None:
    op.create_table(
        "website",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.Column("broken_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("is_dead", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_website"),
    )
    op.create_index("ix_website_looked_at", "website", ["looked_at"], unique=False)


def _widen_task() -> None:
    op.add_column("task", sa.Column("reasons", JSON, nullable=True))
    op.add_column("task", sa.Column("weighed_on", sa.Date(), nullable=True))
    op.add_column("task", sa.Column("undo", JSON, nullable=True))
    columns = ["state", "worth", "kind", "zones", "needs", "snoozed_until"]
    op.create_index("ix_task_" + "_".join(columns), "task", columns, unique=False)
    op.create_index("ix_task_closed_at", "task", ["closed_at"], unique=False)
