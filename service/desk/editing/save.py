"""Saving the form of a listing: only what somebody changed, next to what others changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy.engine import Connection

from service.accounts.audit import note
from service.accounts.person import Person
from service.catalogue.confirm import confirm
from service.catalogue.edits import check_how, check_person, edits_of, state_edits, withdraw_edit
from service.catalogue.state import ENDS_ON, STATE
from service.database.claims import DRAFT, PAUSED
from service.desk.editing.current import Current, read_current, require_on, today_of
from service.desk.editing.layout import POINT
from service.desk.editing.same import mark_of
from service.errors import BadValue, Forbidden
from service.model.provenance import PROVIDER
from service.model.values import Value

Settled = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody filled in.

    ``was`` are the marks of what the form showed, ``settled`` their word on fields that both changed;
    ``state`` and ``pause_until`` the state, None where the form had none; ``confirms``: all else is right.
    """

    values: Mapping[str, Value | None]
    was: Mapping[str, str]
    settled: Mapping[str, Settled] = field(default_factory=dict)
    state: str | None = None
    pause_until: date | None = None
    confirms: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, how it was checked, and until when it holds; one for all that is changed at once."""

    why: str
    how: str | None = None
    until: date | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of it: the fields that were changed, how many were confirmed, those that both changed and
    that have to be asked, and whether a pin stayed although its address changed."""

    changed: tuple[str, ...] = ()
    confirmed: int = 0
    asked: tuple[str, ...] = ()
    pin_stayed: bool = False


def save(
    connection: Connection, person: Person, listing_id: UUID, wanted: Wanted, reason: Reason, now: datetime
) -> Saved:
    """Save in one transaction with its line of the audit.

    What only one of two people changed is kept; of what both changed nothing is written until the second has
    said which. Raises NotFound, Forbidden and BadValue (``why``, ``how``, ``until``, ``on``).
    """
    current = read_current(connection, listing_id, now)
    own, role = current.listing.id, require_on(person, "edit", current.listing)
    changes, asked = weigh(current, wanted, today_of(now))
    check_how(reason.how, reason.checked_on, now)
    if changes or wanted.confirms:
        check_person(why=reason.why)
    if STATE in changes and role == PROVIDER and current.state == DRAFT:
        raise Forbidden("A draft is published by the coordinator of the zone.")
    _state(connection, own, changes, wanted, reason, person, role, now)
    confirmed = 0
    if wanted.confirms and not asked:
        confirmed = _confirm(
            connection, read_current(connection, own, now), changes, reason, person, role, now
        )
    if changes or confirmed:
        about = {"fields": sorted(changes), "confirmed": confirmed}
        note(connection, person, "edit", now, listing=own, about=about)
    return Saved(tuple(changes), confirmed, asked, _pin_stayed(current, changes))


def weigh(current: Current, wanted: Wanted, today: date) -> tuple[dict[str, Value | None], tuple[str, ...]]:
    """The values that somebody changed, and the fields that somebody else changed too, to be asked about."""
    changes: dict[str, Value | None] = {}
    asked: list[str] = []
    for key, value in _all_values(wanted).items():
        was, new = wanted.was.get(key), mark_of(key, value, today)
        now = mark_of(key, current.value(key), today)
        if was is None or new in (was, now) or wanted.settled.get(key) == "theirs":
            continue
        if now == was or wanted.settled.get(key) == "mine":
            changes[key] = value
        else:
            asked.append(key)
    return changes, tuple(asked)


def _all_values(wanted: Wanted) -> dict[str, Value | None]:
    values = dict(wanted.values)
    if wanted.state is not None:
        until = wanted.pause_until if wanted.state == PAUSED else None
        values[STATE] = f"{wanted.state} {until}" if until else wanted.state
    return values


def _state(
    connection: Connection,
    listing_id: UUID,
    changes: Mapping[str, Value | None],
    wanted: Wanted,
    reason: Reason,
    person: Person,
    role: str,
    now: datetime,
) -> None:
    """Write the edits: the state with its own last day, a pin taken away as what was stated taken back."""
    told = {"by": person.by, "why": reason.why, "now": now, "role": role}
    checked = {"how": reason.how, "checked_on": reason.checked_on}
    facts = {key: value for key, value in changes.items() if key not in (STATE, ENDS_ON)}
    if (
        POINT in facts
        and facts[POINT] is None
        and _take_back(connection, listing_id, POINT, reason, person, now)
    ):
        del facts[POINT]
    if facts:
        state_edits(connection, listing_id, facts, **told, **checked, until=reason.until)  # type: ignore[arg-type]
    if ENDS_ON in changes:
        state_edits(connection, listing_id, {ENDS_ON: changes[ENDS_ON]}, **told, **checked)  # type: ignore[arg-type]
    if STATE in changes:
        until = wanted.pause_until if wanted.state == PAUSED else None
        state_edits(connection, listing_id, {STATE: wanted.state}, **told, until=until)  # type: ignore[arg-type]


def _take_back(
    connection: Connection, listing_id: UUID, key: str, reason: Reason, person: Person, now: datetime
) -> bool:
    """Withdraw the live edits of a field, so that it is again what others say or a rule gives."""
    live = [e for e in edits_of(connection, listing_id) if e.key == key and e.is_live_on(today_of(now))]
    for edit in live:
        withdraw_edit(connection, edit.id, by=person.by, why=reason.why, now=now)
    return bool(live)


def _confirm(
    connection: Connection,
    current: Current,
    changes: Mapping[str, Value | None],
    reason: Reason,
    person: Person,
    role: str,
    now: datetime,
) -> int:
    """Confirm all that somebody stated and nobody changed just now."""
    said = current.found
    keys = [
        key
        for key, who in said.listing.provenance.items()
        if who.kind != "derived" and key in said.values and key not in changes and key not in (STATE, ENDS_ON)
    ]
    if not keys:
        return 0
    done = confirm(
        connection,
        current.listing.id,
        keys,
        by=person.by,
        why=reason.why,
        role=role,
        now=now,
        how=reason.how,
        on=reason.checked_on,
    )
    return len(done)


def _pin_stayed(current: Current, changes: Mapping[str, Value | None]) -> bool:
    """Whether the address moved and a pin that somebody set did not."""
    who = current.listing.provenance.get(POINT)
    moved = any(key.startswith("address.") and key != "address.hidden" for key in changes)
    return moved and POINT not in changes and who is not None and who.kind != "derived"


def reason_or_way(why: str, how: str | None, words: Mapping[str, str]) -> str:
    """The reason that was written, else the way of checking in words. Raises BadValue without either."""
    text = why.strip() or (words.get(how, "") if how else "")
    if not text:
        raise BadValue("why", why, "is empty", "say in some words how you know")
    return text
