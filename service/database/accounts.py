"""The tables of accounts: what each may, sessions, links, recovery codes, limited attempts, and the audit."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Json, Moment, Number, key_to, metadata

INVITED, ACTIVE, CLOSED = "invited", "active", "closed"
"""The states of an account; a closed one has lost its name and its e-mail."""

account = sa.Table(
    "account",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("email", sa.Text(), unique=True),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("language", sa.Text(), nullable=False),
    sa.Column("state", sa.Text(), nullable=False),
    sa.Column("password", sa.Text()),
    sa.Column("totp", sa.Text()),
    sa.Column("totp_step", Number),
    sa.Column("made_at", Moment(), nullable=False),
)
"""Somebody who may sign in: work e-mail (in small letters) and name are all that is known of a person.
``password`` is its argon2 hash, ``totp`` the secret of a second factor and ``totp_step`` the last step of it
that was used, so that no code works twice."""

account_grant = sa.Table(
    "account_grant",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    key_to("account.id"),
    sa.Column("role", sa.Text(), nullable=False),
    sa.Column("zone", sa.Text()),
    sa.Column("organization_id", sa.Uuid()),
)
"""What an account may: a role, and the zone or the organization that it holds for (neither: for all)."""

session = sa.Table(
    "session",
    metadata,
    sa.Column("digest", sa.Text(), primary_key=True),
    key_to("account.id"),
    sa.Column("way", sa.Text(), nullable=False),
    sa.Column("begun_at", Moment(), nullable=False),
    sa.Column("seen_at", Moment(), nullable=False),
    sa.Column("ends_at", Moment(), nullable=False, index=True),
    sa.Column("waits", sa.Boolean(), nullable=False, server_default=sa.false()),
)
"""A browser that is signed in; ``digest`` is that of the word in its cookie, ``waits`` says that the second
factor is still to come."""

one_time_link = sa.Table(
    "one_time_link",
    metadata,
    sa.Column("digest", sa.Text(), primary_key=True),
    key_to("account.id"),
    sa.Column("purpose", sa.Text(), nullable=False),
    sa.Column("made_at", Moment(), nullable=False),
    sa.Column("ends_at", Moment(), nullable=False, index=True),
)
"""A link that was sent to an account (purpose: sign_in or invitation); used once, then the row goes."""

recovery_code = sa.Table(
    "recovery_code",
    metadata,
    sa.Column("digest", sa.Text(), primary_key=True),
    key_to("account.id"),
)
"""A code that stands in for a lost second factor, once; ``digest`` is a keyed one."""

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("number", Number, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.Text(), nullable=False),
    sa.Column("digest", sa.Text(), nullable=False),
    sa.Column("at", Moment(), nullable=False, index=True),
    sa.Index(None, "kind", "digest", "at"),
)
"""A try at something that is limited; ``digest`` is a keyed one of an e-mail or of an address of the network,
kept for a day."""

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", Number, primary_key=True, autoincrement=True),
    sa.Column("at", Moment(), nullable=False, index=True),
    sa.Column("account_id", sa.Uuid(), index=True),
    sa.Column("action", sa.Text(), nullable=False),
    sa.Column("listing_id", sa.Uuid(), index=True),
    sa.Column("about", Json, nullable=False),
    sa.Index(None, "action", "at"),
)
"""Who did, or saw, what that is not public; no account means the command line or Nabij itself."""
