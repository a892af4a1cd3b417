"""What one listing adds to the figures of its zone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from service.catalogue.resolve import Resolved
from service.config import TIMEZONE
from service.desk.state.cell import Measure
from service.desk.state.reader import Answer, answers
from service.eight_b.facts import Facts
from service.eight_b.screen import prepare, verdict_of_pairs
from service.eight_b.situation import Situation
from service.eight_b.thresholds import threshold
from service.model.listing import Listing
from service.model.moments import minute_of

Columns = Callable[[Listing, date], Mapping[str, Any]]
"""The fact columns of a listing: `service.search.index.document.facts_of`."""

READY = "ready"
_EPOCH = date(1970, 1, 1)


class Measurer:
    """Measures listings as they stand at one aware moment."""

    def __init__(self, columns: Columns, now: datetime) -> None:
        self._columns, self._now = columns, now
        self._today = now.astimezone(TIMEZONE).date()
        self._since = self._today - timedelta(days=threshold("verified_old_days"))
        usual = Situation((self._today - _EPOCH).days, minute_of(now))
        self._criteria = {b: tuple(pairs) for b, pairs in prepare(usual).faces.items()}

    def measure(self, resolved: Resolved, shown: Listing) -> Measure:
        """What a published listing adds; ``shown`` is the listing as everybody may see it."""
        told = answers(resolved, self._now)
        facts = Facts.from_columns(self._columns(shown, self._today))
        known_on = (answer.known_on for answer in told if answer.voices)
        return Measure(
            is_ready=shown.service.readiness == READY,
            is_verified=self._is_verified(told),
            answered={answer.question.code: bool(answer.voices) for answer in told},
            ages=tuple(max(0, (self._today - day).days) for day in known_on if day),
            unknown=self._unknown(facts),
        )

    def _is_verified(self, told: list[Answer]) -> bool:
        """Whether every key question that is answered was checked by a person in the last 12 months."""
        key = [answer.checked_on for answer in told if answer.question.is_key and answer.voices]
        return bool(key) and all(day is not None and day >= self._since for day in key)

    def _unknown(self, facts: Facts) -> Mapping[str, tuple[int, int]]:
        found = {}
        for b, pairs in self._criteria.items():
            verdict = verdict_of_pairs(pairs, facts)
            found[b] = (verdict.of - verdict.known, verdict.of)
        return found
