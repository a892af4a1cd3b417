"""When a campaign of letters is through."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaign", sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_campaign_finished_at", "campaign", ["finished_at"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Nabij goes back by putting back a copy of the database.")
