"""What work on many listings would do: a preview with numbers, before anything is done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.permissions import may
from service.accounts.person import Person
from service.catalogue.edits import WAYS
from service.config import TIMEZONE
from service.database.bulk import chunks
from service.database.claims import source_record
from service.database.tasks import CLOSED, task
from service.desk.bulk.cells import value_of
from service.desk.bulk.columns import columns
from service.desk.bulk.compare import Change, Compared
from service.desk.bulk.previews import keep_preview
from service.desk.bulk.taken import Taken, take
from service.desk.letters.contacts import contacts_of, hindrances
from service.errors import BadValue
from service.model.fields import fields
from service.model.values import parse_value

MOST = 2_000
"""Listings in one go: some seconds in which nobody else writes."""

SETTABLE = tuple(
    path
    for path, field in fields().items()
    if path in columns() and field.type.partition(":")[0] in ("code", "yes_no") and not field.many
)
"""Fields with a closed list of values, which many listings can share; the rest is each one's own."""

_MOST_REJECTED = 500  # rows of a preview that are shown; who has more has one thing wrong


def plan_import(connection: Connection, person: Person, file: str, compared: Compared, now: datetime) -> UUID:
    """Keep what a file would change."""
    content = {
        "file": file,
        "rows": compared.rows,
        "changes": [_packed(each) for each in compared.changes],
        "rejected": [
            [each.row, each.column, each.value, each.reason, each.suggestion]
            for each in compared.rejected[:_MOST_REJECTED]
        ],
        "rejected_in_all": len(compared.rejected),
        "unknown_columns": compared.unknown_columns,
    }
    return keep_preview(connection, person, "import", content, now)


def plan_value(
    connection: Connection, person: Person, ids: Sequence[UUID], path: str, text: str, now: datetime
) -> UUID:
    """Give a field of each listing one value, or say that it is not known. Raises BadValue."""
    if path not in SETTABLE:
        raise BadValue("field", path, "is no field that many listings share")
    new = value_of(path, text)
    changes = [
        Change(each.id, path, each.values.get(path), new, each.values.get(path))
        for each in _mine(connection, person, ids)
        if each.values.get(path) != new
    ]
    return _keep_changes(connection, person, "set", ids, changes, now, field=path)


def plan_language(
    connection: Connection, person: Person, ids: Sequence[UUID], code: str, now: datetime
) -> UUID:
    """Add a language that is spoken, where it is not named yet. Raises BadValue."""
    path = "service.languages"
    added = parse_value(path, [code.strip().casefold()])
    assert isinstance(added, list)
    changes = []
    for each in _mine(connection, person, ids):
        old = each.values.get(path)
        spoken = [str(one) for one in old] if isinstance(old, list) else []
        if added[0] not in spoken:
            changes.append(Change(each.id, path, old, [*spoken, str(added[0])], old))
    return _keep_changes(connection, person, "language", ids, changes, now, field=path)


def plan_confirm(
    connection: Connection, person: Person, ids: Sequence[UUID], how: str, now: datetime
) -> UUID:
    """Say of each that all it says is still right, and how that was checked. Raises BadValue for no way."""
    if how not in WAYS:
        raise BadValue("how", how, "is no way of checking", "one of " + ", ".join(WAYS))
    mine = [each.id.hex for each in _mine(connection, person, ids)]
    return keep_preview(connection, person, "confirm", {"ids": mine, "how": how, "asked": len(ids)}, now)


def plan_snooze(
    connection: Connection, person: Person, ids: Sequence[UUID], until: date, now: datetime
) -> UUID:
    """Put the checks of each that wait off until a day. Raises BadValue for a day that is not to come."""
    if until <= now.astimezone(TIMEZONE).date():
        raise BadValue("until", until.isoformat(), "is not to come", "a later day than today")
    mine = [each.id for each in _mine(connection, person, ids)]
    tasks = [each.hex for each in waiting_checks(connection, mine)]
    content = {"ids": [each.hex for each in mine], "tasks": tasks, "until": until.isoformat(),
               "asked": len(ids)}  # fmt: skip
    return keep_preview(connection, person, "snooze", content, now)


def plan_ask(connection: Connection, person: Person, ids: Sequence[UUID], now: datetime) -> UUID:
    """Ask the provider of each whether it is still right, by mail, where it has an address."""
    mine = [
        each.id
        for each in _mine(connection, person, ids)
        if may(person, "write_to_provider", zones={*each.zones, *each.serves})
    ]
    contacts = contacts_of(connection, mine)
    held_up = hindrances(connection, contacts.values(), now)
    asked = [each for each in mine if each in contacts and contacts[each] not in held_up]
    reasons: dict[str, int] = {}
    for each in mine:
        if each not in contacts:
            reasons["no_address"] = reasons.get("no_address", 0) + 1
        elif why := held_up.get(contacts[each]):
            reasons[why] = reasons.get(why, 0) + 1
    content = {
        "ids": [each.hex for each in asked],
        "letters": len({contacts[each] for each in asked}),
        "held_up": reasons,
        "asked": len(ids),
    }
    return keep_preview(connection, person, "ask", content, now)


def waiting_checks(connection: Connection, ids: Collection[UUID]) -> list[UUID]:
    """The tasks to check these listings that nobody did yet."""
    found: list[UUID] = []
    for some in chunks(ids):
        wanted = sa.select(task.c.id).join(source_record, source_record.c.id == task.c.record_id)
        wanted = wanted.where(
            source_record.c.listing_id.in_(some), task.c.kind == "due_check", task.c.state != CLOSED
        )
        found += connection.scalars(wanted)
    return found


def unpacked(changes: Sequence[Mapping[str, Any]]) -> list[Change]:
    """The changes of a preview."""
    return [
        Change(UUID(each["id"]), each["key"], each["old"], each["new"], each["was"], each["conflict"])
        for each in changes
    ]


def _mine(connection: Connection, person: Person, ids: Sequence[UUID]) -> list[Taken]:
    if len(ids) > MOST:
        raise BadValue("selection", len(ids), "is too many at once", f"at most {MOST}")
    found = take(connection, ids)
    return [each for each in found if may(person, "bulk", zones={*each.zones, *each.serves})]


def _keep_changes(
    connection: Connection,
    person: Person,
    kind: Any,  # noqa: ANN401 - one of Kind
    ids: Sequence[UUID],
    changes: Sequence[Change],
    now: datetime,
    **about: str,
) -> UUID:
    content = {"changes": [_packed(each) for each in changes], "asked": len(ids), **about}
    return keep_preview(connection, person, kind, content, now)


def _packed(change: Change) -> dict[str, Any]:
    return {"id": change.listing.hex, "key": change.key, "old": change.old, "new": change.new,
            "was": change.was, "conflict": change.is_conflict}  # fmt: skip
