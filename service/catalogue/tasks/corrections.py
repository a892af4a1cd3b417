"""What a visitor says is wrong about a listing, as a task for the coordinator."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from stdnum.be import nn

from service.catalogue.edits import fed_listing
from service.catalogue.tasks.questions import Question, ask
from service.config import TIMEZONE
from service.database.tasks import task
from service.errors import BadValue
from service.model.task_kinds import Kind
from service.model.values import parse_value

KIND: Kind = "correction"

WRONG = ("hours", "contact", "moved", "closed", "gone", "other")
"""What can be wrong: its hours, its number or mail, its place, closed for a time, no longer there."""

LONGEST_TEXT = 500
"""Characters; enough to say what is right, too few for a story."""

MOST_A_DAY = 5
"""Of one listing: whoever checks it needs no more voices, and a flood fills no list."""

MOST_IN_ALL = 300
"""A day, of the whole catalogue: what ten people could look at in a month."""

_NUMBER_OF_A_PERSON = re.compile(r"\b\d{2}[. ]?\d{2}[. ]?\d{2}[- .]?\d{3}[. ]?\d{2}\b")
_URGENCY = {"gone": 0.4, "closed": 0.4, "moved": 0.4, "contact": 0.3, "hours": 0.2, "other": 0.0}


def report(
    connection: Connection, listing_id: UUID, what: str, text: str, email: str | None, now: datetime
) -> bool:
    """Open a task for what somebody says is wrong; the same words of one day are one task.

    Nothing about who says it is kept but the e-mail that they leave, until the task is closed. False where
    the listing, or the catalogue, was spoken of too often today. Raises NotFound for the listing, BadValue
    for a code of `WRONG` that there is not, a text that is too long or an e-mail that is none, and where
    "other" says nothing.
    """
    told = _told(what, text, email)
    feeds = fed_listing(connection, listing_id)
    if _is_flooded(connection, feeds, now):
        return False
    day = now.astimezone(TIMEZONE).date().isoformat()
    mark = hashlib.sha256(f"{what} {told['text'].casefold()}".encode()).hexdigest()[:16]
    topic = f"{KIND}:{feeds}:{day}:{mark}"
    ask(connection, [Question(KIND, topic, feeds, about=told, urgency=_URGENCY[what])], now)
    return True


def _told(what: str, text: str, email: str | None) -> dict[str, Any]:
    if what not in WRONG:
        raise BadValue("what", what, "is nothing that can be wrong", "one of " + ", ".join(WRONG))
    words = tidy(text)
    if len(words) > LONGEST_TEXT:
        raise BadValue("text", text, "is too long", f"at most {LONGEST_TEXT} characters")
    if what == "other" and not words:
        raise BadValue("text", text, "is empty", "what is wrong, in some words")
    told = {"what": what, "text": words}
    if email and email.strip():
        told["email"] = str(parse_value("contact.email", email.strip()))
    return told


def tidy(text: str) -> str:
    """One line without signs that steer a terminal, and without national register numbers."""
    plain = "".join(" " if unicodedata.category(each).startswith("C") else each for each in text)
    return " ".join(_NUMBER_OF_A_PERSON.sub(_without_person, plain).split())


def _without_person(found: re.Match[str]) -> str:
    return "…" if nn.is_valid(found[0]) else found[0]


def _is_flooded(connection: Connection, listing_id: UUID, now: datetime) -> bool:
    midnight = datetime.combine(now.astimezone(TIMEZONE).date(), time(), TIMEZONE)
    today = sa.select(sa.func.count()).select_from(task)
    today = today.where(task.c.kind == KIND, task.c.opened_at >= midnight)
    of_this = connection.scalar(today.where(task.c.record_id == listing_id)) or 0
    return of_this >= MOST_A_DAY or (connection.scalar(today) or 0) >= MOST_IN_ALL
