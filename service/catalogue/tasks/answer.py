"""A person's answer to a task: it is carried out and the task is closed, or put off, in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.confirm import confirm
from service.catalogue.edits import check_person, withdraw_edit
from service.catalogue.links import distinguish, link, undistinguish, unlink
from service.catalogue.tasks.read import Task, find_task
from service.config import TIMEZONE
from service.database.tasks import CLOSED, OPEN, SNOOZED, task
from service.errors import BadValue, NotFound
from service.model.task_kinds import CHECKS, OUTCOMES


def close_task(
    connection: Connection,
    task_id: str,
    outcome: str,
    *,
    by: str,
    why: str,
    now: datetime,
    how: str | None = None,
    role: str = "coordinator",
    made: Collection[UUID] = (),
) -> Task:
    """Answer a task (id, or the first signs of it).

    ``same`` joins both sides, ``different`` keeps them apart for good; ``done`` of a check confirms what the
    listing says, ``how`` it was checked and in which ``role``; ``dismissed`` is not asked again. The e-mail
    of a visitor goes. ``made`` are edits that are the answer: of a check nothing more is confirmed then.
    Raises NotFound, and BadValue for an answer that does not fit the task, or one that is closed.
    """
    check_person(by=by, why=why)
    found = waiting_task(connection, task_id)
    _check_outcome(found, outcome, how)
    # who told it was only kept to be asked something
    about = {key: value for key, value in found.about.items() if key != "email"}
    answered: dict[str, Any] = {
        "state": CLOSED, "closed_at": now, "closed_by": by, "outcome": outcome, "why": why,
        "snoozed_until": None, "about": about,
    }  # fmt: skip
    connection.execute(sa.update(task).where(task.c.id == found.id).values(answered))
    ends = connection.execute(sa.select(task.c.record_id, task.c.other_id).where(task.c.id == found.id)).one()
    undo: dict[str, Any] = {"edits": [str(each) for each in made]}
    if outcome == "same":
        undo["link"] = str(link(connection, ends.record_id, ends.other_id, by=by, why=why, now=now))
    elif outcome == "different":
        distinguish(connection, ends.record_id, ends.other_id, by=by, why=why, now=now)
    elif found.kind in CHECKS and outcome == "done" and not made:
        marks = confirm(connection, ends.record_id, by=by, why=why, role=role, how=how, now=now)
        undo["edits"] += [str(each.id) for each in marks]
    connection.execute(sa.update(task).where(task.c.id == found.id).values(undo=undo))
    return find_task(connection, str(found.id))


def keep_made(connection: Connection, task_id: UUID, made: Collection[UUID]) -> None:
    """Note edits that were made for a task which goes on waiting, so that they can be taken back."""
    undo = {"edits": [str(each) for each in made]}
    connection.execute(sa.update(task).where(task.c.id == task_id).values(undo=undo))


def reopen_task(connection: Connection, task_id: str, *, by: str, why: str, now: datetime) -> Task:
    """Take an answer, a part of one or a putting off back, with all that it made.

    Edits are withdrawn, what was joined is parted and what was kept apart may be joined again; the task
    waits as before. What somebody withdrew meanwhile stays withdrawn. Raises NotFound, and BadValue for a
    task that waits already or that nobody answered.
    """
    check_person(by=by, why=why)
    found = find_task(connection, task_id)
    row = connection.execute(sa.select(task).where(task.c.id == found.id)).one()
    if (found.state == OPEN and not row.undo) or found.outcome == "gone":
        raise BadValue("task", str(found.id), "has no answer that can be taken back", "nabij tasks list")
    undo = row.undo or {}
    for each in undo.get("edits", ()):
        with suppress(NotFound):
            withdraw_edit(connection, UUID(each), by=by, why=why, now=now)
    if undo.get("link"):
        with suppress(NotFound):
            unlink(connection, UUID(undo["link"]), by=by, why=why, now=now)
    waits = {"state": OPEN, "closed_at": None, "closed_by": None, "outcome": None, "why": None, "undo": None,
             "snoozed_until": None}  # fmt: skip
    connection.execute(sa.update(task).where(task.c.id == found.id).values(waits))
    if found.outcome in ("same", "different"):
        undistinguish(connection, row.record_id, row.other_id, by=by, why=why, now=now)
    return find_task(connection, str(found.id))


def snooze_task(connection: Connection, task_id: str, until: date, now: datetime) -> Task:
    """Put a task off until a day. Raises NotFound, and BadValue for a day that is not to come."""
    if until <= now.astimezone(TIMEZONE).date():
        raise BadValue("until", until.isoformat(), "is not to come", "a later day than today")
    found = waiting_task(connection, task_id)
    put_off = sa.update(task).where(task.c.id == found.id)
    connection.execute(put_off.values(state=SNOOZED, snoozed_until=until))
    return find_task(connection, str(found.id))


def waiting_task(connection: Connection, task_id: str) -> Task:
    """The task with an id, or its first signs, that waits for an answer. Raises NotFound, and BadValue
    (``task``) for one that somebody answered."""
    found = find_task(connection, task_id)
    if found.state == CLOSED:
        told = f"was closed as {found.outcome} by {found.closed_by}"
        raise BadValue("task", str(found.id), told, "nabij tasks list")
    return found


def _check_outcome(found: Task, outcome: str, how: str | None) -> None:
    allowed = OUTCOMES[found.kind]
    if outcome not in allowed:
        raise BadValue("outcome", outcome, f"answers no {found.kind}", "one of " + ", ".join(allowed))
    if found.kind in CHECKS and outcome == "done" and how is None:
        raise BadValue("how", how, "is missing", "how it was checked: phone, visit or mail")
