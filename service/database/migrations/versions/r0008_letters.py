"""Letters, what providers are asked, and what they answer."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_letter()
    _create_marks()
    _create_campaign()
    _create_confirmation()
    _create_confirmation_listing()


def downgrade() -> None:
    raise NotImplementedError("Nabij goes back by putting back a copy of the database.")


def _create_letter() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=True),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("reply_to", sa.Text(), nullable=True),
        sa.Column("opt_out", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
    )
    op.create_index("ix_letter_recipient", "letter", ["recipient"], unique=False)
    op.create_index("ix_letter_written_at", "letter", ["written_at"], unique=False)
    op.create_index("ix_letter_state_due_at", "letter", ["state", "due_at"], unique=False)


def _create_marks() -> None:
    op.create_table(
        "address_mark",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("bounced_at", MOMENT, nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("declined_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("address", name="pk_address_mark"),
    )
    op.create_table(
        "zone_letters",
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("turned_on_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("zone", name="pk_zone_letters"),
    )


def _create_campaign() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("freshness", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
    )
    op.create_index("ix_campaign_zone", "campaign", ["zone"], unique=False)


def _create_confirmation() -> None:
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("reminds", sa.Uuid(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("valid_until", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_confirmation_campaign_id"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_confirmation_letter_id"),
        sa.ForeignKeyConstraint(["reminds"], ["confirmation.id"], name="fk_confirmation_reminds"),
        sa.PrimaryKeyConstraint("id", name="pk_confirmation"),
        sa.UniqueConstraint("token_hash", name="uq_confirmation_token_hash"),
    )
    for column in ("organization_id", "recipient", "campaign_id", "letter_id"):
        op.create_index(f"ix_confirmation_{column}", "confirmation", [column], unique=False)
    op.create_index(
        "ix_confirmation_closed_at_asked_at", "confirmation", ["closed_at", "asked_at"], unique=False
    )


def _create_confirmation_listing() -> None:
    op.create_table(
        "confirmation_listing",
        sa.Column("confirmation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmation_id"],
            ["confirmation.id"],
            name="fk_confirmation_listing_confirmation_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["source_record.id"], name="fk_confirmation_listing_listing_id"
        ),
        sa.PrimaryKeyConstraint("confirmation_id", "number", name="pk_confirmation_listing"),
    )
    op.create_index(
        "ix_confirmation_listing_listing_id", "confirmation_listing", ["listing_id"], unique=False
    )
