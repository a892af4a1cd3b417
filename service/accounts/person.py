"""Who works with the catalogue, and in which roles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Role = Literal["administrator", "coordinator", "editor", "reader"]
ROLES: tuple[Role, ...] = ("administrator", "coordinator", "editor", "reader")
"""The widest first: everything; a zone; the listings of an organization; reading what professionals tell."""

_ROLE_OF_EDITS = {"administrator": "administrator", "coordinator": "coordinator", "editor": "provider"}


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of a person: a coordinator's for a zone, an editor's for an organization, a reader's for a
    zone; without either it holds everywhere."""

    role: Role
    zone: str | None = None
    organization: UUID | None = None

    @property
    def key(self) -> str:
        """A word for it among the grants of one person."""
        return f"{self.role} {self.zone or self.organization or ''}".strip()

    def holds_for(self, zones: Collection[str], organization: UUID | None) -> bool:
        """Whether it holds for something in these zones, of this organization."""
        if self.zone is not None:
            return self.zone in zones
        return self.organization is None or self.organization == organization


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in. Work e-mail and name are all that is known of them."""

    id: UUID
    email: str
    name: str
    language: str
    grants: tuple[Grant, ...]

    @property
    def by(self) -> str:
        """What stands behind what they state: the account, so that a person can be removed."""
        return str(self.id)

    @property
    def is_administrator(self) -> bool:
        """Whether they may do everything everywhere."""
        return any(each.role == "administrator" for each in self.grants)

    @property
    def zones(self) -> tuple[str, ...] | None:
        """The zones that they coordinate or read of; None: all of them."""
        of_zones = [each for each in self.grants if each.role in ("administrator", "coordinator", "reader")]
        if any(each.zone is None for each in of_zones):
            return None
        return tuple(dict.fromkeys(each.zone for each in of_zones if each.zone))

    @property
    def organizations(self) -> tuple[UUID, ...]:
        """The organizations whose listings they edit."""
        return tuple(each.organization for each in self.grants if each.organization)

    def role_for(self, zones: Collection[str], organization: UUID | None = None) -> str | None:
        """The role in which they state something about a listing, as an edit names it; None: in none."""
        for role in ROLES:
            for each in self.grants:
                if each.role == role and role != "reader" and each.holds_for(zones, organization):
                    return _ROLE_OF_EDITS[role]
        return None
