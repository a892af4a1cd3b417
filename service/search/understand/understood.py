"""What a question was understood to ask, each reading with the words that led to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.search.understand.crisis.reading import CrisisReading

OF_THE_PERSON = ("speaks", "situation", "audience", "household", "tariff", "diet", "mode")
"""What is read of a person, each a tuple of codes; the names are those of the parameters of a search."""


@dataclass(frozen=True, slots=True)
class NeedReading:
    """A need that the words point to; ``confidence`` is 0 to 1, ``because`` are the words as typed."""

    code: str
    label: str
    confidence: float
    because: str


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place of the gazetteer that the words name; ``name`` and ``kind`` as the gazetteer has them.

    ``nis`` and ``postal_code`` are None where the place is no single municipality or has no single code,
    ``lat`` and ``lon`` where it has no point of its own.
    """

    id: str
    name: str
    kind: str
    nis: str | None
    postal_code: str | None
    lat: float | None
    lon: float | None
    because: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one stage found, for `explain`: ``stage``, what it took for what, by which rule, how heavily."""

    stage: str
    words: str
    reading: str
    rule: str
    weight: float


@dataclass(frozen=True, slots=True)
class Understood:
    """The reading of one question.

    ``needs`` are at most three, the most certain first; ``suggestions`` are readings too uncertain to act on.
    ``place`` is the likeliest place (None: no place named, or no reading leads) with its ``alternatives``.
    ``speaks`` are languages that help is wanted in; ``situation``, ``audience``, ``tariff`` (reductions that
    they have a right to) and ``diet`` are codes about the person, as are ``household`` and ``mode`` of
    travelling, of which there is one at most. ``because`` has the words behind each of those codes. ``words``
    are left to be matched as text.
    """

    language: str
    needs: tuple[NeedReading, ...] = ()
    place: PlaceReading | None = None
    alternatives: tuple[PlaceReading, ...] = ()
    speaks: tuple[str, ...] = ()
    situation: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    household: tuple[str, ...] = ()
    tariff: tuple[str, ...] = ()
    diet: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    open_at: datetime | None = None
    words: tuple[str, ...] = ()
    suggestions: tuple[NeedReading, ...] = ()
    because: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    crisis: tuple[CrisisReading, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The form of design.md; readings as objects, codes as they are."""
        return {
            "language": self.language,
            "needs": [_need(reading) for reading in self.needs],
            "place": _place(self.place) if self.place else None,
            "alternatives": [_place(reading) for reading in self.alternatives],
            "speaks": list(self.speaks),
            "situation": list(self.situation),
            **{kind: list(getattr(self, kind)) for kind in OF_THE_PERSON if kind != "speaks"},
            "open_at": self.open_at.isoformat() if self.open_at else None,
            "words": list(self.words),
            "suggestions": [_need(reading) for reading in self.suggestions],
            "because": dict(self.because),
        }


def _need(reading: NeedReading) -> dict[str, Any]:
    return {
        "code": reading.code,
        "label": reading.label,
        "confidence": round(reading.confidence, 2),
        "because": reading.because,
    }


def _place(reading: PlaceReading) -> dict[str, Any]:
    return {
        "id": reading.id,
        "name": reading.name,
        "nis": reading.nis,
        "postal_code": reading.postal_code,
        "kind": reading.kind,
        "lat": reading.lat,
        "lon": reading.lon,
        "because": reading.because,
    }
