"""Reading the tasks: what is open, of most worth first, and one with both sides of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.groups import groups_of
from service.catalogue.listings import Found, read_listing
from service.catalogue.matching.compare import rules
from service.database.bulk import AnyRow
from service.database.claims import source, source_record
from service.database.runs import rejected_row
from service.database.tasks import CLOSED, OPEN, SNOOZED, task
from service.errors import BadValue, NotFound
from service.geo.places import gazetteer
from service.model.listing import pick_text
from service.model.task_kinds import task_kinds
from service.model.terms import needs, themes

_MOST_ROWS = 20  # refused rows that are shown; the file of rejects has them all


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look at, as it waits or was closed; ``listing`` is the id of what it is about now."""

    id: UUID
    kind: str
    title: str
    worth: float
    state: str
    opened_at: datetime
    zones: tuple[str, ...]
    needs: tuple[str, ...]
    listing: UUID | None
    other: UUID | None
    key: str | None
    about: dict[str, Any]
    snoozed_until: date | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    outcome: str | None = None
    why: str | None = None
    reasons: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question: who speaks, when, and what they say by field key."""

    speaker: str
    said_on: str | None
    listing: UUID | None
    values: dict[str, Any] = field(default_factory=dict)
    url: str | None = None


def read_tasks(
    connection: Connection,
    today: date,
    *,
    zone: str | None = None,
    need: str | None = None,
    kind: str | None = None,
    closed: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[Task], int]:
    """The open tasks (or the closed ones, the last first) of a zone, a need (or its theme) and a kind.

    Gives those asked for, of most worth first, and how many there are in all. Raises BadValue for a kind
    that there is not.
    """
    if kind is not None and kind not in task_kinds():
        raise BadValue("kind", kind, "is no kind of task", "one of " + ", ".join(task_kinds()))
    wanted = [task.c.state == CLOSED if closed else _is_waiting(today)]
    if zone:
        wanted.append(task.c.zones.contains(f" {zone} ", autoescape=True))
    if need:
        end = " " if "." in need else "."
        wanted.append(task.c.needs.contains(f" {need}{end}", autoescape=True))
    if kind:
        wanted.append(task.c.kind == kind)
    total = connection.scalar(sa.select(sa.func.count()).select_from(task).where(*wanted)) or 0
    order = (task.c.closed_at.desc(),) if closed else (task.c.worth.desc(), task.c.opened_at)
    rows = connection.execute(
        sa.select(task).where(*wanted).order_by(*order, task.c.id).limit(limit).offset(offset)
    ).all()
    return [_task(connection, row) for row in rows], total


def count_tasks(connection: Connection, today: date) -> dict[str, int]:
    """How many wait, by kind."""
    counted = sa.select(task.c.kind, sa.func.count().label("tasks")).where(_is_waiting(today))
    return {row.kind: row.tasks for row in connection.execute(counted.group_by(task.c.kind))}


def find_task(connection: Connection, text: str) -> Task:
    """The task with an id, or with the only id that begins so. Raises NotFound and BadValue."""
    begin = text.replace("-", "").lower()
    if not begin or set(begin) - set("0123456789abcdef") or len(begin) > 32:
        raise BadValue("task", text, "is no task", "its id, or the first signs of it")
    first, last = UUID(begin.ljust(32, "0")), UUID(begin.ljust(32, "f"))
    rows = connection.execute(sa.select(task).where(task.c.id.between(first, last)).limit(2)).all()
    if not rows:
        raise NotFound(f"There is no task {text}.")
    if len(rows) > 1:
        raise BadValue("task", text, "begins more than one id", "some more signs of it")
    return _task(connection, rows[0])


class Looked(Protocol):
    """What has to be known of a task to show both sides of it."""

    @property
    def id(self) -> UUID:
        """Its id."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def about(self) -> dict[str, Any]:
        """What else there is to know."""

    @property
    def key(self) -> str | None:
        """The field that it is about."""

    @property
    def listing(self) -> UUID | None:
        """The listing that it is about."""


def sides_of(connection: Connection, one: Looked) -> list[Side]:
    """Both sides of it, as they are now; those who see it may see hidden addresses."""
    if one.kind == "duplicate":
        return [_record_side(connection, row) for row in _records(connection, one)]
    if one.kind == "rejected_row":
        return [Side(one.about["source"], None, None, dict(row)) for row in _rejects(connection, one)]
    found = _found(connection, one.listing)
    if found is None:
        return []
    if one.key and one.kind != "due_check":
        return list(_voices(found, one.key))
    return [Side(str(found.listing.organization.name), _said(found), found.listing.id, dict(found.values))]


