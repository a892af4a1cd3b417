"""Which websites of listings are to be looked at, how they were found, and tasks for those that are dead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.tasks.questions import Question, keep_step
from service.config import TIMEZONE
from service.database.bulk import AnyRow, insert_rows
from service.database.claims import PUBLISHED, listing
from service.database.demand import website
from service.database.tasks import CLOSED, task

FIELD = "contact.website"
AGAIN = timedelta(days=30)
"""Between two looks at a website that answers."""

SURE = timedelta(days=7)
"""Between two looks at one that does not: when it is still so, it is dead."""

MOST_TASKS = 20
"""Listings with one dead address that become tasks at a time; the others follow when these are done."""

_LONGEST = 2_000  # characters of an address
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_SAID = listing.c.resolved[("values", FIELD)].as_string()


def websites_of(connection: Connection) -> dict[str, list[UUID]]:
    """The websites that published listings name, each with those listings. Reads the whole catalogue."""
    said = sa.select(listing.c.id, _SAID.label("address")).where(listing.c.state == PUBLISHED)
    found: dict[str, list[UUID]] = {}
    for row in connection.execute(said.where(_SAID.is_not(None)).order_by(listing.c.id)):
        if len(row.address) <= _LONGEST:
            found.setdefault(row.address, []).append(row.id)
    return found


def follow_websites(connection: Connection, addresses: Iterable[str]) -> None:
    """Know these addresses, the new ones as never looked at, and forget all others."""
    wanted = set(addresses)
    known = set(connection.scalars(sa.select(website.c.address)))
    new = [(address, _NEVER, False) for address in sorted(wanted - known)]
    insert_rows(connection, website, ("address", "looked_at", "is_dead"), new)
    for address in known - wanted:
        connection.execute(sa.delete(website).where(website.c.address == address))


def due_websites(connection: Connection, now: datetime, most: int) -> list[str]:
    """The addresses to look at now, those that did not answer first, one of a host at a time."""
    table = website.c
    broken = sa.and_(table.broken_at.is_not(None), table.looked_at <= now - SURE)
    due = sa.or_(broken, table.looked_at <= now - AGAIN)
    wanted = sa.select(table.address).where(due)
    wanted = wanted.order_by(table.broken_at.is_(None), table.looked_at, table.address)
    hosts: dict[str, str] = {}
    for address in connection.scalars(wanted.limit(50 * most)):
        hosts.setdefault(_host(address), address)
        if len(hosts) == most:
            break
    return list(hosts.values())


def note_websites(connection: Connection, found: Mapping[str, str | None], now: datetime) -> None:
    """Keep how each address was found: a reason why it does not answer, or None."""
    for address, reason in found.items():
        own = website.c.address == address
        before = connection.execute(sa.select(website).where(own)).first()
        since = before.broken_at if before and before.broken_at else now
        state = {"looked_at": now, "broken_at": since if reason else None, "reason": reason,
                 "is_dead": bool(reason) and now - since >= SURE}  # fmt: skip
        connection.execute(sa.update(website).where(own).values(state))


def keep_dead_links(
    connection: Connection, listings: Mapping[str, Sequence[UUID]], now: datetime
) -> tuple[int, int]:
    """Open a task per listing whose website is dead, close those whose website answers again or changed.

    Gives how many were opened and closed.
    """
    held = sa.select(task.c.topic).where(task.c.kind == "dead_link", task.c.state != CLOSED)
    questions = [each for row in _dead(connection) for each in _questions(row, listings)]
    return keep_step(connection, list(connection.scalars(held)), questions, now)


def _dead(connection: Connection) -> Sequence[AnyRow]:
    chosen = sa.select(website.c.address, website.c.broken_at, website.c.reason)
    return connection.execute(chosen.where(website.c.is_dead.is_(True))).all()


def _questions(row: AnyRow, listings: Mapping[str, Sequence[UUID]]) -> Iterator[Question]:
    since = row.broken_at.astimezone(TIMEZONE).date().isoformat()
    about = {"address": row.address, "since": since, "reason": row.reason}
    for each in listings.get(row.address, ())[:MOST_TASKS]:
        topic = f"dead_link:{each}:{row.address}:{since}"
        yield Question("dead_link", topic, each, key=FIELD, about=about)


def _host(address: str) -> str:
    return urlsplit(address).netloc.rpartition("@")[2].lower()
