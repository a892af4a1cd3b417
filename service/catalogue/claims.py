"""What was said: the record of one source under one key, and one person's statement about one field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from service.model.dates import PartialDate
from service.model.provenance import Provenance
from service.model.values import Value


class SourceCard(Protocol):
    """What the catalogue keeps of a source; where two disagree the higher ``precedence`` is believed."""

    @property
    def id(self) -> str:
        """Its short name."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def publisher(self) -> str | None:
        """Who says what it says, unless a statement names somebody else."""

    @property
    def licence(self) -> str | None:
        """Under which licence."""

    @property
    def attribution(self) -> str | None:
        """How it wants to be named."""

    @property
    def url(self) -> str | None:
        """Where it can be read."""

    @property
    def precedence(self) -> int:
        """How far it is believed."""

    @property
    def role(self) -> str | None:
        """Provider where those who offer the services speak of themselves, zone where a zone speaks."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source says under one key at an import; ``values`` are typed, by field key (path@language).

    None for ``publisher`` or ``licence`` means that of the source; ``raw`` is the record as it came (JSON).
    """

    key: str
    values: Mapping[str, Value]
    said_on: PartialDate | None = None
    url: str | None = None
    publisher: str | None = None
    licence: str | None = None
    raw: Any = None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What a source says now under one key.

    ``withdrawn_at`` is when it vanished at its source, ``former`` the names that it gave before, by path.
    """

    id: UUID
    source_id: str
    key: str
    precedence: int
    publisher: str
    fetched_at: datetime
    url: str | None = None
    licence: str | None = None
    said_on: PartialDate | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    withdrawn_at: datetime | None = None
    role: str | None = None
    former: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edit:
    """One person's statement about one field (``key``); the value None says that the field is not known.

    ``until`` is the last day on which it holds; ``how`` says how it was checked (None: it was not) and
    ``checked_on`` when (None: on the day it was stated). One that ``confirms`` states nothing of its own: it
    says that ``value``, whoever states it, was right on that day.
    """

    id: UUID
    listing_id: UUID
    key: str
    value: Value | None
    by: str
    stated_at: datetime
    why: str
    role: str | None = None
    until: date | None = None
    how: str | None = None
    checked_on: date | None = None
    confirms: bool = False
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_why: str | None = None

    def is_live_on(self, day: date) -> bool:
        """Whether it still counts on a day."""
        return self.withdrawn_at is None and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about one field with who made it; from ``expires`` on it is too old to be known."""

    value: Value | None
    provenance: Provenance
    expires: datetime | None = None
