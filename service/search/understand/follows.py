"""Who a question is about as it follows from what is asked: who looks for respite cares for somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from service.search.understand.need import SURE
from service.search.understand.question import Reading
from service.search.understand.tables import rows
from service.search.understand.understood import Evidence


@dataclass(frozen=True, slots=True)
class Follows:
    """A code about the person that a need brings along, and why."""

    kind: str
    code: str
    reason: str


@cache
def what_follows() -> Mapping[str, Sequence[Follows]]:
    """By need, from ``needs_people.csv``: what holds of nearly everybody who asks for it, by what it is."""
    found: dict[str, list[Follows]] = {}
    for row in rows("needs_people.csv"):
        found.setdefault(row["need"], []).append(Follows(row["kind"], row["code"], row["reason"]))
    return found


def follows_stage(reading: Reading) -> Reading:
    """Codes about the person that follow from needs surely asked for; the words are those of the need."""
    for need in reading.needs:
        for each in what_follows().get(need.code, ()) if need.confidence >= SURE else ():
            codes: tuple[str, ...] = getattr(reading, each.kind)
            if each.code not in codes:
                seen = Evidence(each.kind, need.because, each.code, each.reason, need.confidence)
                given: dict[str, object] = {each.kind: (*codes, each.code)}
                reading = replace(
                    reading,
                    because={each.code: need.because} | dict(reading.because),
                    evidence=(*reading.evidence, seen),
                    **given,  # type: ignore[arg-type]
                )
    return reading
