"""Working out once a day what each open task is worth, in batches, so that a list of them is only read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.demand import demand_of
from service.catalogue.gaps import fields_behind
from service.catalogue.tasks.worth import Reasons, worth_of
from service.config import TIMEZONE
from service.database.bulk import AnyRow, chunks
from service.database.claims import listing, source_record
from service.database.session import reading, writing
from service.database.tasks import CLOSED, task
from service.model.freshness import EMERGENCY, ages, state_on
from service.model.task_kinds import task_kinds

MONTH_DAYS = 30
"""The days whose searches count."""

BATCH = 2_000
"""Tasks in one transaction."""

EMERGENCY_URGENCY = 0.3  # more for help that has to be there at night
NIS = listing.c.resolved[("values", "address.municipality")].as_string()
NEEDS = listing.c.resolved[("values", "service.needs")]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What people looked for in a month: searches, and criteria that nobody could tell them, by need and
    municipality."""

    searches: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unknown: Mapping[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)


def wanted_in(connection: Connection, today: date) -> Wanted:
    """What was looked for in the last month; a need that was shown in a town counts there as one asked."""
    since = today - timedelta(days=MONTH_DAYS)
    searches: dict[tuple[str, str], int] = {}
    unknown: dict[tuple[str, str], dict[str, int]] = {}
    for row in demand_of(connection, since, today, by=("need", "municipality", "criterion")):
        key = (row.need, row.municipality)
        if row.kind in ("asked", "shown"):
            searches[key] = max(searches.get(key, 0), row.searches)
        elif row.kind == "unknown":
            unknown.setdefault(key, {})[row.criterion] = row.searches
    return Wanted(searches, unknown)


def weigh_tasks(engine: Engine, now: datetime) -> int:
    """Weigh the open tasks that were not weighed today; gives how many. Safe to break off and run again."""
    today = now.astimezone(TIMEZONE).date()
    with reading(engine) as connection:
        wanted = wanted_in(connection, today)
    weighed = 0
    after: UUID | None = None
    while True:
        with reading(engine) as connection:
            rows = connection.execute(_next(today, after)).all()
            changes = [_weighed(row, wanted, known, today) for row, known in _known(connection, rows, wanted)]
        if not rows:
            return weighed
        own = sa.update(task).where(task.c.id == sa.bindparam("task_id"))
        with writing(engine) as connection:
            connection.execute(own, changes)
        weighed += len(rows)
        after = rows[-1].id


def _next(today: date, after: UUID | None) -> sa.Select[*tuple[Any, ...]]:
    """The next tasks to weigh, in order of their ids, ``after`` the last one: not through all before it."""
    due = sa.or_(task.c.weighed_on.is_(None), task.c.weighed_on < today)
    columns = (task.c.id, task.c.kind, task.c.worth, task.c.reasons, task.c.needs, task.c.about)
    stands = (listing.c.id.label("listing_id"), listing.c.check_on, listing.c.stale_on)
    joined = task.outerjoin(source_record, source_record.c.id == task.c.record_id)
    joined = joined.outerjoin(listing, listing.c.id == source_record.c.listing_id)
    said = (NIS.label("nis"), NEEDS.label("listing_needs"))
    chosen = sa.select(*columns, *stands, *said).select_from(joined)
    chosen = chosen.where(task.c.state != CLOSED, due)
    if after is not None:
        chosen = chosen.where(task.c.id > after)
    return chosen.order_by(task.c.id).limit(BATCH)


def _known(
    connection: Connection, rows: Iterable[AnyRow], wanted: Wanted
) -> list[tuple[AnyRow, frozenset[str]]]:
    """Beside each task the fields that its listing states, where somebody asked for what is not known."""
    every = list(rows)
    asked = {r.listing_id for r in every if r.listing_id and any(k in wanted.unknown for k in _cells(r))}
    stated: dict[UUID, frozenset[str]] = {}
    for some in chunks(asked):
        found = sa.select(listing.c.id, listing.c.resolved["values"].label("said"))
        for row in connection.execute(found.where(listing.c.id.in_(some))):
            stated[row.id] = frozenset(key.partition("@")[0] for key in row.said)
    return [(row, stated.get(row.listing_id, frozenset())) for row in every]


def reasons_now(row: AnyRow, wanted: Wanted, today: date) -> Reasons | None:
    """Why a check that is opened now is worth what it is.

    None where its row (as `_next` reads it) does not tell: somebody asked for what may not be known of it.
    """
    cells = _cells(row)
    if any(cell in wanted.unknown for cell in cells):
        return None
    searches = max((wanted.searches.get(cell, 0) for cell in cells), default=0)
    return Reasons(_base_of_check(row), searches, state_on(today, row.check_on, row.stale_on))


def _cells(row: AnyRow) -> list[tuple[str, str]]:
    return [(need, row.nis) for need in row.listing_needs or () if row.nis]


def _weighed(row: AnyRow, wanted: Wanted, stated: frozenset[str], today: date) -> dict[str, Any]:
    cells = _cells(row)
    searches = max((wanted.searches.get(cell, 0) for cell in cells), default=0)
    asked = {name for cell in cells for name in wanted.unknown.get(cell, ())}
    unknown = sorted(name for name in asked if stated.isdisjoint(fields_behind(name)))
    age = state_on(today, row.check_on, row.stale_on) if row.listing_id else None
    reasons = Reasons(_base(row), searches or int(row.about.get("searches", 0)), age, tuple(unknown))
    return {"task_id": row.id, "worth": worth_of(reasons), "reasons": reasons.plain(), "weighed_on": today}


def _base(row: AnyRow) -> float:
    """The worth of the kind with the urgency that the task began with; of a check it is worked out anew."""
    if row.kind == "due_check":
        return _base_of_check(row)
    return float(row.reasons["base"]) if row.reasons else float(row.worth)


def _base_of_check(row: AnyRow) -> float:
    urgent = not ages()[EMERGENCY].needs.isdisjoint(row.listing_needs or ())
    return task_kinds()["due_check"].worth * (1 + (EMERGENCY_URGENCY if urgent else 0.0))
