"""Who may do what: one table of actions and roles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal
from uuid import UUID

from service.accounts.person import Person, Role
from service.errors import Forbidden

Action = Literal[
    "see", "do_task", "edit", "create", "confirm", "merge", "write_to_provider", "bulk", "see_state",
    "note_read", "note_write", "people", "zones", "audit",
]  # fmt: skip

_ZONE: tuple[Role, ...] = ("administrator", "coordinator")
_PROVIDER: tuple[Role, ...] = (*_ZONE, "editor")
_PROFESSIONAL: tuple[Role, ...] = (*_ZONE, "reader")
_ALL: tuple[Role, ...] = ("administrator", "coordinator", "editor", "reader")

ALLOWED: Mapping[Action, tuple[Role, ...]] = {
    "see": _ALL,
    "do_task": _ZONE,
    "edit": _PROVIDER,
    "create": _PROVIDER,
    "confirm": _PROVIDER,
    "merge": _ZONE,
    "write_to_provider": _ZONE,
    "bulk": _ZONE,
    "see_state": _PROFESSIONAL,
    "note_read": _PROFESSIONAL,
    "note_write": _PROFESSIONAL,
    "people": _ZONE,
    "zones": ("administrator",),
    "audit": ("administrator",),
}
"""The roles that may do each action, where their zone or organization is that of the listing."""

MAY_GIVE: Mapping[Role, tuple[Role, ...]] = {
    "administrator": _ALL,
    "coordinator": ("editor", "reader"),
    "editor": (),
    "reader": (),
}
"""The roles that each role may give to others and take away again. Who coordinates knows the organizations
and the professionals of their zone, so they open the door to them: to editors of organizations with listings
in the zone, and to readers of the zone. Who coordinates a zone is decided by those who answer for all of it,
so that nobody can make themselves or a friend more than they are. An editor speaks for one organization and a
reader changes nothing: neither brings others in."""


def may(
    person: Person, action: Action, *, zones: Collection[str] = (), organization: UUID | None = None
) -> bool:
    """Whether they may do this to something located in or serving these zones, of an organization."""
    return any(each.role in ALLOWED[action] and each.holds_for(zones, organization) for each in person.grants)


def may_somewhere(person: Person, action: Action) -> bool:
    """Whether there is any zone or organization for which they may: what a menu shows them."""
    return any(each.role in ALLOWED[action] for each in person.grants)


def require(
    person: Person, action: Action, *, zones: Collection[str] = (), organization: UUID | None = None
) -> None:
    """Raise Forbidden where they may not."""
    if not may(person, action, zones=zones, organization=organization):
        raise Forbidden(f"This takes the role of {' or '.join(ALLOWED[action])} here.")
