"""Tips that professionals leave one another on a listing: who to ask for, call before; never about people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from stdnum.be import nn

from service.accounts.audit import note as audit
from service.accounts.permissions import may, require
from service.accounts.person import Person
from service.catalogue.edits import fed_listing
from service.catalogue.listings import read_listing
from service.config import TIMEZONE
from service.database.bulk import AnyRow, chunks
from service.database.claims import source_record
from service.database.notes import worker_note
from service.errors import BadValue, Forbidden, NotFound
from service.model.fields import LANGUAGES
from service.model.freshness import months_later
from service.model.listing import Listing

LONGEST = 300
"""Characters: a tip, no file."""

MONTHS = (3, 6, 12)
"""After how many months a tip is shown no more, unless somebody writes it anew."""

MOST = 20
"""Tips on one listing at a time; who finds more first takes old ones away."""

PERSON, MOBILE = "person", "mobile"
"""Hints: it seems to name a person; a mobile number, which has to be one of work."""

_NUMBER = re.compile(r"\d{2}[\s.]?\d{2}[\s.]?\d{2}[\s.-]?\d{3}[\s.]?\d{2}")
_MOBILE = re.compile(r"(?:\+32|0032|\b0)[\s./]?4\d{2}(?:[\s./]?\d){6}")
_PERSON = re.compile(
    r"\b(?:mevrouw|mevr|mw|meneer|mijnheer|dhr|madame|mme|monsieur|mr|mrs|ms|frau|herr|señora?|pani?|doamna|"
    r"domnul|bay|bayan)\b\.?\s+\w|\b[Mm]\.\s+[^\W\d_]|\b(?:cliënte?|patiënte?|bewoonster|bewoner|patiente?)\s+[A-Z]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Note:
    """One tip; ``by`` is the account that wrote it, ``expires_on`` the first day without it."""

    id: UUID
    listing: UUID
    language: str
    text: str
    by: str
    written_at: datetime
    expires_on: date


def hints(text: str) -> tuple[str, ...]:
    """What to look at again before it is kept: `PERSON`, `MOBILE`."""
    found = {PERSON: _PERSON.search(text), MOBILE: _MOBILE.search(text)}
    return tuple(name for name, match in found.items() if match)


def write_note(
    connection: Connection,
    person: Person,
    listing_id: UUID,
    text: str,
    *,
    language: str,
    months: int,
    now: datetime,
    is_sure: bool = False,
) -> UUID:
    """Leave a tip on a listing; gives its id.

    Raises NotFound for the listing, Forbidden, and BadValue for a text that is empty, too long or holds a
    national register number, for a language or a number of months that there is not, and, unless
    ``is_sure``, where there are hints.
    """
    listing = _listing(connection, listing_id, now)
    require(person, "note_write", zones=_zones(listing))
    tidy = _checked(text, language, months)
    if not is_sure and (found := hints(tidy)):
        raise BadValue("hints", None, "has to be looked at again", " ".join(found))
    if len(notes_of(connection, person, [listing.id], now)) >= MOST:
        raise BadValue("text", None, "is one too many", f"at most {MOST} on a listing")
    made = uuid4()
    row = {"id": made, "listing_id": listing.id, "language": language, "text": tidy, "by": person.by,
           "written_at": now, "expires_on": months_later(_day(now), months)}  # fmt: skip
    connection.execute(sa.insert(worker_note).values(row))
    audit(connection, person, "note_write", now, listing=listing.id)
    return made


def remove_note(connection: Connection, person: Person, note_id: UUID, now: datetime) -> UUID:
    """Take a tip away: whoever wrote it, or who coordinates; gives its listing. NotFound, Forbidden."""
    row = connection.execute(sa.select(worker_note).where(worker_note.c.id == note_id)).first()
    if row is None or row.removed_at is not None:
        raise NotFound("There is no such tip.")
    listing = _listing(connection, row.listing_id, now)
    if row.by != person.by and not may(person, "bulk", zones=_zones(listing)):
        raise Forbidden("A tip is taken away by who wrote it or by who coordinates.")
    gone = sa.update(worker_note).where(worker_note.c.id == note_id)
    connection.execute(gone.values(removed_at=now, removed_by=person.by))
    audit(connection, person, "note_remove", now, listing=listing.id)
    return listing.id


def notes_of(connection: Connection, person: Person, listings: Collection[UUID], now: datetime) -> list[Note]:
    """The tips on these listings that hold today and that this person may read, the newest first."""
    found: list[tuple[AnyRow, UUID]] = []
    table = worker_note.c
    for some in chunks(listings):
        wanted = sa.select(worker_note, source_record.c.listing_id.label("feeds")).join(
            source_record, source_record.c.id == table.listing_id
        )
        live = (table.removed_at.is_(None), table.expires_on > _day(now))
        rows = connection.execute(wanted.where(source_record.c.listing_id.in_(some), *live))
        found += [(row, row.feeds) for row in rows]
    allowed = {each: _may_read(connection, person, each, now) for each in {feeds for _row, feeds in found}}
    kept = [_note(row, feeds) for row, feeds in found if allowed[feeds]]
    return sorted(kept, key=lambda each: (each.written_at, each.id.hex), reverse=True)


def seen_notes(
    connection: Connection, person: Person, listings: Collection[UUID], now: datetime
) -> list[Note]:
    """The same, with a line in the audit for each listing whose tips were shown; in a transaction that
    writes."""
    found = notes_of(connection, person, listings, now)
    for each in dict.fromkeys(one.listing for one in found):
        audit(connection, person, "note_seen", now, listing=each)
    return found


def _may_read(connection: Connection, person: Person, listing_id: UUID, now: datetime) -> bool:
    return may(person, "note_read", zones=_zones(_listing(connection, listing_id, now)))


def _checked(text: str, language: str, months: int) -> str:
    plain = "".join(" " if unicodedata.category(each).startswith("C") else each for each in text)
    tidy = " ".join(plain.split())
    if not tidy:
        raise BadValue("text", text, "is empty", "a tip in some words")
    if len(tidy) > LONGEST:
        raise BadValue("text", tidy[:80], "is too long", f"at most {LONGEST} characters")
    if any(nn.is_valid(each) for each in _NUMBER.findall(tidy)):
        raise BadValue("person", None, "holds a national register number", "a tip without people")
    if language not in LANGUAGES:
        raise BadValue("language", language, "is not known", "one of " + ", ".join(LANGUAGES))
    if months not in MONTHS:
        raise BadValue("months", months, "is not offered", "one of 3, 6, 12")
    return tidy


def _listing(connection: Connection, listing_id: UUID, now: datetime) -> Listing:
    found = read_listing(connection, fed_listing(connection, listing_id), now=now)
    if found is None:
        raise NotFound(f"There is no listing {listing_id}.")
    return found.listing


def _zones(listing: Listing) -> set[str]:
    return {*listing.zones, *listing.serves}


def _day(now: datetime) -> date:
    return now.astimezone(TIMEZONE).date()


def _note(row: AnyRow, feeds: UUID) -> Note:
    return Note(row.id, feeds, row.language, row.text, row.by, row.written_at, row.expires_on)
