"""The history of a listing step by step: who did what, and what was believed before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.audit import note
from service.accounts.person import Person
from service.catalogue.claims import Edit, SourceRecord
from service.catalogue.edits import check_person, withdraw_edit
from service.catalogue.groups import Group, groups_of
from service.catalogue.history import Event, EventKind, history_of
from service.catalogue.links import set_apart, unlink
from service.catalogue.resolve import resolve
from service.database.claims import link
from service.desk.editing.current import Current, read_current, require_on
from service.errors import NotFound
from service.model.values import Value


@dataclass(frozen=True, slots=True)
class Change:
    """What was believed of a field before and after a step; None: not known."""

    key: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one speaker did at one moment. ``ids`` are those of the edits, the link or the records; ``by`` is
    what stands behind it; ``undoes`` names what can be taken back (edit or link), empty where nothing can."""

    at: datetime
    kind: EventKind
    by: str
    why: str
    how: str
    until: date | None
    ids: tuple[UUID, ...]
    changes: tuple[Change, ...]
    keys: tuple[str, ...]
    url: str
    undoes: str = ""


def steps_of(connection: Connection, current: Current) -> list[Step]:
    """Every step of a listing, the newest first."""
    own = current.listing.id
    events = history_of(connection, own, hidden_too=True)
    edits = {edit.id: edit for edit in current.edits}
    group = groups_of(connection, [own])[own]
    undone = set(connection.scalars(sa.select(link.c.id).where(link.c.undone_at.is_not(None))))
    replay = _Replay(group, edits)
    steps = []
    for _key, held in groupby(events, key=lambda event: (event.at, event.kind, _by(event, edits), event.why)):
        steps.append(_step(list(held), edits, replay, undone))
    return steps[::-1]


def _step(events: Sequence[Event], edits: Mapping[UUID, Edit], replay: _Replay, undone: set[UUID]) -> Step:
    first = events[0]
    before = replay.values(first.at)
    for event in events:
        replay.take(event)
    after = replay.values(first.at)
    edit = edits.get(first.id)
    live = [event.id for event in events if event.id in edits and edits[event.id].withdrawn_at is None]
    undoes = ""
    if first.kind in ("stated", "confirmed") and live:
        undoes = "edit"
    elif first.kind == "linked" and first.id not in undone:
        undoes = "link"
    return Step(
        first.at,
        first.kind,
        _by(first, edits),
        first.why or "",
        edit.how or "" if edit and first.kind != "taken_back" else "",
        edit.until if edit and first.kind != "taken_back" else None,
        tuple(live) if undoes == "edit" else tuple(event.id for event in events),
        tuple(_changes(before, after)),
        tuple(dict.fromkeys(key for event in events for key in event.changes)),
        first.url or "",
        undoes,
    )


def _by(event: Event, edits: Mapping[UUID, Edit]) -> str:
    edit = edits.get(event.id)
    if edit is None:
        return event.who
    return edit.withdrawn_by or "" if event.kind == "taken_back" else edit.by


def _changes(before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[Change]:
    for key in (*after, *(key for key in before if key not in after)):
        if before.get(key) != after.get(key):
            yield Change(key, before.get(key), after.get(key))


class _Replay:
    """Says once more what was said, to see what was believed at each moment.

    All records count that feed the listing now, from the moment on that they spoke.
    """

    def __init__(self, group: Group, edits: Mapping[UUID, Edit]) -> None:
        self._cards = {record.id: record for record in group.records}
        self._all_edits = edits
        self._records: dict[UUID, SourceRecord] = {}
        self._edits: dict[UUID, Edit] = {}

    def take(self, event: Event) -> None:
        """One event more."""
        if event.kind == "said":
            held = self._records.get(event.id) or replace(self._cards[event.id], values={}, former={})
            told = {**held.values, **event.changes}
            values = {key: value for key, value in told.items() if value is not None}
            self._records[event.id] = replace(held, values=values, withdrawn_at=None)
        elif event.kind == "fell_silent":
            self._records[event.id] = replace(self._records[event.id], withdrawn_at=event.at)
        elif event.kind in ("stated", "confirmed"):
            self._edits[event.id] = replace(self._all_edits[event.id], withdrawn_at=None)
        elif event.kind == "taken_back":
            self._edits.pop(event.id, None)

    def values(self, at: datetime) -> Mapping[str, Value]:
        """What is believed at a moment."""
        if not self._records:
            return {}
        return resolve(self._records.values(), self._edits.values(), at).values


def undo(
    connection: Connection,
    person: Person,
    listing_id: UUID,
    what: str,
    ids: Sequence[UUID],
    *,
    why: str,
    now: datetime,
) -> None:
    """Take a step back: ``what`` is edit (those with ``ids``), link, or apart (a record leaves a joined
    listing). Raises NotFound, Forbidden, and BadValue without a reason."""
    current = read_current(connection, listing_id, now)
    require_on(person, "edit" if what == "edit" else "merge", current.listing)
    check_person(why=why)
    own = current.listing.id
    if what == "edit":
        mine = {edit.id for edit in current.edits}
        for each in ids:
            if each not in mine:
                raise NotFound(f"There is no edit {each} of this listing.")
            withdraw_edit(connection, each, by=person.by, why=why, now=now)
    elif what == "link":
        _check_link(connection, ids[0], own)
        unlink(connection, ids[0], by=person.by, why=why, now=now)
    elif what == "apart":
        _check_record(connection, ids[0], own)
        set_apart(connection, ids[0], by=person.by, why=why, now=now)
    else:
        raise NotFound("There is nothing of that kind to take back.")
    about = {"what": what, "ids": [str(each) for each in ids]}
    note(connection, person, "undo", now, listing=own, about=about)


def _check_link(connection: Connection, link_id: UUID, listing_id: UUID) -> None:
    row = connection.execute(sa.select(link.c.record_a, link.c.record_b).where(link.c.id == link_id)).first()
    records = {record.id for record in groups_of(connection, [listing_id])[listing_id].records}
    if row is None or not records & {row.record_a, row.record_b}:
        raise NotFound(f"There is no link {link_id} of this listing.")


def _check_record(connection: Connection, record: UUID, listing_id: UUID) -> None:
    if record not in {each.id for each in groups_of(connection, [listing_id])[listing_id].records}:
        raise NotFound(f"There is no record {record} of this listing.")
