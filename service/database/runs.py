"""The journal of imports: each run with what came of it, and the rows it refused."""

from __future__ import annotations

import sqlalchemy as sa

from service.database.metadata import Moment, Number, key_to, metadata

import_run = sa.Table(
    "import_run",
    metadata,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("source_id", sa.Text(), sa.ForeignKey("source.id"), nullable=False),
    sa.Column("state", sa.Text(), nullable=False),
    sa.Column("started_at", Moment(), nullable=False),
    sa.Column("finished_at", Moment()),
    sa.Column("created", sa.Integer(), nullable=False, default=0),
    sa.Column("updated", sa.Integer(), nullable=False, default=0),
    sa.Column("unchanged", sa.Integer(), nullable=False, default=0),
    sa.Column("withdrawn", sa.Integer(), nullable=False, default=0),
    sa.Column("rejected", sa.Integer(), nullable=False, default=0),
    sa.Column("message", sa.Text()),
    sa.Index(None, "source_id", "started_at"),
)
"""``state`` is running, finished, failed, or broken_off (a later run of the source found it running)."""

rejected_row = sa.Table(
    "rejected_row",
    metadata,
    sa.Column("number", Number, primary_key=True, autoincrement=True),
    key_to("import_run.id", name="run_id"),
    sa.Column("file", sa.Text()),
    sa.Column("row", sa.Integer()),
    sa.Column("column", sa.Text()),
    sa.Column("value", sa.Text()),
    sa.Column("reason", sa.Text(), nullable=False),
    sa.Column("suggestion", sa.Text()),
)
