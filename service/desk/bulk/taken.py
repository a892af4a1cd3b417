"""The listings that go into a spreadsheet: what each says that may leave, and which version it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.claims import Edit, SourceRecord
from service.catalogue.derive import derive
from service.catalogue.ground import Ground
from service.catalogue.groups import Group
from service.catalogue.public import is_secret
from service.catalogue.resolve import HIDDEN, Resolved, resolve
from service.catalogue.stored import unpack
from service.database.bulk import AnyRow, chunks
from service.database.claims import listing, source_record_version
from service.model.provenance import Provenance
from service.model.values import Value

_VERSION = re.compile(r"([0-9a-f]{16})-(\d{8}T\d{6}Z)")
_MOMENT = "%Y%m%dT%H%M%SZ"
_ONE = sa.select(listing.c.id, listing.c.checksum, listing.c.hidden, listing.c.resolved)


@dataclass(frozen=True, slots=True)
class Taken:
    """A listing as it stands: its values that may leave by key, who says each, and the mark of its state."""

    id: UUID
    mark: str
    values: Mapping[str, Value]
    provenance: Mapping[str, Provenance]
    zones: tuple[str, ...]
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """How a listing stood when it was taken out: the mark of its state, and the aware moment."""

    mark: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.mark}-{self.at.astimezone(UTC):{_MOMENT}}"

    @classmethod
    def parse(cls, text: str) -> Version | None:
        """The version that a cell names; None where it names none."""
        found = _VERSION.fullmatch(text.strip())
        return cls(found[1], datetime.strptime(found[2], _MOMENT).replace(tzinfo=UTC)) if found else None


def take(connection: Connection, ids: Iterable[UUID]) -> Iterator[Taken]:
    """These listings in their order, as far as there are such; nothing of a hidden address is in them."""
    for some in chunks(list(ids)):
        rows = {row.id: row for row in connection.execute(_ONE.where(listing.c.id.in_(some)))}
        yield from (_taken(rows[each]) for each in some if each in rows)


def values_at(
    connection: Connection, group: Group, moment: datetime, ground: Ground
) -> Mapping[str, Value] | None:
    """What a listing said at an aware moment, by all that was said of it until then; None: nothing yet.

    Records that were joined or parted since count as they are joined now.
    """
    records = [each for each in (_record_at(connection, one, moment) for one in group.records) if each]
    if not records:
        return None
    edits = [_edit_at(each, moment) for each in group.edits if each.stated_at <= moment]
    return _shown(derive(resolve(records, edits, moment), ground))[0]


def _taken(row: AnyRow) -> Taken:
    values, provenance = _shown(unpack(row.resolved), hidden=row.hidden)
    zones, serves = values.get("location.zone"), values.get("service_area.zones")
    return Taken(row.id, row.checksum[:16], values, provenance, _codes(zones), _codes(serves))


def _shown(
    resolved: Resolved, hidden: bool | None = None
) -> tuple[Mapping[str, Value], Mapping[str, Provenance]]:
    if not (resolved.values.get(HIDDEN) is True if hidden is None else hidden):
        return resolved.values, resolved.provenance
    who = {key: each for key, each in resolved.provenance.items() if not is_secret(key, each)}
    return {key: value for key, value in resolved.values.items() if key in who}, who


def _codes(value: Value | None) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def _record_at(connection: Connection, record: SourceRecord, moment: datetime) -> SourceRecord | None:
    """The record as it was: the first version that was replaced after the moment, else what it is now."""
    if record.fetched_at <= moment:
        gone = record.withdrawn_at if record.withdrawn_at and record.withdrawn_at <= moment else None
        return replace(record, withdrawn_at=gone)
    table = source_record_version
    then = sa.select(table).where(table.c.record_id == record.id, table.c.replaced_at > moment)
    row = connection.execute(then.order_by(table.c.number).limit(1)).first()
    if row is None or row.fetched_at > moment:
        return None
    return replace(record, values=row._mapping["values"], fetched_at=row.fetched_at, withdrawn_at=None)


def _edit_at(edit: Edit, moment: datetime) -> Edit:
    if edit.withdrawn_at is None or edit.withdrawn_at <= moment:
        return edit
    return replace(edit, withdrawn_at=None, withdrawn_by=None, withdrawn_why=None)
