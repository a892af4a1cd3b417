"""Doing what a preview showed, in one go, and taking it back: all of it, or of one listing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.audit import note
from service.accounts.permissions import require
from service.accounts.person import Person
from service.catalogue.many import Said, confirm_many, state_many, withdraw_many
from service.config import Settings
from service.database.bulk import chunks, insert_rows
from service.database.bulk_work import batch, batch_item
from service.database.tasks import CLOSED, SNOOZED, task
from service.desk.bulk.compare import Change
from service.desk.bulk.plans import unpacked
from service.desk.bulk.previews import Preview, forget_preview, read_preview
from service.desk.bulk.taken import Taken, take
from service.desk.letters.ask import MOST as MOST_IN_A_LETTER
from service.desk.letters.ask import ask_provider
from service.desk.letters.contacts import contacts_of, hindrances
from service.errors import NotFound

Row = tuple[UUID, int, UUID, UUID | None, UUID | None, Any]
_ITEM = ("batch_id", "number", "listing_id", "edit_id", "task_id", "before")


@dataclass(frozen=True, slots=True)
class Batch:
    """Work that was done: ``about`` has its numbers, ``listings`` those it changed, by name of nobody."""

    id: UUID
    by: str
    kind: str
    about: Mapping[str, Any]
    done_at: datetime
    undone_at: datetime | None
    listings: tuple[UUID, ...] = ()


def carry_out(
    connection: Connection,
    settings: Settings,
    preview_id: UUID,
    person: Person,
    now: datetime,
    *,
    over_others: bool = False,
) -> UUID:
    """Do what the preview showed, in this transaction; gives the id of the batch.

    What changed since the preview was made stays as it is, and so does what somebody changed since the
    spreadsheet was taken out, unless ``over_others``. Raises NotFound, and Forbidden where they may not.
    """
    preview = read_preview(connection, preview_id, person, now)
    made = uuid4()
    row = {"id": made, "by": person.by, "kind": preview.kind, "about": {}, "done_at": now}
    connection.execute(sa.insert(batch).values(row))
    if preview.kind == "confirm":
        about = _confirm(connection, made, preview, person, now)
    elif preview.kind == "snooze":
        about = _snooze(connection, made, preview, person)
    elif preview.kind == "ask":
        about = _ask(connection, settings, preview, person, now)
    else:
        about = _state(connection, made, preview, person, now, over_others)
    connection.execute(sa.update(batch).where(batch.c.id == made).values(about=about))
    forget_preview(connection, preview_id)
    note(connection, person, "bulk", now, about={"batch": str(made), "kind": preview.kind})
    return made


def undo(
    connection: Connection, batch_id: UUID, person: Person, now: datetime, *, listing: UUID | None = None
) -> int:
    """Take a batch back, all of it or of one listing; gives how many edits and tasks that were.

    Raises NotFound for a batch that is not theirs.
    """
    read_batch(connection, batch_id, person)
    items = sa.select(batch_item).where(batch_item.c.batch_id == batch_id)
    if listing is not None:
        items = items.where(batch_item.c.listing_id == listing)
    rows = connection.execute(items).all()
    edits = [row.edit_id for row in rows if row.edit_id]
    count = withdraw_many(connection, edits, by=person.by, why=f"batch {batch_id}", now=now)
    for row in rows:
        if row.task_id:
            count += _put_back(connection, row.task_id, row.before)
    if listing is None:
        undone = {"undone_at": now, "undone_by": person.by}
        connection.execute(sa.update(batch).where(batch.c.id == batch_id).values(undone))
    note(connection, person, "bulk_undo", now, listing=listing, about={"batch": str(batch_id)})
    return count


def read_batch(connection: Connection, batch_id: UUID, person: Person) -> Batch:
    """A batch with the listings that it still holds for. Raises NotFound for one that is not theirs."""
    wanted = sa.select(batch).where(batch.c.id == batch_id)
    if not person.is_administrator:
        wanted = wanted.where(batch.c.by == person.by)
    row = connection.execute(wanted).first()
    if row is None:
        raise NotFound(f"There is no batch {batch_id}.")
    items = sa.select(batch_item.c.listing_id).where(batch_item.c.batch_id == batch_id)
    ids = connection.scalars(items.order_by(batch_item.c.number))
    return Batch(row.id, row.by, row.kind, row.about, row.done_at, row.undone_at, tuple(dict.fromkeys(ids)))


def batches_of(connection: Connection, person: Person, limit: int = 10) -> list[Batch]:
    """The last batches of a person."""
    mine = sa.select(batch).where(batch.c.by == person.by).order_by(batch.c.done_at.desc()).limit(limit)
    return [
        Batch(row.id, row.by, row.kind, row.about, row.done_at, row.undone_at)
        for row in connection.execute(mine)
    ]


def _state(
    connection: Connection, made: UUID, preview: Preview, person: Person, now: datetime, over_others: bool
) -> dict[str, Any]:
    changes = unpacked(preview.content["changes"])
    now_is = _allowed(connection, person, [each.listing for each in changes])
    still = [each for each in changes if _stands(each, now_is, over_others)]
    edits = state_many(
        connection,
        [Said(each.listing, each.key, each.new) for each in still],
        by=person.by,
        why=f"batch {made}",
        now=now,
        roles=_roles(person, now_is),
    )
    _keep(connection, made, [(each.listing_id, each.id, None, None) for each in edits])
    return {
        "done": len(edits),
        "listings": len({each.listing_id for each in edits}),
        "left": len(changes) - len(edits),
        **{name: preview.content[name] for name in ("file", "field") if name in preview.content},
    }


def _stands(change: Change, now_is: Mapping[UUID, Taken], over_others: bool) -> bool:
    held = now_is.get(change.listing)
    if held is None or (change.is_conflict and not over_others):
        return False
    return held.values.get(change.key) == change.old


def _confirm(
    connection: Connection, made: UUID, preview: Preview, person: Person, now: datetime
) -> dict[str, Any]:
    ids = [UUID(each) for each in preview.content["ids"]]
    now_is = _allowed(connection, person, ids)
    edits = confirm_many(
        connection,
        list(now_is),
        by=person.by,
        why=f"batch {made}",
        now=now,
        roles=_roles(person, now_is),
        how=preview.content["how"],
    )
    _keep(connection, made, [(each.listing_id, each.id, None, None) for each in edits])
    return {"done": len(edits), "listings": len(now_is), "left": len(ids) - len(now_is)}


def _snooze(connection: Connection, made: UUID, preview: Preview, person: Person) -> dict[str, Any]:
    until = date.fromisoformat(preview.content["until"])
    _allowed(connection, person, [UUID(each) for each in preview.content["ids"]])
    rows: list[tuple[UUID, UUID | None, UUID | None, Any]] = []
    for some in chunks([UUID(each) for each in preview.content["tasks"]]):
        wanted = sa.select(task.c.id, task.c.record_id, task.c.state, task.c.snoozed_until)
        for row in connection.execute(wanted.where(task.c.id.in_(some), task.c.state != CLOSED)).all():
            day = row.snoozed_until.isoformat() if row.snoozed_until else None
            rows.append((row.record_id, None, row.id, {"state": row.state, "until": day}))
        put_off = sa.update(task).where(task.c.id.in_(some), task.c.state != CLOSED)
        connection.execute(put_off.values(state=SNOOZED, snoozed_until=until))
    _keep(connection, made, rows)
    return {"done": len(rows), "listings": len({row[0] for row in rows}), "until": until.isoformat()}


def _put_back(connection: Connection, task_id: UUID, before: Mapping[str, Any]) -> int:
    """A check that was put off waits as before, unless somebody answered it meanwhile."""
    day = date.fromisoformat(before["until"]) if before["until"] else None
    still = sa.update(task).where(task.c.id == task_id, task.c.state == SNOOZED)
    return connection.execute(still.values(state=before["state"], snoozed_until=day)).rowcount


def _ask(
    connection: Connection, settings: Settings, preview: Preview, person: Person, now: datetime
) -> dict[str, Any]:
    """One letter to each address, about at most as many listings as a letter holds."""
    ids = [UUID(each) for each in preview.content["ids"]]
    allowed = _allowed(connection, person, ids)
    contacts = contacts_of(connection, list(allowed))
    held_up = hindrances(connection, contacts.values(), now)
    by_address: dict[str, list[UUID]] = {}
    for each in ids:
        if each in contacts and contacts[each] not in held_up:
            by_address.setdefault(contacts[each], []).append(each)
    asked = letters = 0
    for address, listings in by_address.items():
        some = listings[:MOST_IN_A_LETTER]
        if ask_provider(connection, settings, address, some, by=person.by, now=now):
            letters += 1
            asked += len(some)
    return {"done": letters, "listings": asked, "left": len(ids) - asked}


def _allowed(connection: Connection, person: Person, ids: Sequence[UUID]) -> dict[UUID, Taken]:
    """These listings as they are now. Raises Forbidden where one is in no zone of theirs any more."""
    found = {each.id: each for each in take(connection, dict.fromkeys(ids))}
    for each in found.values():
        require(person, "bulk", zones={*each.zones, *each.serves})
    return found


def _roles(person: Person, listings: Mapping[UUID, Taken]) -> dict[UUID, str]:
    roles = {each.id: person.role_for({*each.zones, *each.serves}) for each in listings.values()}
    return {listing: role for listing, role in roles.items() if role}


def _keep(
    connection: Connection, made: UUID, items: Iterable[tuple[UUID, UUID | None, UUID | None, Any]]
) -> None:
    rows: list[Row] = [(made, number, *each) for number, each in enumerate(items, start=1)]
    insert_rows(connection, batch_item, _ITEM, rows)
