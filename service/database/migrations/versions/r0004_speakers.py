"""The index that tells which listing speaks for an organization holds the state too."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ["organization_id", "hidden", "state", "id"]
    op.create_index("ix_listing_organization_id_hidden_state_id", "listing", columns, unique=False)
    op.drop_index("ix_listing_organization_id_hidden_id", table_name="listing")


def downgrade() -> None:
    raise NotImplementedError("Nabij goes back by putting back a copy of the database.")
