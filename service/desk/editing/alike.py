"""Before a new listing is made: the listings there are already that may be the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from rapidfuzz import fuzz, process
from sqlalchemy.engine import Connection

from service.accounts.audit import note
from service.accounts.permissions import require
from service.accounts.person import Grant, Person
from service.accounts.store import set_grants
from service.catalogue.by_hand import DESK, PROVIDERS, add_by_hand
from service.catalogue.ground import ground_of
from service.catalogue.listings import read_listing
from service.catalogue.matching.compare import Side, compare
from service.catalogue.matching.face import Face, face_of
from service.catalogue.matching.store import read_sides
from service.database.claims import WITHDRAWN, source_record
from service.database.matches import sketch
from service.model.listing import Listing
from service.model.provenance import PROVIDER
from service.model.values import Value

MOST = 8
_ALIKE = 70.0  # per cent of letters in common of the names, beside the rules of matching
_SAME_HELP = 15.0  # so much more alike where they help with the same
_WORDS = 0.85  # words in common say a little less than a name that is spelt alike
_WORTH_A_LOOK = 50.0  # per cent of words in common, below which no rule holds
_LOOKED_AT = 80
_NEW_ONES = 200  # made at the desk and not compared yet; the worker compares every minute


@dataclass(frozen=True, slots=True)
class Alike:
    """A listing that may be the same, from 0 to 100 how alike, and by which rule (none: only by its name)."""

    listing: Listing
    score: int
    rule: str


def alike(connection: Connection, values: dict[str, Value], now: datetime) -> list[Alike]:
    """The listings of the same municipality that are likest to one that would say these values."""
    face = face_of(values, ground_of(connection))
    sides = read_sides(connection, _by_words(connection, face)) | _just_made(connection, face)
    mine = Side("", is_live=True, face=face)
    scored: list[tuple[float, UUID, str]] = []
    for record, side in sides.items():
        likeness = compare(mine, side)
        by_name = _by_name(face, side.face)
        if likeness is not None or by_name >= _ALIKE:
            score = max(likeness.score if likeness else 0, by_name)
            scored.append((score, record, likeness.rule if likeness else ""))
    return _listings(connection, sorted(scored, key=lambda each: (-each[0], each[1].int)), now)


def _by_words(connection: Connection, mine: Face) -> list[UUID]:
    """The records of the municipality whose names have most words in common with these."""
    if not mine.nis or not mine.whole:
        return []
    rows = connection.execute(sa.select(sketch.c.record_id, sketch.c.face).where(sketch.c.block == mine.nis))
    words = {
        record: " ".join((*face.get("organizations", ()), *face.get("services", ()))) for record, face in rows
    }
    best = process.extract(
        mine.whole, words, scorer=fuzz.token_set_ratio, score_cutoff=_WORTH_A_LOOK, limit=_LOOKED_AT
    )
    return [record for _words, _score, record in best]


def _by_name(mine: Face, other: Face) -> float:
    """How alike the words of the names are; a little more where both help with the same."""
    score = fuzz.token_set_ratio(mine.whole, other.whole) if mine.whole and other.whole else 0.0
    services = max((fuzz.ratio(a, b) for a in mine.services for b in other.services), default=0.0)
    best = max(_WORDS * score, services)
    same_help = not set(mine.needs).isdisjoint(other.needs)
    return min(100.0, best + _SAME_HELP) if same_help and best >= _ALIKE - _SAME_HELP else best


def _just_made(connection: Connection, face: Face) -> dict[UUID, Side]:
    """What was made at the desk since matching looked last."""
    table = source_record.c
    wanted = (
        sa.select(table.id, table.source_id, table["values"])
        .outerjoin_from(source_record, sketch, sketch.c.record_id == table.id)
        .where(table.source_id.in_((DESK.id, PROVIDERS.id)), sketch.c.record_id.is_(None))
        .order_by(table.fetched_at.desc())
        .limit(_NEW_ONES)
    )
    ground = ground_of(connection)
    rows = connection.execute(wanted).all()
    found = {row.id: Side(row.source_id, True, face_of(row._mapping["values"], ground)) for row in rows}
    return {record: side for record, side in found.items() if side.face.nis == face.nis}


def _listings(
    connection: Connection, scored: Sequence[tuple[float, UUID, str]], now: datetime
) -> list[Alike]:
    found: dict[UUID, Alike] = {}
    for score, record, rule in scored:
        if len(found) == MOST:
            break
        read = read_listing(connection, record, now=now, hidden_too=True)
        if read is not None and read.listing.state != WITHDRAWN:
            found.setdefault(read.listing.id, Alike(read.listing, round(score), rule))
    return list(found.values())


def make(connection: Connection, person: Person, values: dict[str, Value], now: datetime) -> UUID:
    """Make the listing as a draft; gives its id. Raises Forbidden where the person may not make one there.

    An editor makes it as the provider, and may edit from then on what is of that organization.
    """
    nis, code = values.get("address.municipality"), values.get("address.postal_code")
    zones = ground_of(connection).zones_of(str(nis), str(code) if code else None) if nis else ()
    own = person.organizations[0] if person.organizations else None
    require(person, "create", zones=zones, organization=own)
    role = person.role_for(zones, own) or "coordinator"
    made = add_by_hand(connection, values, by=person.by, now=now, role=role)
    if role == PROVIDER:
        read = read_listing(connection, made, hidden_too=True)
        assert read is not None
        grant = Grant("editor", organization=read.listing.organization.id)
        if grant not in person.grants:
            set_grants(connection, person.id, (*person.grants, grant))
    note(connection, person, "create", now, listing=made)
    return made
