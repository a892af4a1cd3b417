"""What waits in the zones of somebody, of most worth first, and what was done there this week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.tasks.questions import NABIJ
from service.config import TIMEZONE
from service.database.bulk import AnyRow
from service.database.claims import source_record
from service.database.tasks import CLOSED, OPEN, SNOOZED, task
from service.model.task_kinds import task_kinds

A_PAGE = 20
"""Tasks on a page: what somebody does in ten minutes."""

_ORDER = tuple(task.c[name] for name in ("worth", "kind", "zones", "needs", "snoozed_until", "id"))
_other = source_record.alias("other")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which tasks: of these zones (None: of all, also of none), of a kind, about a need or its theme."""

    zones: tuple[str, ...] | None
    kind: str | None = None
    need: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """One task as it stands; ``listing`` and ``other`` are those that its records feed now."""

    id: UUID
    kind: str
    state: str
    about: dict[str, Any]
    reasons: dict[str, Any]
    zones: tuple[str, ...]
    needs: tuple[str, ...]
    key: str | None
    opened_at: datetime
    snoozed_until: date | None
    outcome: str | None
    record_id: UUID | None
    other_id: UUID | None
    listing: UUID | None
    other: UUID | None

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered it or put it off."""
        return self.state == OPEN


def waiting_tasks(connection: Connection, asked: Asked, today: date) -> list[Waiting]:
    """One page of what waits, of most worth first."""
    skipped = (asked.page - 1) * A_PAGE
    wanted = _wanted(asked)
    # Those that are open are read along the index, in its order, and no further than this page.
    still = _ordered(sa.select(*_ORDER).where(task.c.state == OPEN, *wanted), task.c)
    woken = sa.select(*_ORDER).where(_is_woken(today), *wanted)
    both = sa.union_all(sa.select(still.limit(skipped + A_PAGE).subquery()), woken).subquery()
    page = _ordered(sa.select(both.c.id), both.c).limit(A_PAGE).offset(skipped).subquery()
    rows = connection.execute(_ordered(_tasks().where(task.c.id.in_(sa.select(page.c.id))), task.c))
    return [_task(row) for row in rows]


def one_task(connection: Connection, task_id: UUID) -> Waiting | None:
    """The task with an id, in whatever state; None where there is none."""
    row = connection.execute(_tasks().where(task.c.id == task_id)).first()
    return _task(row) if row else None


def count_waiting(connection: Connection, asked: Asked, today: date) -> dict[str, int]:
    """How many wait by kind, the kind of most worth first, whatever kind is asked for."""
    every = _wanted(Asked(asked.zones, None, asked.need))
    counted = sa.select(task.c.kind, sa.func.count().label("tasks"))
    counted = counted.where(sa.or_(task.c.state == OPEN, _is_woken(today)), *every)
    found = {row.kind: row.tasks for row in connection.execute(counted.group_by(task.c.kind))}
    return {kind: found[kind] for kind in task_kinds() if kind in found}


def done_this_week(connection: Connection, zones: tuple[str, ...] | None, now: datetime) -> int:
    """How many tasks of these zones people answered since Monday, all together."""
    local = now.astimezone(TIMEZONE)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), time(), TIMEZONE)
    by_people = (task.c.state == CLOSED, task.c.closed_at >= monday, task.c.closed_by != NABIJ)
    counted = sa.select(sa.func.count()).select_from(task).where(*by_people, *_in_zones(zones))
    return connection.scalar(counted) or 0


def _ordered(chosen: sa.Select[Any], columns: Any) -> sa.Select[Any]:  # noqa: ANN401 (of a table or a part)
    """The columns of the index in its order."""
    return chosen.order_by(*(columns[each.name].desc() for each in _ORDER))


def _is_woken(today: date) -> sa.ColumnElement[bool]:
    return sa.and_(task.c.state == SNOOZED, task.c.snoozed_until <= today)


def _wanted(asked: Asked) -> list[sa.ColumnElement[bool]]:
    wanted = _in_zones(asked.zones)
    if asked.kind:
        wanted.append(task.c.kind == asked.kind)
    if asked.need:
        end = " " if "." in asked.need else "."
        wanted.append(task.c.needs.contains(f" {asked.need}{end}", autoescape=True))
    return wanted


def _in_zones(zones: tuple[str, ...] | None) -> list[sa.ColumnElement[bool]]:
    if zones is None:
        return []
    lies = [task.c.zones.contains(f" {zone} ", autoescape=True) for zone in zones]
    return [sa.or_(sa.false(), *lies)]


def _tasks() -> sa.Select[*tuple[Any, ...]]:
    joined = task.outerjoin(source_record, source_record.c.id == task.c.record_id)
    joined = joined.outerjoin(_other, _other.c.id == task.c.other_id)
    feeds = (source_record.c.listing_id.label("listing"), _other.c.listing_id.label("other"))
    return sa.select(task, *feeds).select_from(joined)


def _task(row: AnyRow) -> Waiting:
    return Waiting(
        row.id, row.kind, row.state, row.about, row.reasons or {}, tuple(row.zones.split()),
        tuple(row.needs.split()), row.key or None, row.opened_at, row.snoozed_until, row.outcome,
        row.record_id, row.other_id, row.listing, row.other,
    )  # fmt: skip
