"""Changes to which places zones are made of: stated, put in force on their day, taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.config import TIMEZONE
from service.database.bulk import AnyRow
from service.database.composition import zone_change
from service.database.session import reading
from service.errors import BadValue, Busy, NotFound, StorageError
from service.geo.zone_parts import ZoneMove
from service.geo.zones import ZoneBook


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """One change: ``move`` counts from ``activated_at`` on; until then it is looked at, or waits for its day
    (``activated_by`` said yes). ``settled_at`` is when the listings had followed."""

    id: UUID
    move: ZoneMove
    from_day: date
    by: str
    stated_at: datetime
    activated_at: datetime | None
    activated_by: str | None
    settled_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None


def state_change(
    connection: Connection,
    *,
    zone: str | None,
    kind: str,
    nis: str,
    postal_codes: Collection[str],
    part: str,
    from_day: date,
    source: str,
    by: str,
    now: datetime,
) -> UUID:
    """Note that a municipality, or some postal codes of it, lies in a zone from a day on; gives its id.

    Nothing changes before it is put in force. Raises BadValue for a zone of another kind, postal codes that
    the municipality does not have, a place that there is not, or when no source is named.
    """
    if not source.strip():
        raise BadValue("source", source, "is empty", "who decided it, and where that can be read")
    book = zone_book(moves_in_force(connection))
    if zone is not None and zone not in {each.id for each in book.zones if each.kind == kind}:
        raise BadValue("zone", zone, "is no zone of this kind")
    known = book.postal_codes_of(nis)
    if not known:
        raise BadValue("nis", nis, "is no municipality with postal codes")
    wrong = [code for code in postal_codes if code not in known]
    if wrong:
        raise BadValue("postal_codes", " ".join(wrong), "are of another municipality", " ".join(known))
    codes = sorted(set(postal_codes))
    made = uuid4()
    row = {
        "id": made, "kind": kind, "zone": zone, "nis": nis, "part": part.strip(), "from_day": from_day,
        "postal_codes": [] if len(codes) == len(known) else codes,
        "source": source.strip(), "by": by, "stated_at": now,
    }  # fmt: skip
    connection.execute(sa.insert(zone_change).values(row))
    return made


def put_in_force(connection: Connection, change_id: UUID, *, by: str, now: datetime) -> ZoneChange:
    """Let a change count from its day on: at once where that has come. Raises NotFound and BadValue."""
    found = read_change(connection, change_id)
    if found.withdrawn_at is not None or found.activated_by is not None:
        raise BadValue("change", str(change_id), "is in force or taken back already")
    is_due = found.from_day <= now.astimezone(TIMEZONE).date()
    said = {"activated_by": by, "activated_at": now if is_due else None}
    connection.execute(sa.update(zone_change).where(zone_change.c.id == change_id).values(said))
    return read_change(connection, change_id)


def withdraw_change(connection: Connection, change_id: UUID, *, by: str, now: datetime) -> ZoneChange:
    """Take a change back; the places are again where they would be without it. Raises NotFound."""
    if read_change(connection, change_id).withdrawn_at is not None:
        raise NotFound(f"There is no change {change_id} that is in force.")
    back = {"withdrawn_at": now, "withdrawn_by": by, "settled_at": None}
    connection.execute(sa.update(zone_change).where(zone_change.c.id == change_id).values(back))
    return read_change(connection, change_id)


def read_change(connection: Connection, change_id: UUID) -> ZoneChange:
    """One change. Raises NotFound."""
    row = connection.execute(sa.select(zone_change).where(zone_change.c.id == change_id)).first()
    if row is None:
        raise NotFound(f"There is no change {change_id}.")
    return _change(row)


def changes(connection: Connection) -> list[ZoneChange]:
    """Every change, the newest first."""
    rows = connection.execute(sa.select(zone_change).order_by(zone_change.c.stated_at.desc()))
    return [_change(row) for row in rows]


def moves_in_force(connection: Connection) -> tuple[ZoneMove, ...]:
    """What counts now, in the order of its day."""
    table = zone_change.c
    wanted = sa.select(zone_change).where(table.activated_at.is_not(None), table.withdrawn_at.is_(None))
    rows = connection.execute(wanted.order_by(table.from_day, table.activated_at, table.id))
    return tuple(_change(row).move for row in rows)


def zone_book_of(engine: Engine) -> ZoneBook:
    """The zones as they are made up now; without a database as the project's own data have them."""
    try:
        with reading(engine) as connection:
            return zone_book(moves_in_force(connection))
    except (StorageError, Busy):
        return zone_book(())


@lru_cache(maxsize=4)
def zone_book(moves: tuple[ZoneMove, ...]) -> ZoneBook:
    """The zones of the project's own data after some moves."""
    return ZoneBook(moves=moves)


def _change(row: AnyRow) -> ZoneChange:
    codes = tuple(row.postal_codes)
    move = ZoneMove(row.kind, row.zone, row.nis, codes, row.part, row.source, row.from_day.isoformat())
    return ZoneChange(
        row.id, move, row.from_day, row.by, row.stated_at, row.activated_at, row.activated_by,
        row.settled_at, row.withdrawn_at, row.withdrawn_by,
    )  # fmt: skip
