"""Bringing the open tasks in step with the catalogue: facts to check, disputes, refused rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.demand import forget_demand
from service.catalogue.overview import NOWHERE
from service.catalogue.runs import FINISHED
from service.catalogue.stored import unpack
from service.catalogue.tasks.fact_gaps import keep_fact_gaps
from service.catalogue.tasks.need_gaps import keep_need_gaps
from service.catalogue.tasks.questions import Question, ask, drop, keep_step
from service.catalogue.tasks.weigh import (
    EMERGENCY_URGENCY,
    NEEDS,
    NIS,
    Wanted,
    reasons_now,
    wanted_in,
    weigh_tasks,
)
from service.config import TIMEZONE
from service.database.bulk import AnyRow
from service.database.claims import PUBLISHED, listing, source_record
from service.database.json_text import dump_json
from service.database.overview import listing_zone
from service.database.runs import import_run, rejected_row
from service.database.session import reading, writing
from service.database.tasks import CLOSED, task
from service.model.fields import fields
from service.model.freshness import EMERGENCY, ages, state_on

BATCH = 2_000
"""Tasks in one transaction."""

_MOST_GROUPS = 50  # refused rows are told by column and reason; a source with more has one thing wrong
_MOST_ZONES = 3  # of a source that is some zones' own
_ZONES = listing.c.resolved[("values", "location.zone")]
_URGENCY = {"undated": 0.0, "due": 0.2, "overdue": 0.5, "stale": 0.7}


@dataclass(slots=True)
class Refreshed:
    """How many tasks were opened, and how many closed because they are no question any more."""

    opened: int = 0
    dropped: int = 0

    def count(self, step: tuple[int, int]) -> None:
        """Add what one step did."""
        self.opened += step[0]
        self.dropped += step[1]


def refresh_tasks(engine: Engine, now: datetime) -> Refreshed:
    """Open and close tasks as the catalogue stands; cheap when nothing changed, safe to run twice."""
    done = Refreshed()
    today = now.astimezone(TIMEZONE).date()
    with writing(engine) as connection:
        done.count(_keep_disputes(connection, now))
        done.count(_keep_rejects(connection, now))
        done.dropped += _drop_checks(connection, today, now)
        done.count(keep_need_gaps(connection, now))
        done.count(keep_fact_gaps(connection, now))
        forget_demand(connection, today)
    with reading(engine) as connection:
        wanted = wanted_in(connection, today)
    last: UUID | None = None
    while questions := _some_checks(engine, today, wanted, last):
        with writing(engine) as connection:
            done.opened += ask(connection, questions, now)
        last = questions[-1].record_id
    weigh_tasks(engine, now)
    return done


def _keep_disputes(connection: Connection, now: datetime) -> tuple[int, int]:
    disputed = sa.select(listing.c.id, listing.c.resolved)
    rows = connection.execute(disputed.where(listing.c.disputes > 0, listing.c.state == PUBLISHED))
    held = sa.select(task.c.topic).where(task.c.kind == "contradiction", task.c.state != CLOSED)
    topics = list(connection.scalars(held))
    return keep_step(connection, topics, [each for row in rows for each in _disputes(row)], now)


def _disputes(row: AnyRow) -> Iterator[Question]:
    """One question per field; what was answered is asked again when somebody says something else."""
    resolved = unpack(row.resolved)
    for key in sorted({*resolved.disputed, *resolved.contradictions}):
        said = [resolved.values.get(key), *(claim.value for claim in resolved.others.get(key, ()))]
        mark = hashlib.sha256(dump_json(said).encode()).hexdigest()[:16]
        between = "person" if key in resolved.contradictions else "sources"
        urgency = 0.5 if fields()[key.partition("@")[0]].ages == "hours" else 0.2
        about = {"between": between}
        yield Question(
            "contradiction", f"contradiction:{row.id}:{key}:{mark}", row.id, None, key, about, urgency
        )


def _keep_rejects(connection: Connection, now: datetime) -> tuple[int, int]:
    held = sa.select(task.c.topic).where(task.c.kind == "rejected_row", task.c.state != CLOSED)
    topics = list(connection.scalars(held))
    return keep_step(connection, topics, list(_rejects(connection)), now)


def _rejects(connection: Connection) -> Iterator[Question]:
    """What the last whole import of each source refused, by column and reason."""
    newest = (
        sa.select(import_run.c.source_id, sa.func.max(import_run.c.started_at).label("at"))
        .where(import_run.c.state == FINISHED)
        .group_by(import_run.c.source_id)
        .subquery()
    )
    same = sa.and_(newest.c.source_id == import_run.c.source_id, newest.c.at == import_run.c.started_at)
    runs = sa.select(import_run.c.id, import_run.c.source_id).join(newest, same)
    for run in connection.execute(
        runs.where(import_run.c.rejected > 0, import_run.c.state == FINISHED)
    ).all():
        yield from _rejects_of(connection, run.id, run.source_id)


def _rejects_of(connection: Connection, run_id: UUID, source_id: str) -> Iterator[Question]:
    row = rejected_row.c
    count = sa.func.count().label("rows")
    grouped = sa.select(row.column, row.reason, count, sa.func.min(row.row).label("first"))
    codes = (_zones_of(connection, source_id), ())
    found = connection.execute(
        grouped.where(row.run_id == run_id)
        .group_by(row.column, row.reason)
        .order_by(count.desc(), row.column, row.reason)
        .limit(_MOST_GROUPS)
    )
    for each in found:
        column = each.column or ""
        about = {"source": source_id, "run": str(run_id), "column": column, "reason": each.reason,
                 "rows": each.rows, "first": each.first}  # fmt: skip
        topic = f"rejected:{source_id}:{column}:{each.reason}"
        yield Question("rejected_row", topic, about=about, urgency=min(1.0, each.rows / 100), codes=codes)


def _zones_of(connection: Connection, source_id: str) -> list[str]:
    """The zones that a source speaks of; none where it speaks of many, and is nobody's alone."""
    fed = sa.and_(source_record.c.listing_id == listing_zone.c.listing_id, listing_zone.c.zone != NOWHERE)
    zones = sa.select(listing_zone.c.zone).distinct().join(source_record, fed)
    few = connection.scalars(zones.where(source_record.c.source_id == source_id).limit(_MOST_ZONES + 1)).all()
    return sorted(few) if len(few) <= _MOST_ZONES else []


