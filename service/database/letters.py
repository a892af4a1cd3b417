"""The tables of letters: what goes out, to whom nothing goes, what providers are asked and answer."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Moment, key_to, metadata

WAITING, SENT, REFUSED, BOUNCED = "waiting", "sent", "refused", "bounced"
"""The states of a letter: to be sent, taken by a server of mail, taken by none, come back."""

letter = sa.Table(
    "letter",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("kind", sa.Text(), nullable=False),
    sa.Column("recipient", sa.Text(), nullable=False, index=True),
    sa.Column("language", sa.Text(), nullable=False),
    sa.Column("subject", sa.Text(), nullable=False),
    sa.Column("plain", sa.Text()),
    sa.Column("html", sa.Text()),
    sa.Column("reply_to", sa.Text()),
    sa.Column("opt_out", sa.Text()),
    sa.Column("state", sa.Text(), nullable=False),
    sa.Column("written_at", Moment(), nullable=False, index=True),
    sa.Column("due_at", Moment(), nullable=False),
    sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("ended_at", Moment()),
    sa.Column("told", sa.Text()),
    sa.Index(None, "state", "due_at"),
)
"""One letter. ``due_at`` is when it may be tried (again), ``ended_at`` when it was sent, refused or came
back, ``told`` what the other side said last. The text goes once it is sent: it can hold a link that opens
something."""

address_mark = sa.Table(
    "address_mark",
    metadata,
    sa.Column("address", sa.Text(), primary_key=True),
    sa.Column("bounced_at", Moment()),
    sa.Column("told", sa.Text()),
    sa.Column("declined_at", Moment()),
)
"""An address (small letters) that a letter came back from, or that asked for none about listings."""

campaign = sa.Table(
    "campaign",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("zone", sa.Text(), nullable=False, index=True),
    sa.Column("need", sa.Text()),
    sa.Column("freshness", sa.Text(), nullable=False),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("started_at", Moment(), nullable=False),
    sa.Column("finished_at", Moment(), index=True),
)
"""Somebody's wish that the providers of a zone, of one need or of all, are asked about their listings;
``finished_at`` is when all had their letter."""

confirmation = sa.Table(
    "confirmation",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("token_hash", sa.Text(), nullable=False, unique=True),
    sa.Column("organization_id", sa.Uuid(), nullable=False, index=True),
    sa.Column("recipient", sa.Text(), nullable=False, index=True),
    sa.Column("language", sa.Text(), nullable=False),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("campaign_id", sa.Uuid(), sa.ForeignKey("campaign.id"), index=True),
    sa.Column("letter_id", sa.Uuid(), sa.ForeignKey("letter.id"), nullable=False, index=True),
    sa.Column("reminds", sa.Uuid(), sa.ForeignKey("confirmation.id")),
    sa.Column("asked_at", Moment(), nullable=False),
    sa.Column("valid_until", Moment(), nullable=False),
    sa.Column("closed_at", Moment()),
    sa.Column("outcome", sa.Text()),
    sa.Index(None, "closed_at", "asked_at"),
)
"""One question to a provider: are these listings still right? Its link is known by a hash alone. ``reminds``
is the question that it repeats, ``outcome`` why it is closed."""

confirmation_listing = sa.Table(
    "confirmation_listing",
    metadata,
    key_to("confirmation.id", indexed=False, primary_key=True),
    sa.Column("number", sa.Integer(), primary_key=True),
    sa.Column("listing_id", sa.Uuid(), sa.ForeignKey("source_record.id"), nullable=False, index=True),
    sa.Column("answer", sa.Text()),
    sa.Column("answered_at", Moment()),
)
"""A listing that a provider is asked about, and what they answered."""

zone_letters = sa.Table(
    "zone_letters",
    metadata,
    sa.Column("zone", sa.Text(), primary_key=True),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("turned_on_at", Moment(), nullable=False),
)
"""The zones whose providers are asked without anybody pressing a button, and who wanted that."""
