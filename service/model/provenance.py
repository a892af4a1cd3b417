"""Who says a fact, since when, and who checked it how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from service.model.dates import PartialDate

Kind = Literal["source", "edit", "derived"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Stands behind one visible value.

    ``kind`` is source (a source record), edit (a person) or derived (a rule of ours, named in ``how``).
    ``speaker`` is a publisher, a person's name or role, or the rule. ``said_on`` is when it was said, to the
    precision known, None when nobody dated it (age not known, which is not stale). ``checked_on`` is when
    somebody checked it, ``how`` in which way; None means that nobody is known to have checked it.
    """

    kind: Kind
    speaker: str
    said_on: PartialDate | None = None
    url: str | None = None
    licence: str | None = None
    checked_on: date | None = None
    how: str | None = None
    source_id: str | None = None
