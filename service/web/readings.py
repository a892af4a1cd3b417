"""Several readings of one question: what it may be about, offered instead of guessed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.search.query.criteria import Criteria
from service.search.query.result import Results
from service.search.understand.need import SURE

MOST = 3


@dataclass(frozen=True, slots=True)
class Option:
    """One need that the question may be about, and the search for that need alone."""

    need: str
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class Readings:
    """What a question may be about; ``is_unsure`` says that none of it is sure enough to rely on."""

    is_unsure: bool
    options: tuple[Option, ...]


def readings(results: Results) -> Readings:
    """The readings to choose from: all of them where none is sure, else those that were not followed."""
    criteria, read = results.criteria, results.understood
    is_unsure = not criteria.need and not any(need.confidence >= SURE for need in read.needs)
    offered = (*read.needs, *read.suggestions) if is_unsure else read.suggestions
    codes = [need.code for need in offered if need.code not in criteria.need][:MOST]
    options = tuple(Option(code, replace(criteria, need=(code,), page=1)) for code in codes)
    return Readings(is_unsure and bool(options), options)
