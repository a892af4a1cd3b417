"""A person's answer to a task: it is carried out and the task is closed, or put off, in one transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.confirm import confirm
from service.catalogue.edits import check_person
from service.catalogue.links import distinguish, link
from service.catalogue.tasks.read import Task, find_task
from service.config import TIMEZONE
from service.database.tasks import CLOSED, SNOOZED, task
from service.errors import BadValue
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
) -> Task:
    """Answer a task (id, or the first signs of it).

    ``same`` joins both sides, ``different`` keeps them apart for good; ``done`` of a check confirms what the
    listing says, ``how`` it was checked and in which ``role``; ``dismissed`` is not asked again. The e-mail
    of a visitor goes. Raises NotFound, and BadValue for an answer that does not fit the task, or one that is
    closed.
    """
    check_person(by=by, why=why)
    found = _waiting(connection, task_id)
    _check_outcome(found, outcome, how)
    # who told it was only kept to be asked something
    about = {key: value for key, value in found.about.items() if key != "email"}
    answered: dict[str, Any] = {
        "state": CLOSED, "closed_at": now, "closed_by": by, "outcome": outcome, "why": why,
        "snoozed_until": None, "about": about,
    }  # fmt: skip
    connection.execute(sa.update(task).where(task.c.id == found.id).values(answered))
    ends = connection.execute(sa.select(task.c.record_id, task.c.other_id).where(task.c.id == found.id)).one()
    if outcome == "same":
        link(connection, ends.record_id, ends.other_id, by=by, why=why, now=now)
    elif outcome == "different":
        distinguish(connection, ends.record_id, ends.other_id, by=by, why=why, now=now)
    elif found.kind in CHECKS and outcome == "done":
        confirm(connection, ends.record_id, by=by, why=why, role=role, how=how, now=now)
    return find_task(connection, str(found.id))


def snooze_task(connection: Connection, task_id: str, until: date, now: datetime) -> Task:
    """Put a task off until a day. Raises NotFound, and BadValue for a day that is not to come."""
    if until <= now.astimezone(TIMEZONE).date():
        raise BadValue("until", until.isoformat(), "is not to come", "a later day than today")
    found = _waiting(connection, task_id)
    put_off = sa.update(task).where(task.c.id == found.id)
    connection.execute(put_off.values(state=SNOOZED, snoozed_until=until))
    return find_task(connection, str(found.id))


def _waiting(connection: Connection, task_id: str) -> Task:
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
