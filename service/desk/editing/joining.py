"""Two listings side by side: every field, where they differ, and whose value would win if they were one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy.engine import Connection

from service.accounts.audit import note
from service.accounts.person import Person
from service.catalogue.edits import check_person
from service.catalogue.groups import Group, groups_of
from service.catalogue.links import distinguish, link
from service.desk.editing.current import Current, found_of, read_current, require_on, today_of
from service.desk.editing.same import mark_of
from service.errors import BadValue
from service.model.fields import fields
from service.model.provenance import Provenance
from service.model.values import Value

Wins = Literal["one", "other", "both", "neither"]


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both listings; ``wins`` is whose value would stand, ``who`` who says it then."""

    key: str
    one: Value | None
    other: Value | None
    wins: Wins
    who: Provenance | None

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return self.wins in ("one", "other") and self.one is not None and self.other is not None


def side_by_side(connection: Connection, one: Current, other: Current, now: datetime) -> list[Line]:
    """Every field that either says, in the order of the table of fields, as they are and as they would be."""
    ids = [one.listing.id, other.listing.id]
    groups = groups_of(connection, ids)
    both = Group(
        [record for each in ids for record in groups[each].records],
        [edit for each in ids for edit in groups[each].edits],
    )
    joined = found_of(connection, ids[0], both, now, hidden_too=True)
    order = {path: number for number, path in enumerate(fields())}
    keys = {*one.found.values, *other.found.values}
    today = today_of(now)
    lines = []
    for key in sorted(keys, key=lambda key: (order[key.partition("@")[0]], key)):
        a, b, won = one.found.values.get(key), other.found.values.get(key), joined.values.get(key)
        marks = [mark_of(key, value, today) for value in (a, b, won)]
        lines.append(Line(key, a, b, _wins(marks), joined.listing.provenance.get(key)))
    return lines


def _wins(marks: Sequence[str]) -> Wins:
    one, other, won = marks
    if one == other:
        return "both"
    return "one" if won == one else "other" if won == other else "neither"


def join(
    connection: Connection, person: Person, one: UUID, other: UUID, *, same: bool, why: str, now: datetime
) -> UUID:
    """Say that two listings are the same, or that they are not; gives the listing that stays.

    Raises NotFound, Forbidden where the person may not on either of them, BadValue for one listing twice or
    without a reason.
    """
    check_person(why=why)
    first, second = read_current(connection, one, now), read_current(connection, other, now)
    if first.listing.id == second.listing.id:
        raise BadValue("other", str(other), "is the same listing already", "another one")
    for each in (first, second):
        require_on(person, "merge", each.listing)
    decide = link if same else distinguish
    decide(connection, first.listing.id, second.listing.id, by=person.by, why=why, now=now)
    action = "merge" if same else "keep_apart"
    for each, beside in ((first, second), (second, first)):
        about = {"other": str(beside.listing.id)}
        note(connection, person, action, now, listing=each.listing.id, about=about)
    return read_current(connection, first.listing.id, now).listing.id
