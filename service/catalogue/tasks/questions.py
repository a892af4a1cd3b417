"""Opening what has to be asked, once, and closing by itself what is no question any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.tasks.worth import Reasons, worth_of
from service.database.bulk import chunks, insert_rows
from service.database.claims import listing, source_record
from service.database.tasks import CLOSED, OPEN, task
from service.model.task_kinds import Kind, task_kinds

NABIJ = "nabij"
"""Who closes what is no question any more."""

_COLUMNS = (
    "id", "kind", "topic", "record_id", "other_id", "key", "about", "zones", "needs", "worth", "state",
    "opened_at", "reasons", "weighed_on",
)  # fmt: skip
_TOPICS_AT_ONCE = 500


_Codes = tuple[Sequence[str], Sequence[str]]
"""Zones and needs."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask a person.

    ``topic`` says what it is about: it is asked once at a time, and never again once a person answered.
    ``record_id`` and ``other_id`` are records on both sides, ``key`` a field, ``about`` what else there is to
    know; nothing in it is personal. ``urgency``, from 0 to 1, moves it up among those of its kind. ``codes``
    are the zones and needs that it is about, and ``reasons`` with the day ``weighed_on`` what it is worth,
    where who asks has them at hand; else that is worked out after it.
    """

    kind: Kind
    topic: str
    record_id: UUID | None = None
    other_id: UUID | None = None
    key: str | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    urgency: float = 0.0
    codes: _Codes | None = None
    reasons: Reasons | None = None
    weighed_on: date | None = None


def ask(connection: Connection, questions: Iterable[Question], now: datetime) -> int:
    """Open a task for each question that is not open already and that no person answered; gives how many."""
    wanted = {each.topic: each for each in questions}
    for some in _topics(wanted):
        answered = sa.and_(task.c.state == CLOSED, task.c.outcome != "gone")
        held = sa.select(task.c.topic).where(task.c.topic.in_(some), sa.or_(task.c.state != CLOSED, answered))
        for topic in connection.scalars(held):
            wanted.pop(topic, None)
    unknown = [each for each in wanted.values() if each.codes is None]
    places = _places(connection, [r for each in unknown for r in (each.record_id, each.other_id) if r])
    rows = [_row(each, places, now) for each in wanted.values()]
    insert_rows(connection, task, _COLUMNS, rows)
    return len(rows)


def drop(connection: Connection, topics: Collection[str], now: datetime) -> int:
    """Close the open tasks about topics that are no question any more; gives how many."""
    dropped = 0
    gone = {"state": CLOSED, "closed_at": now, "closed_by": NABIJ, "outcome": "gone", "snoozed_until": None}
    for some in _topics(topics):
        still = sa.update(task).where(task.c.topic.in_(some), task.c.state != CLOSED)
        dropped += connection.execute(still.values(gone)).rowcount
    return dropped


def keep_step(
    connection: Connection, held: Collection[str], questions: Iterable[Question], now: datetime
) -> tuple[int, int]:
    """Open the questions that are new and drop those of the topics ``held`` that are none any more.

    Gives how many were opened and dropped.
    """
    wanted = list(questions)
    gone = set(held) - {each.topic for each in wanted}
    return ask(connection, wanted, now), drop(connection, gone, now)


def _topics(topics: Collection[str]) -> Iterable[list[str]]:
    every = list(topics)
    return (every[at : at + _TOPICS_AT_ONCE] for at in range(0, len(every), _TOPICS_AT_ONCE))


def _places(connection: Connection, records: Collection[UUID]) -> dict[UUID, _Codes]:
    """The zones and needs of the listings that records feed."""
    zones = listing.c.resolved[("values", "location.zone")].label("zones")
    needs = listing.c.resolved[("values", "service.needs")].label("needs")
    fed = sa.select(source_record.c.id, zones, needs).join_from(
        source_record, listing, listing.c.id == source_record.c.listing_id
    )
    found = {}
    for some in chunks(set(records)):
        for row in connection.execute(fed.where(source_record.c.id.in_(some))):
            found[row.id] = (row.zones or [], row.needs or [])
    return found


def _row(question: Question, places: Mapping[UUID, _Codes], now: datetime) -> tuple[Any, ...]:
    sides = [record for record in (question.record_id, question.other_id) if record is not None]
    known = [question.codes] if question.codes else [places[each] for each in sides if each in places]
    reasons = question.reasons
    worth = worth_of(reasons) if reasons else task_kinds()[question.kind].worth * (1 + question.urgency)
    return (
        uuid4(), question.kind, question.topic, question.record_id, question.other_id, question.key,
        dict(question.about), _codes(zones for zones, _needs in known),
        _codes(needs for _zones, needs in known), worth, OPEN, now,
        reasons.plain() if reasons else None, question.weighed_on,
    )  # fmt: skip


def _codes(lists: Iterable[Iterable[str]]) -> str:
    codes = sorted({code for each in lists for code in each})
    return f" {' '.join(codes)} " if codes else " "
