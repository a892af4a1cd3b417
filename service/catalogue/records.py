"""Writing source records: new ones, new versions of known ones, and withdrawals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.claims import SourceCard, SourceRecord, Statement
from service.catalogue.other_names import former_names
from service.database.bulk import AnyRow, chunks, insert_rows
from service.database.claims import source_record, source_record_version
from service.database.json_text import JsonText, checksum_of_json, dump_json

_RECORD = (
    "id", "source_id", "key", "listing_id", "checksum", "values", "publisher", "url", "licence", "said_on",
    "fetched_at", "raw",
)  # fmt: skip
_KEPT = ("checksum", "values", "publisher", "url", "licence", "said_on", "fetched_at", "withdrawn_at", "raw")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A statement on its way in, with the id of its record and the checksum of all that it says."""

    id: UUID
    source_id: str
    statement: Statement
    said_on: str | None
    checksum: str
    values: str

    @classmethod
    def of(cls, key_id: UUID, source_id: str, statement: Statement) -> Incoming:
        """The raw record is left out of the checksum: what was mapped is what is said."""
        said_on = str(statement.said_on) if statement.said_on else None
        values = dump_json(dict(statement.values))
        about = dump_json([said_on, statement.url, statement.publisher, statement.licence])
        checksum = checksum_of_json(f"[{values},{about[1:]}")  # of all in one list
        return cls(key_id, source_id, statement, said_on, checksum, values)

    def record(self, card: SourceCard, now: datetime) -> SourceRecord:
        """The record that it becomes, as `service.catalogue.groups` would read it."""
        said = self.statement
        return SourceRecord(
            self.id,
            self.source_id,
            said.key,
            card.precedence,
            publisher=said.publisher or card.publisher or card.name,
            fetched_at=now.astimezone(UTC),
            url=said.url,
            licence=said.licence or card.licence,
            said_on=said.said_on,
            values=dict(said.values),
            role=card.role,
        )

    def differs_from(self, known: AnyRow) -> bool:
        """Whether it says something else than the record held, or comes back after a withdrawal."""
        return bool(self.checksum != known.checksum or known.withdrawn_at is not None)


def known_records(connection: Connection, ids: Collection[UUID]) -> dict[UUID, AnyRow]:
    """What is needed of the records held to see whether they changed."""
    table = source_record.c
    found: dict[UUID, AnyRow] = {}
    wanted = sa.select(table.id, table.checksum, table.withdrawn_at, table.listing_id)
    for some in chunks(ids):
        found.update({row.id: row for row in connection.execute(wanted.where(table.id.in_(some)))})
    return found


def insert_records(connection: Connection, incoming: Sequence[Incoming], now: datetime) -> None:
    """Write new records; each begins as a listing of its own."""
    rows = [_row(each, each.id, now) for each in incoming]
    insert_rows(connection, source_record, _RECORD, rows)


def replace_records(connection: Connection, incoming: Sequence[Incoming], now: datetime) -> None:
    """Write new versions of known records, keep the earlier ones; a withdrawn record is no longer so."""
    ids = [each.id for each in incoming]
    before: dict[UUID, AnyRow] = {}
    table = source_record.c
    for some in chunks(ids):
        held = sa.select(table.id, table["values"], table.former).where(table.id.in_(some))
        before.update({row.id: row for row in connection.execute(held)})
        _keep_version(connection, some, now)
    update = (
        sa.update(source_record)
        .where(table.id == sa.bindparam("record"))
        .values({name: sa.bindparam(f"new_{name}") for name in (*_KEPT, "former")})
    )
    if incoming:
        connection.execute(update, [_changes(each, before[each.id], now) for each in incoming])


def set_withdrawn(connection: Connection, ids: list[UUID], now: datetime) -> set[UUID]:
    """Note that records vanished at their source; gives the listings that they feed."""
    for some in chunks(ids):
        gone = sa.update(source_record).where(source_record.c.id.in_(some))
        connection.execute(gone.values(withdrawn_at=now))
    return {row.listing_id for row in known_records(connection, ids).values()}


def _keep_version(connection: Connection, ids: list[UUID], now: datetime) -> None:
    columns = [source_record.c.id, *(source_record.c[name] for name in _KEPT)]
    earlier = sa.select(*columns, sa.literal(now, source_record_version.c.replaced_at.type))
    connection.execute(
        sa.insert(source_record_version).from_select(
            ["record_id", *_KEPT, "replaced_at"], earlier.where(source_record.c.id.in_(ids))
        )
    )


def _row(each: Incoming, listing_id: UUID, now: datetime) -> tuple[Any, ...]:
    said = each.statement
    return (
        each.id, each.source_id, said.key, listing_id, each.checksum, JsonText(each.values), said.publisher,
        said.url, said.licence, each.said_on, now, said.raw,
    )  # fmt: skip


def _changes(each: Incoming, before: AnyRow, now: datetime) -> dict[str, Any]:
    said = each.statement
    former = former_names(before._mapping["values"], before.former or {}, said.values)
    new = (
        each.checksum,
        dict(said.values),
        said.publisher,
        said.url,
        said.licence,
        each.said_on,
        now,
        None,
        said.raw,
    )
    return {
        "record": each.id,
        "new_former": former or None,
        **{f"new_{name}": value for name, value in zip(_KEPT, new, strict=True)},
    }
