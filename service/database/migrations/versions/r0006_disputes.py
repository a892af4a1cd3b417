"""Names that a source gave before, and how many fields of a listing are in dispute."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.add_column("source_record", sa.Column("former", JSON, nullable=True))
    op.add_column("listing", sa.Column("disputes", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_listing_disputes", "listing", ["disputes"], unique=False)
    op.execute("UPDATE listing SET checksum = ''")


def downgrade() -> None:
    raise NotImplementedError("Nabij goes back by putting back a copy of the database.")
