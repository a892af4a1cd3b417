"""Many rows at once into a table and out of it, on the fastest way that each database has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

IDS_AT_ONCE = 500
"""Ids in one statement; SQLite takes 999 values where it is old."""

Row = tuple[Any, ...]


def insert_rows(connection: Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows, each with the values of ``columns`` in that order, in the connection's transaction."""
    if not rows:
        return
    processors = [table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
                  for name in columns]  # fmt: skip
    plain = [_bound(row, processors) for row in rows] if any(processors) else rows
    quote = connection.dialect.identifier_preparer.quote
    into = f"{quote(table.name)} ({', '.join(quote(name) for name in columns)})"
    if connection.dialect.name == "postgresql":
        with connection.connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in plain:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", list(plain))  # noqa: S608 - our names


def _bound(row: Row, processors: Sequence[Any]) -> Row:
    return tuple(
        value if process is None else process(value) for value, process in zip(row, processors, strict=True)
    )


def delete_rows(connection: Connection, column: sa.Column[Any], ids: Collection[UUID]) -> None:
    """Delete the rows whose ``column`` is one of ``ids``."""
    for some in chunks(ids):
        connection.execute(sa.delete(column.table).where(column.in_(some)))


def chunks(ids: Collection[UUID], size: int = IDS_AT_ONCE) -> Iterator[list[UUID]]:
    """The ids in parts that fit one statement."""
    rest = iter(ids)
    while some := list(islice(rest, size)):
        yield some
