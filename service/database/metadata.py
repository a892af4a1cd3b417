"""The one MetaData that every table hangs on, and the column types that both databases share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine.interfaces import Dialect

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

metadata = sa.MetaData(naming_convention=NAMING)

Json = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
"""A JSON value; binary JSON on PostgreSQL."""

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""A counting number; SQLite counts by itself only in a column declared INTEGER."""


CLUSTERED: Mapping[str, Any] = {"sqlite_with_rowid": False}
"""For a table of many short rows: SQLite then keeps them in the index of their id, a third less to write."""


class Moment(sa.TypeDecorator[datetime]):
    """A moment in UTC: aware in Python; SQLite holds it without its zone. Refuses a naive datetime."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring an aware datetime to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def key_to(
    column: str, *, name: str | None = None, indexed: bool = True, primary_key: bool = False
) -> sa.Column[Any]:
    """A required foreign key ``<table>_id`` to ``table.id`` that goes when the row it points to goes."""
    table = column.partition(".")[0]
    return sa.Column(
        name or f"{table}_id",
        sa.Uuid(),
        sa.ForeignKey(column, ondelete="CASCADE"),
        nullable=False,
        index=indexed,
        primary_key=primary_key,
    )
