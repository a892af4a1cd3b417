"""A listing: one service at one place (or without a place) with all that a reader needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from service.model.dates import PartialDate
from service.model.fields import LANGUAGES
from service.model.provenance import Provenance

Texts = Mapping[str, str]
"""One text in several languages; the key ``und`` holds a text whose language its source did not say."""

Precision = Literal["exact", "street", "postal_code", "municipality", "hidden"]
"""How closely a location's point is known."""


def pick_text(texts: Texts, language: str) -> tuple[str, str | None]:
    """The text for a reader of ``language`` and the language it is in (None: nobody said).

    Order: the reader's language, the text without a stated language, then nl, fr, en, de and the others.
    """
    for found in (language, *_OTHERWISE):
        if text := texts.get(found):
            return text, None if found == "und" else found
    return "", None


_OTHERWISE = ("und", *dict.fromkeys(("nl", "fr", "en", "de", *LANGUAGES)))


@dataclass(frozen=True, slots=True)
class Organization:
    """Who offers the service."""

    id: UUID
    name: str
    alternate_names: tuple[str, ...] = ()
    enterprise_number: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What is offered, to whom and on which terms; None and empty mean that nobody said."""

    id: UUID
    name: Texts
    description: Texts = field(default_factory=dict)
    alternate_names: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    audience_note: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    provision: str | None = None
    prevention: tuple[str, ...] = ()
    life_stage: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    referral_required: bool | None = None
    appointment: str | None = None
    required_documents: tuple[str, ...] = ()
    cost: str | None = None
    cost_note: str | None = None
    coverage: str | None = None
    readiness: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """Where it is; of a hidden address no reader gets street, number, box or point."""

    id: UUID
    street: Texts = field(default_factory=dict)
    house_number: str | None = None
    box: str | None = None
    postal_code: str | None = None
    municipality: str | None = None
    city: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision | None = None
    hidden: bool = False
    wheelchair: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What we believe about one service at one place, after hearing every speaker.

    ``id`` is that of the service_at_location, or of the service where there is no place. ``zones`` are the
    zones it lies in, ``serves`` those it serves; two facts. ``said_on`` is the newest date on which a source
    spoke, ``checked_on`` the newest on which somebody checked; ``check_on`` is when a fact has to be checked
    again, ``stale_on`` when one is too old to build on (None for both: nothing is dated). ``provenance`` is
    by field key (``path`` or ``path@language``). ``facts`` are all that has no attribute of its own, by path:
    lists as tuples, texts by language. ``expires`` is, for a fact that ages, the moment from which it is not
    known any more; one that ages and has no moment there is of unknown age. ``disputed`` are paths of which
    two sources say different things. ``withdrawn`` is whether it is out of the search; ``state`` says why
    (draft, paused, ended, or withdrawn by its sources), ``state_since`` and ``state_until`` from which day to
    which, as far as that is known.
    """

    id: UUID
    organization: Organization
    service: Service
    location: Location | None = None
    phones: tuple[str, ...] = ()
    email: str | None = None
    website: str | None = None
    opening_hours: str | None = None
    hours_text: str | None = None
    zones: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    said_on: PartialDate | None = None
    checked_on: date | None = None
    check_on: date | None = None
    stale_on: date | None = None
    withdrawn: bool = False
    source_ids: tuple[str, ...] = ()
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    expires: Mapping[str, datetime] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()
    state: str = "published"
    state_since: date | None = None
    state_until: date | None = None
