"""What a provider answers by the link of a letter, and what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.confirm import confirm
from service.catalogue.edits import state_edit, state_edits
from service.catalogue.listings import Found, read_listing
from service.catalogue.tasks.corrections import tidy
from service.catalogue.tasks.questions import Question, ask, drop
from service.config import TIMEZONE
from service.database.letters import confirmation, confirmation_listing
from service.desk.letters.links import Answer, Item, Link
from service.errors import NotFound
from service.model.provenance import PROVIDER
from service.model.values import Value

WHY = "answered our letter"
HOURS, _IN_WORDS = "schedule.opening_hours", "schedule.description"
LONGEST_TEXT = 500
"""Characters of what a provider tells in their own words."""

UNSURE_DAYS = 30
"""How long a listing that its provider calls gone says "call first", while a coordinator looks at it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a provider wrote in the form.

    ``edits`` become statements of theirs; ``proposals`` (what is said of whom or where it is) go to a
    coordinator; ``text`` is what they tell besides.
    """

    edits: Mapping[str, Value | None] = field(default_factory=dict)
    proposals: Mapping[str, Value | None] = field(default_factory=dict)
    text: str = ""

    @property
    def paths(self) -> set[str]:
        """The fields that are spoken of."""
        return {key.partition("@")[0] for key in (*self.edits, *self.proposals)}


def answer_right(connection: Connection, link: Link, item: Item, now: datetime) -> bool:
    """Everything that the listing says is right, says its provider today; False where it was answered.

    In a transaction that writes, as every answer here.
    """
    if not _answer(connection, link, item, "right", now):
        return False
    by = _speaker(_found(connection, item))
    confirm(connection, item.listing, by=by, why=WHY, role=PROVIDER, how="mail", now=now)
    return True


def answer_changed(connection: Connection, link: Link, item: Item, changes: Changes, now: datetime) -> bool:
    """The fields that were changed are stated, the others confirmed; False where it was answered.

    Name and place are not changed by a link that travelled by mail: who reaches a mailbox should not be able
    to send people elsewhere. They wait for a coordinator, and are not confirmed meanwhile.
    """
    if not _answer(connection, link, item, "changed", now):
        return False
    found = _found(connection, item)
    by = _speaker(found)
    edits = dict(changes.edits)
    if HOURS in edits and _IN_WORDS in found.values:
        edits[_IN_WORDS] = None  # what a source once said in words is of the old hours
    if edits:
        state_edits(connection, item.listing, edits, by=by, why=WHY, role=PROVIDER, how="mail", now=now)
    kept = _not_spoken_of(found, changes.paths)
    if kept:
        confirm(connection, item.listing, kept, by=by, why=WHY, role=PROVIDER, how="mail", now=now)
    told_hours = _IN_WORDS in changes.edits and HOURS in found.values
    if changes.proposals or changes.text or told_hours:
        moved = "moved" if any(path.startswith("address.") for path in changes.paths) else "other"
        what = "hours" if told_hours else moved
        _tell_coordinator(connection, item, what, changes.text, now, changes.proposals, urgency=0.6)
    return True


def answer_gone(connection: Connection, link: Link, item: Item, reason: str, now: datetime) -> bool:
    """The provider says that it no longer exists; False where it was answered.

    A coordinator decides. Until then, for a month at most, the listing says "not sure yet: call first", so
    that nobody walks to a closed door and no forwarded letter takes help off the map.
    """
    if not _answer(connection, link, item, "gone", now):
        return False
    found = _found(connection, item)
    until = now.astimezone(TIMEZONE).date() + timedelta(days=UNSURE_DAYS)
    by = _speaker(found)
    state_edit(
        connection, item.listing, "service.readiness", "lead", by=by, why=WHY, role=PROVIDER, until=until,
        now=now,
    )  # fmt: skip
    _tell_coordinator(connection, item, "gone", reason, now, urgency=1.0)
    return True


def phone_topic(listing: UUID, asked: UUID) -> str:
    """What the task to call about a listing is about: one per question that nobody answered."""
    return f"phone_round:{listing}:{asked}"


def _answer(connection: Connection, link: Link, item: Item, answer: Answer, now: datetime) -> bool:
    """Note it, also for every other letter that asks about the same listing."""
    table = confirmation_listing.c
    mine = sa.and_(table.confirmation_id == link.id, table.number == item.number)
    changed = sa.update(confirmation_listing).where(table.answer.is_(None))
    if not connection.execute(changed.where(mine).values(answer=answer, answered_at=now)).rowcount:
        return False
    connection.execute(changed.where(table.listing_id == item.listing).values(answer=answer, answered_at=now))
    asked = connection.scalars(sa.select(table.confirmation_id).where(table.listing_id == item.listing)).all()
    _close_answered(connection, asked, now)
    drop(connection, [phone_topic(item.listing, each) for each in asked], now)
    return True


def _close_answered(connection: Connection, questions: Collection[UUID], now: datetime) -> None:
    """Those of the questions that have an answer for every listing are done."""
    table = confirmation_listing.c
    waiting = sa.select(table.confirmation_id).where(
        table.confirmation_id.in_(questions), table.answer.is_(None)
    )
    left = set(questions) - set(connection.scalars(waiting))
    whole = sa.update(confirmation).where(
        confirmation.c.closed_at.is_(None), confirmation.c.id.in_(sorted(left))
    )
    connection.execute(whole.values(closed_at=now, outcome="answered"))


def _found(connection: Connection, item: Item) -> Found:
    found = read_listing(connection, item.listing, hidden_too=True)
    if found is None:
        raise NotFound(f"There is no listing {item.listing}.")
    return found


def _speaker(found: Found) -> str:
    """The organization itself: whom of it is nobody's business."""
    return found.listing.organization.name or PROVIDER


def _not_spoken_of(found: Found, paths: set[str]) -> list[str]:
    """What stays as it is; with one part of an address the whole address is in question."""
    is_moved = any(path.startswith("address.") for path in paths)
    return [
        key
        for key, who in found.listing.provenance.items()
        if who.kind != "derived"
        and key in found.values
        and (path := key.partition("@")[0]) not in paths
        and not (is_moved and path.startswith(("address.", "location.")))
        and not (path in (HOURS, _IN_WORDS) and not paths.isdisjoint((HOURS, _IN_WORDS)))
    ]


def _tell_coordinator(
    connection: Connection,
    item: Item,
    what: str,
    text: str,
    now: datetime,
    proposals: Mapping[str, Value | None] | None = None,
    *,
    urgency: float,
) -> None:
    """A task as from a visitor, which says that the provider itself tells it."""
    about = {"what": what, "text": tidy(text)[:LONGEST_TEXT], "role": PROVIDER}
    if proposals:
        about["proposals"] = dict(proposals)  # type: ignore[assignment]
    topic = f"correction:{item.listing}:{PROVIDER}:{now.isoformat()}"
    ask(connection, [Question("correction", topic, item.listing, about=about, urgency=urgency)], now)
