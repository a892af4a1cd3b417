"""What is counted of each zone, by day."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "state_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("counted_at", MOMENT, nullable=False),
        sa.Column("points_of", sa.Text(), nullable=False),
        sa.Column("points", JSON, nullable=False),
        sa.PrimaryKeyConstraint("day", "zone", name="pk_state_count"),
    )
    op.create_table(
        "state_figures",
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("figures", JSON, nullable=False),
        sa.PrimaryKeyConstraint("zone", "day", "scope", "code", name="pk_state_figures"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_state_figures_day_scope_code", "state_figures", ["day", "scope", "code"], unique=False
    )
    op.create_table(
        "state_reach",
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("people", JSON, nullable=False),
        sa.Column("in_reach", sa.Text(), nullable=False),
        sa.Column("far", JSON, nullable=False),
        sa.PrimaryKeyConstraint("zone", "day", "need", name="pk_state_reach"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("Nabij goes back by putting back a copy of the database.")
