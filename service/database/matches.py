"""The tables that matching keeps: what each record is compared by, and which records are alike."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Json, key_to, metadata

sketch = sa.Table(
    "sketch",
    metadata,
    key_to("source_record.id", name="record_id", indexed=False, primary_key=True),
    sa.Column("checksum", sa.Text(), nullable=False),
    sa.Column("is_live", sa.Boolean(), nullable=False),
    sa.Column("is_compared", sa.Boolean(), nullable=False),
    sa.Column("block", sa.Text(), nullable=False, index=True),
    sa.Column("face", Json, nullable=False),
    sa.Index(None, "is_compared", "block"),
)
"""What a record is compared by; ``checksum`` and ``is_live`` are those of the record when the face was made,
so that a record that changed since is found. Records of one ``block`` (municipality) are compared."""

identifier = sa.Table(
    "identifier",
    metadata,
    key_to("source_record.id", name="record_id", primary_key=True, indexed=False),
    sa.Column("identifier", sa.Text(), primary_key=True),
    sa.Index(None, "identifier"),
)
"""A name under which others know a record, as source:key."""

likeness = sa.Table(
    "likeness",
    metadata,
    key_to("source_record.id", name="record_a", indexed=False, primary_key=True),
    key_to("source_record.id", name="record_b", primary_key=True),
    sa.Column("rule", sa.Text(), nullable=False),
    sa.Column("score", sa.Integer(), nullable=False),
    sa.Column("is_sure", sa.Boolean(), nullable=False),
    sa.Column("evidence", Json, nullable=False),
)
"""Two records that may speak of the same listing, by which rule of data/taxonomy/matching.csv and on what
evidence; follows from both records alone and can be made again."""
