"""A listing as somebody of the desk sees it: every field that its form shows, with who spoke last."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.engine import Connection

from service.accounts.permissions import Action, require
from service.accounts.person import Person
from service.catalogue.build import build_listing
from service.catalogue.claims import Edit
from service.catalogue.derive import derive
from service.catalogue.ground import ground_of
from service.catalogue.groups import Group, groups_of
from service.catalogue.listings import Found, read_listing
from service.catalogue.public import public
from service.catalogue.resolve import resolve
from service.catalogue.state import ENDS_ON, STATE
from service.config import TIMEZONE
from service.database.claims import PUBLISHED
from service.desk.editing.layout import keys_of
from service.desk.editing.same import mark_of
from service.errors import NotFound
from service.model.listing import Listing
from service.model.values import Value


@dataclass(frozen=True, slots=True)
class Current:
    """What a listing says now. ``keys`` are the fields of the form, ``edits`` every edit there ever was."""

    found: Found
    keys: tuple[str, ...]
    edits: Sequence[Edit]

    @property
    def listing(self) -> Listing:
        """With its hidden address."""
        return self.found.listing

    @property
    def state(self) -> str:
        """What is stated about being found; what nobody stated is published."""
        return str(self.found.values.get(STATE, PUBLISHED))

    def value(self, key: str) -> Value | None:
        """What is believed of a field; of the state with its last day."""
        if key == STATE:
            until = self.listing.state_until
            return f"{self.state} {until}" if until else self.state
        return self.found.values.get(key)

    def marks(self, today: date) -> dict[str, str]:
        """A short mark of each value, for the form to hold."""
        return {key: mark_of(key, self.value(key), today) for key in (*self.keys, STATE, ENDS_ON)}

    def last_word(self, key: str) -> Edit | None:
        """The newest edit about a field that was made or taken back; None where only sources spoke."""
        own = [edit for edit in self.edits if edit.key == key and not edit.confirms]
        return max(own, key=_moved_at, default=None)


def read_current(
    connection: Connection, listing_id: UUID, now: datetime, also: Collection[str] = ()
) -> Current:
    """The listing with this id or alias, drafts and hidden ones too. Raises NotFound.

    ``also`` are languages of which texts are to be shown.
    """
    found = read_listing(connection, listing_id, now=now, hidden_too=True)
    if found is None:
        raise NotFound(f"There is no listing {listing_id}.")
    group = groups_of(connection, [found.listing.id])[found.listing.id]
    return Current(found, keys_of(found.listing.provenance, also), group.edits)


def require_on(person: Person, action: Action, listing: Listing) -> str:
    """The role in which a person may do this to a listing. Raises Forbidden."""
    zones, organization = (*listing.zones, *listing.serves), listing.organization.id
    require(person, action, zones=zones, organization=organization)
    return person.role_for(zones, organization) or "coordinator"


def as_it_would_be(
    connection: Connection,
    listing_id: UUID,
    changes: Mapping[str, Value | None],
    *,
    role: str,
    now: datetime,
    until: date | None = None,
) -> Found:
    """What visitors would see after these changes, its secret address left out; nothing is written."""
    group = groups_of(connection, [listing_id])[listing_id]
    pending = [
        Edit(uuid4(), listing_id, key, value, role, now, "preview", role, until if key == STATE else None)
        for key, value in changes.items()
    ]
    return found_of(connection, listing_id, Group(group.records, [*group.edits, *pending]), now)


def found_of(
    connection: Connection, listing_id: UUID, group: Group, now: datetime, *, hidden_too: bool = False
) -> Found:
    """What a group of claims comes to, as a reader would see it."""
    resolved = derive(resolve(group.records, group.edits, now), ground_of(connection))
    whole = build_listing(listing_id, resolved)
    listing = whole if hidden_too else public(whole)
    values = {key: resolved.values[key] for key in listing.provenance if key in resolved.values}
    others = resolved.others if listing is whole else {}
    return Found(listing, values, None, others, resolved.contradictions)


def shown_as_published(found: Found) -> Found:
    """The same as if it could be found: what a preview of a draft shows."""
    return replace(found, listing=replace(found.listing, withdrawn=False, state=PUBLISHED))


def _moved_at(edit: Edit) -> datetime:
    return edit.withdrawn_at or edit.stated_at


def today_of(now: datetime) -> date:
    """The day that it is in Belgium."""
    return now.astimezone(TIMEZONE).date()
