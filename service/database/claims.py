"""The tables of what was said: sources, their records, links between records, edits, and the listings."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Json, Moment, Number, metadata

PUBLISHED, WITHDRAWN, DRAFT, PAUSED, ENDED = "published", "withdrawn", "draft", "paused", "ended"
"""The states of a listing; only a published one is searched, a draft is shown to nobody outside."""

source = sa.Table(
    "source",
    metadata,
    sa.Column("id", sa.Text(), primary_key=True),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("publisher", sa.Text()),
    sa.Column("licence", sa.Text()),
    sa.Column("url", sa.Text()),
    sa.Column("attribution", sa.Text()),
    sa.Column("precedence", sa.Integer(), nullable=False),
    sa.Column("role", sa.Text()),
)
"""Who told us; where two sources disagree the one with the higher ``precedence`` is believed. ``role`` is
provider where those who offer the services speak of themselves, zone where a zone speaks."""

source_record = sa.Table(
    "source_record",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("source_id", sa.Text(), sa.ForeignKey("source.id"), nullable=False),
    sa.Column("key", sa.Text(), nullable=False),
    sa.Column("listing_id", sa.Uuid(), nullable=False, index=True),
    sa.Column("checksum", sa.Text(), nullable=False),
    sa.Column("values", Json, nullable=False),
    sa.Column("publisher", sa.Text()),
    sa.Column("url", sa.Text()),
    sa.Column("licence", sa.Text()),
    sa.Column("said_on", sa.Text()),
    sa.Column("fetched_at", Moment(), nullable=False),
    sa.Column("withdrawn_at", Moment()),
    sa.Column("raw", Json),
    sa.Column("former", Json),
    sa.UniqueConstraint("source_id", "key"),
)
"""What a source says now under one key, mapped; ``listing_id`` is the listing that it feeds, ``former`` are
the names that the source gave before, by path."""

source_record_version = sa.Table(
    "source_record_version",
    metadata,
    sa.Column("number", Number, primary_key=True, autoincrement=True),
    sa.Column("record_id", sa.Uuid(), sa.ForeignKey("source_record.id"), nullable=False, index=True),
    sa.Column("checksum", sa.Text(), nullable=False),
    sa.Column("values", Json, nullable=False),
    sa.Column("publisher", sa.Text()),
    sa.Column("url", sa.Text()),
    sa.Column("licence", sa.Text()),
    sa.Column("said_on", sa.Text()),
    sa.Column("fetched_at", Moment(), nullable=False),
    sa.Column("withdrawn_at", Moment()),
    sa.Column("raw", Json),
    sa.Column("replaced_at", Moment(), nullable=False),
)
"""What a source said before, kept word for word."""

link = sa.Table(
    "link",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("record_a", sa.Uuid(), sa.ForeignKey("source_record.id"), nullable=False, index=True),
    sa.Column("record_b", sa.Uuid(), sa.ForeignKey("source_record.id"), nullable=False, index=True),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("why", sa.Text(), nullable=False),
    sa.Column("rule", sa.Text()),
    sa.Column("linked_at", Moment(), nullable=False),
    sa.Column("undone_at", Moment()),
    sa.Column("undone_by", sa.Text()),
    sa.Column("undone_why", sa.Text()),
)
"""Somebody's decision that two records speak of the same listing; undone, never deleted. ``rule`` names the
rule where no person decided."""

edit = sa.Table(
    "edit",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("listing_id", sa.Uuid(), sa.ForeignKey("source_record.id"), nullable=False, index=True),
    sa.Column("key", sa.Text(), nullable=False),
    sa.Column("value", Json),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("role", sa.Text()),
    sa.Column("stated_at", Moment(), nullable=False),
    sa.Column("why", sa.Text(), nullable=False),
    sa.Column("until", sa.Date(), index=True),
    sa.Column("how", sa.Text()),
    sa.Column("checked_on", sa.Date()),
    sa.Column("confirms", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("withdrawn_at", Moment()),
    sa.Column("withdrawn_by", sa.Text()),
    sa.Column("withdrawn_why", sa.Text()),
)
"""One person's statement about one field; a null ``value`` says that the field is not known. One that
``confirms`` says that a value which others state is right, and states none itself."""

listing = sa.Table(
    "listing",
    metadata,
    sa.Column("id", sa.Uuid(), sa.ForeignKey("source_record.id"), primary_key=True),
    sa.Column("state", sa.Text(), nullable=False),
    sa.Column("organization_id", sa.Uuid(), nullable=False),
    sa.Column("hidden", sa.Boolean(), nullable=False),
    sa.Column("checksum", sa.Text(), nullable=False),
    sa.Column("resolved", Json, nullable=False),
    sa.Column("changed_at", Moment(), nullable=False),
    sa.Column("recheck_on", sa.Date(), index=True),
    sa.Column("check_on", sa.Date(), index=True),
    sa.Column("stale_on", sa.Date()),
    sa.Column("disputes", sa.Integer(), nullable=False, server_default="0"),
    sa.Index(None, "organization_id", "hidden", "state", "id"),
    sa.Index(None, "disputes"),
)
"""What was resolved from the claims. ``state`` is one of the above, ``checksum`` that of ``resolved``,
``changed_at`` when the last claim was made, ``recheck_on`` the first day after an edit runs out, ``check_on``
when somebody has to check it again, ``stale_on`` when it is too old to build on (none: nothing is dated).
``disputes`` counts the fields of which speakers say different things."""

listing_alias = sa.Table(
    "listing_alias",
    metadata,
    sa.Column("alias", sa.Uuid(), sa.ForeignKey("source_record.id"), primary_key=True),
    sa.Column("listing_id", sa.Uuid(), sa.ForeignKey("source_record.id"), nullable=False, index=True),
)
"""Ids of records that speak through another's listing; they redirect."""
