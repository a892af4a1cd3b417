"""An administrator's work on what zones are made of: look at the differences, put in force, take back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.audit import note
from service.accounts.permissions import require
from service.accounts.person import Person
from service.catalogue.composition import (
    ZoneChange,
    moves_in_force,
    put_in_force,
    read_change,
    state_change,
    withdraw_change,
    zone_book,
)
from service.catalogue.edits import state_edit
from service.catalogue.follow_zones import follow_now
from service.catalogue.listings import read_listing
from service.database.claims import listing
from service.database.overview import listing_overview
from service.errors import BadValue, NotFound
from service.geo.zones import ZoneBook

_MOST_NAMES = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """Listings that go from zones to others: how many, and the names of some with their ids."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Differences:
    """What a change would do: ``moves``, how many ``stay`` where somebody put them, and names of some."""

    moves: tuple[Difference, ...]
    stay: int
    names: tuple[tuple[UUID, str], ...]

    @property
    def count(self) -> int:
        """How many listings would move."""
        return sum(each.count for each in self.moves)


def propose(
    connection: Connection,
    person: Person,
    *,
    zone: str | None,
    kind: str,
    nis: str,
    postal_codes: Collection[str],
    part: str,
    from_day: date,
    source: str,
    now: datetime,
) -> UUID:
    """Note a change that is not in force yet. Raises Forbidden, BadValue."""
    require(person, "zones")
    made = state_change(
        connection, zone=zone, kind=kind, nis=nis, postal_codes=postal_codes, part=part, from_day=from_day,
        source=source, by=person.by, now=now,
    )  # fmt: skip
    note(connection, person, "zone_propose", now, about={"change": str(made)})
    return made


def activate_change(connection: Connection, person: Person, change_id: UUID, now: datetime) -> bool:
    """Put it in force; whether the listings followed already. Raises Forbidden, NotFound, BadValue."""
    require(person, "zones")
    change = put_in_force(connection, change_id, by=person.by, now=now)
    note(connection, person, "zone_activate", now, about={"change": str(change_id)})
    return follow_now(connection, change, now)


def undo_change(connection: Connection, person: Person, change_id: UUID, now: datetime) -> bool:
    """Take it back; whether the listings followed already. Raises Forbidden, NotFound."""
    require(person, "zones")
    change = withdraw_change(connection, change_id, by=person.by, now=now)
    note(connection, person, "zone_undo", now, about={"change": str(change_id)})
    return follow_now(connection, change, now)


def differences_of(connection: Connection, change_id: UUID) -> Differences:
    """Which listings would move by a change that is not in force yet. Raises NotFound."""
    change = read_change(connection, change_id)
    moves = moves_in_force(connection)
    old, new = zone_book(moves), zone_book((*moves, change.move))
    groups = _groups(connection, change)
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    stay, codes = 0, []
    for code, zones, count in groups:
        before, after = _zones(old, change.move.nis, code), _zones(new, change.move.nis, code)
        if zones != before:
            stay += count  # somebody stated its zone
        elif before != after:
            found[before, after] = found.get((before, after), 0) + count
            codes.append((code, zones))
    names = _names(connection, change, codes)
    return Differences(tuple(Difference(*key, count) for key, count in found.items()), stay, names)


def correct_zones(
    connection: Connection, person: Person, listing_id: UUID, zones: Sequence[str], why: str, now: datetime
) -> UUID:
    """State in which zones a listing lies, whatever its address says; gives the id of the edit.

    Raises NotFound, Forbidden, and BadValue for a zone that there is not.
    """
    found = read_listing(connection, listing_id, now=now, hidden_too=True)
    if found is None:
        raise NotFound(f"There is no listing {listing_id}.")
    held = found.listing
    around = {*held.zones, *held.serves}
    require(person, "edit", zones=around, organization=held.organization.id)
    known = {each.id for each in zone_book(()).zones}
    if wrong := [each for each in zones if each not in known]:
        raise BadValue("location.zone", wrong[0], "is not a zone")
    role = person.role_for(around, held.organization.id)
    value = list(dict.fromkeys(zones)) or None
    stated = state_edit(
        connection, held.id, "location.zone", value, by=person.by, why=why, now=now, role=role
    )
    note(connection, person, "edit", now, listing=held.id, about={"fields": ["location.zone"]})
    return stated.id


def _zones(book: ZoneBook, nis: str, code: str | None) -> tuple[str, ...]:
    return tuple(share.zone_id for share in book.zones_of(nis, code))


def _groups(connection: Connection, change: ZoneChange) -> list[tuple[str | None, tuple[str, ...], int]]:
    """How many listings of the municipality have each postal code and zones."""
    counted = sa.select(_CODE, _row.zones, sa.func.count().label("listings")).select_from(_FROM)
    counted = counted.where(_row.municipality == change.move.nis).group_by(_CODE, _row.zones)
    rows = connection.execute(counted)
    return [(row.code, tuple(row.zones.split()), row.listings) for row in rows]


def _names(
    connection: Connection, change: ZoneChange, moving: Sequence[tuple[str | None, tuple[str, ...]]]
) -> tuple[tuple[UUID, str], ...]:
    wanted = sa.select(_row.listing_id, _row.name, _CODE, _row.zones).select_from(_FROM)
    wanted = wanted.where(_row.municipality == change.move.nis).order_by(_row.sort_name, _row.listing_id)
    found: list[tuple[UUID, str]] = []
    if not moving:
        return ()
    for row in connection.execute(wanted.execution_options(yield_per=200)):
        if (row.code, tuple(row.zones.split())) in moving:
            found.append((row.listing_id, row.name))
        if len(found) == _MOST_NAMES:
            break
    return tuple(found)


_row = listing_overview.c
_FROM = listing_overview.join(listing, listing.c.id == listing_overview.c.listing_id)
_CODE = listing.c.resolved[("values", "address.postal_code")].as_string().label("code")
