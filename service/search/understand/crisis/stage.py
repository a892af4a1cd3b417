"""The stage that asks whether a question speaks of a danger; it takes no words away from the others."""

from __future__ import annotations

from dataclasses import replace

from service.search.understand.crisis.read import read_crisis
from service.search.understand.question import Reading
from service.search.understand.understood import Evidence


def crisis_stage(reading: Reading) -> Reading:
    """Add the dangers that the words speak of, with what said so."""
    found = read_crisis(reading.question.text)
    if not found:
        return reading
    seen = tuple(Evidence("crisis", each.because, each.topic, each.by, each.certainty) for each in found)
    return replace(reading, crisis=found, evidence=reading.evidence + seen)