def _some_checks(engine: Engine, today: date, searched: Wanted, after: UUID | None) -> list[Question]:
    """The next listings to check, or of which no age is known, that have no task for it yet."""
    same = sa.and_(task.c.record_id == listing.c.id, task.c.kind == "due_check")
    answered = sa.and_(task.c.outcome != "gone", task.c.key.is_not_distinct_from(_check_key()))
    held = sa.exists().where(same, sa.or_(task.c.state != CLOSED, answered))
    said = (NEEDS.label("listing_needs"), NIS.label("nis"), _ZONES.label("zones"))
    wanted = sa.select(listing.c.id, listing.c.check_on, listing.c.stale_on, *said).where(
        listing.c.state == PUBLISHED,
        sa.or_(listing.c.check_on <= today, listing.c.check_on.is_(None)),
        ~held,
    )
    if after is not None:
        wanted = wanted.where(listing.c.id > after)
    with reading(engine) as connection:
        rows = connection.execute(wanted.order_by(listing.c.id).limit(BATCH)).all()
    return [_check(row, searched, today) for row in rows]


def _check_key() -> sa.ColumnElement[str]:
    """The day of the check, so that the next check is another question than the last."""
    return sa.func.coalesce(sa.cast(listing.c.check_on, sa.Text()), "")


def _check(row: AnyRow, wanted: Wanted, today: date) -> Question:
    state = state_on(today, row.check_on, row.stale_on)
    urgent = not ages()[EMERGENCY].needs.isdisjoint(row.listing_needs or ())
    urgency = _URGENCY[state] + (EMERGENCY_URGENCY if urgent else 0.0)
    day = row.check_on.isoformat() if row.check_on else ""
    reasons = reasons_now(row, wanted, today)
    return Question(
        "due_check",
        f"due_check:{row.id}:{day}",
        row.id,
        key=day,
        about={"check_on": day or None},
        urgency=urgency,
        codes=(row.zones or (), row.listing_needs or ()),
        reasons=reasons,
        weighed_on=today if reasons else None,
    )


def _drop_checks(connection: Connection, today: date, now: datetime) -> int:
    """Close what was checked meanwhile, was withdrawn or became another listing."""
    joined = task.outerjoin(listing, listing.c.id == task.c.record_id)
    is_due = sa.or_(listing.c.check_on <= today, listing.c.check_on.is_(None))
    still = sa.and_(listing.c.state == PUBLISHED, is_due, _check_key() == task.c.key)
    over = sa.select(task.c.topic).select_from(joined)
    over = over.where(task.c.kind == "due_check", task.c.state != CLOSED)
    topics = connection.scalars(over.where(sa.or_(listing.c.id.is_(None), ~still)))
    return drop(connection, list(topics), now)
