"""What the catalogue holds of a source beside what it says now: what is gone, and what would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from importers.report import Difference
from service.catalogue.claims import Statement
from service.database.claims import source_record
from service.database.session import reading

_ABOUT = ("said_on", "url", "publisher", "licence")


@contextmanager
def live_keys(engine: Engine, source_id: str) -> Iterator[Iterator[str]]:
    """The keys under which the source spoke when it was last heard, some at a time."""
    with reading(engine) as connection:
        some = _records(source_id, source_record.c.key).execution_options(yield_per=5_000)
        yield iter(connection.scalars(some))


def differences(
    engine: Engine, source_id: str, batches: Iterable[Sequence[Statement]]
) -> Iterator[Difference]:
    """Field by field what the statements would change; a new record is one difference."""
    with reading(engine) as connection:
        for batch in batches:
            held = _held(connection, source_id, [each.key for each in batch])
            for statement in batch:
                if statement.key in held:
                    yield from _differences(statement.key, held[statement.key], _said(statement))
                else:
                    yield Difference(statement.key, "", None, _said(statement))


def _records(source_id: str, *columns: sa.Column[Any]) -> sa.Select[Any]:
    live = source_record.c.withdrawn_at.is_(None)
    return sa.select(*columns).where(source_record.c.source_id == source_id, live)


def _held(connection: Connection, source_id: str, keys: list[str]) -> dict[str, dict[str, Any]]:
    about = [source_record.c[name] for name in _ABOUT]
    wanted = _records(source_id, source_record.c.key, source_record.c["values"], *about)
    rows = connection.execute(wanted.where(source_record.c.key.in_(keys))).mappings()
    return {row["key"]: {**row["values"], **{name: row[name] for name in _ABOUT}} for row in rows}


def _said(statement: Statement) -> dict[str, Any]:
    said_on = str(statement.said_on) if statement.said_on else None
    about = (said_on, statement.url, statement.publisher, statement.licence)
    return {**statement.values, **dict(zip(_ABOUT, about, strict=True))}


def _differences(key: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Difference(key, name, before.get(name), after.get(name))