def _is_waiting(today: date) -> sa.ColumnElement[bool]:
    woken = sa.and_(task.c.state == SNOOZED, task.c.snoozed_until <= today)
    return sa.or_(task.c.state == OPEN, woken)


def _task(connection: Connection, row: AnyRow) -> Task:
    fed = _fed(connection, [each for each in (row.record_id, row.other_id) if each])
    return Task(
        row.id, row.kind, _title(connection, row), row.worth, row.state, row.opened_at,
        tuple(row.zones.split()), tuple(row.needs.split()), fed.get(row.record_id), fed.get(row.other_id),
        row.key or None, row.about, row.snoozed_until, row.closed_at, row.closed_by, row.outcome, row.why,
        row.reasons or {},
    )  # fmt: skip


def _fed(connection: Connection, records: list[UUID]) -> dict[UUID | None, UUID]:
    wanted = sa.select(source_record.c.id, source_record.c.listing_id).where(source_record.c.id.in_(records))
    return {row.id: row.listing_id for row in connection.execute(wanted)}


def _title(connection: Connection, row: AnyRow) -> str:
    if row.kind == "rejected_row":
        about = row.about
        where = f" in {about['column']}" if about["column"] else ""
        return f"{about['source']}: {about['rows']} refused{where}: {about['reason']}"
    if row.kind == "need_gap":
        return _sought(row.about)
    names = [_name(found) for each in (row.record_id, row.other_id)
             if each and (found := _found(connection, each))]  # fmt: skip
    title = " | ".join(dict.fromkeys(names))
    if row.kind == "duplicate":
        rule = rules().get(row.about["rule"])
        return f"{title}: {rule.reason}" if rule else title
    if row.kind == "correction":
        return ": ".join(filter(None, (title, row.about.get("what"), row.about.get("text"))))
    if row.kind == "dead_link":
        return f"{title}: {row.about['address']}"
    return f"{title}: {row.key}" if row.key and row.kind != "due_check" else title


def _sought(about: dict[str, Any]) -> str:
    place = gazetteer().municipality(about["municipality"])
    term = needs().get(about["need"]) or themes().get(about["need"])
    what = term.label("nl") if term else about["need"]
    return f"{what}, {place.name('nl') if place else about['municipality']}: {about['searches']} searches"


def _found(connection: Connection, record: UUID | None) -> Found | None:
    return read_listing(connection, record, hidden_too=True) if record else None


def _name(found: Found) -> str:
    listing = found.listing
    return f"{pick_text(listing.service.name, 'nl')[0]} · {listing.organization.name}"


def _said(found: Found) -> str | None:
    return str(found.listing.said_on) if found.listing.said_on else None


def _records(connection: Connection, one: Looked) -> Iterator[UUID]:
    row = connection.execute(sa.select(task.c.record_id, task.c.other_id).where(task.c.id == one.id)).one()
    yield from (each for each in row if each is not None)


def _record_side(connection: Connection, record: UUID) -> Side:
    """What one source says, before anything is weighed."""
    fed = connection.scalar(sa.select(source_record.c.listing_id).where(source_record.c.id == record))
    group = groups_of(connection, [fed] if fed else [])
    said = next(each for each in group[fed].records if each.id == record)  # type: ignore[index]
    name = connection.scalar(sa.select(source.c.name).where(source.c.id == said.source_id))
    day = str(said.said_on) if said.said_on else None
    return Side(f"{name} ({said.key})", day, fed, dict(said.values), said.url)


def _voices(found: Found, key: str) -> Iterator[Side]:
    """Everybody who states the field, the one believed first."""
    who = found.listing.provenance.get(key)
    claims = [(found.values.get(key), who)] if who else []
    claims += [(claim.value, claim.provenance) for claim in found.others.get(key, ())]
    for value, by in claims:
        day = str(by.said_on) if by.said_on else None
        yield Side(by.speaker, day, found.listing.id, {key: value}, by.url)


def _rejects(connection: Connection, one: Looked) -> Iterator[dict[str, Any]]:
    row, about = rejected_row.c, one.about
    columns = (row.file, row.row, row.column, row.value, row.reason, row.suggestion)
    wanted = sa.select(*columns).where(row.run_id == UUID(about["run"]), row.reason == about["reason"])
    column = row.column == about["column"] if about["column"] else row.column.is_(None)
    for each in connection.execute(wanted.where(column).order_by(row.number).limit(_MOST_ROWS)):
        yield dict(each._mapping)
