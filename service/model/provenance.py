"""Who says a fact, since when, and who checked it how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from service.model.dates import PartialDate

Kind = Literal["source", "edit", "derived"]

Trust = Literal["self_declared", "source", "zone", "checked"]
LADDER: tuple[Trust, ...] = ("self_declared", "source", "zone", "checked")
"""How far a fact is to be trusted, the least first: those who offer it say so themselves, a source says so,
the zone says so, somebody checked it (by phone, visit or mail)."""

ZONE_ROLES = frozenset({"zone", "coordinator", "administrator"})
"""Who speaks for the zone."""

PROVIDER = "provider"
"""Who offers the service."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Stands behind one visible value.

    ``kind`` is source (a source record), edit (a person) or derived (a rule of ours, named in ``how``).
    ``speaker`` is a publisher, a person's name or role, or the rule. ``said_on`` is when it was said, to the
    precision known, None when nobody dated it (age not known, which is not stale). ``checked_on`` is when
    somebody checked it, ``how`` in which way; None means that nobody is known to have checked it.
    ``confirmed_on`` is when somebody last said that it is still right, checked or not; ``role`` is in which
    role they, or else the speaker, said it.
    """

    kind: Kind
    speaker: str
    said_on: PartialDate | None = None
    url: str | None = None
    licence: str | None = None
    checked_on: date | None = None
    how: str | None = None
    source_id: str | None = None
    role: str | None = None
    confirmed_on: date | None = None

    @property
    def trust(self) -> Trust | None:
        """The rung of the ladder that it stands on; None for what a rule derived."""
        if self.kind == "derived":
            return None
        if self.checked_on and self.how:
            return "checked"
        if self.role in ZONE_ROLES:
            return "zone"
        return "self_declared" if self.role == PROVIDER else "source"

    @property
    def known_on(self) -> date | None:
        """The last day on which it is surely known to have been right; None: its age is not known."""
        said = self.said_on.earliest if self.said_on else None
        return max((day for day in (said, self.checked_on, self.confirmed_on) if day), default=None)
