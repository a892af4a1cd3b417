"""Many rows at once into a table and out of it, on the fastest way that each database has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import Dialect

from service.database.beside import do_beside
from service.database.failures import explain
from service.database.json_text import JsonText

IDS_AT_ONCE = 500
"""Ids in one statement; SQLite takes 999 values where it is old."""

Row = tuple[Any, ...]
"""A row to write."""

AnyRow = sa.Row[*tuple[Any, ...]]
"""A row that was read."""


def insert_rows(connection: Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows, each with the values of ``columns`` in that order, in the connection's transaction.

    An id may be given as a UUID or as its 32 hexadecimal digits, JSON as a value or as `JsonText`.
    """
    if not rows:
        return
    types = [table.c[name].type for name in columns]
    by_column = [
        _bound(kind, cells, connection.dialect)
        for kind, cells in zip(types, zip(*rows, strict=True), strict=True)
    ]
    quote = connection.dialect.identifier_preparer.quote
    into = f"{quote(table.name)} ({', '.join(quote(name) for name in columns)})"
    if connection.dialect.name == "postgresql":
        cells = zip(*by_column, strict=True)
        do_beside(connection, lambda: _copy(connection, into, cells))
    else:
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 - the names are ours
        connection.exec_driver_sql(statement, list(zip(*by_column, strict=True)))


def _copy(connection: Connection, into: str, rows: Iterable[Row]) -> None:
    import psycopg  # loaded by who has PostgreSQL alone, see `service.database.failures`

    cursor: Any = connection.connection.cursor()
    try:
        with cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:  # SQLAlchemy does not see this one
        raise explain(error, connection.engine.url) or error from None


def _bound(kind: sa.types.TypeEngine[Any], cells: tuple[Any, ...], dialect: Dialect) -> Sequence[Any]:
    """The cells of one column as the driver takes them; moments and days repeat, and are turned once."""
    if isinstance(kind, sa.Uuid):
        return (
            [cell.hex if isinstance(cell, UUID) else cell for cell in cells]
            if UUID in _types(cells)
            else cells
        )
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return cells
    if isinstance(kind, sa.JSON):
        return [cell.text if isinstance(cell, JsonText) else process(cell) for cell in cells]
    turned = {cell: process(cell) for cell in set(cells)}
    return [turned[cell] for cell in cells]


def _types(cells: tuple[Any, ...]) -> set[type]:
    return set(map(type, cells))


def delete_rows(connection: Connection, column: sa.Column[Any], ids: Collection[UUID]) -> None:
    """Delete the rows whose ``column`` is one of ``ids``."""
    for some in chunks(ids):
        connection.execute(sa.delete(column.table).where(column.in_(some)))


def chunks(ids: Collection[UUID], size: int = IDS_AT_ONCE) -> Iterator[list[UUID]]:
    """The ids in parts that fit one statement."""
    rest = iter(ids)
    while some := list(islice(rest, size)):
        yield some
