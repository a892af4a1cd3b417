"""Tips of professionals as they are shown: who wrote them, when, and until when they hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from service.accounts.permissions import may_somewhere
from service.accounts.person import Person
from service.accounts.store import names_of
from service.config import TIMEZONE
from service.database.session import reading, writing
from service.desk.notes import Note, notes_of, seen_notes
from service.i18n import formats
from service.model.dates import PartialDate
from service.web.desk.door import person_at
from service.web.site import Site


@dataclass(frozen=True, slots=True)
class Tip:
    """One tip in words; ``is_mine`` where whoever looks wrote it."""

    note: Note
    who: str
    when: str
    until: date
    is_mine: bool


def shown_tips(site: Site, person: Person, listings: Collection[UUID], lang: str) -> list[Tip]:
    """The tips that a person may read, each seeing of them in the audit."""
    now = site.clock()
    with reading(site.database) as connection:
        found = notes_of(connection, person, listings, now)
        names = names_of(connection, [each.by for each in found])
    if found:
        with writing(site.database) as connection:
            seen_notes(connection, person, listings, now)
    today = site.today()
    return [
        Tip(each, names.get(each.by, ""), _when(each, today, lang), each.expires_on, each.by == person.by)
        for each in found
    ]


def tips_for_visitor(site: Site, listings: Collection[UUID], lang: str) -> list[Tip] | None:
    """The tips on a public page for a professional who is signed in; None for everybody else."""
    person = person_at(site)
    if person is None or not may_somewhere(person, "note_read"):
        return None
    return shown_tips(site, person, listings, lang)


def _when(note: Note, today: date, lang: str) -> str:
    day = note.written_at.astimezone(TIMEZONE).date()
    return f"{formats.day(day, lang)} ({formats.age(PartialDate(day.year, day.month, day.day), today, lang)})"
