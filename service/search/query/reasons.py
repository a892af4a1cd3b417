"""Choosing the one reason for a result and the one to watch out for, among all its verdicts say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from service.eight_b.criterion import IN_DISPUTE, Outcome
from service.eight_b.screen import ORDER
from service.eight_b.verdict import Reason, Verdict
from service.search.engine.base import Candidates
from service.search.query.ask import Asked
from service.search.query.result import Result
from service.search.query.said import Said, Values
from service.search.query.screening import Screened

_FIRST = (
    "need", "travel", "language", "price", "intake", "wait", "at_once", "appointment", "hours", "step_free",
    "documents", "residence", "referral", "channel", "anonymous", "women_only", "children_along", "walk_in",
    "places", "wait_start", "digital_means", "non_digital", "age", "audience", "exclusions", "household",
    "season", "frequency", "reduced", "extra_costs", "sign_language", "companion", "handover", "confirmed",
)  # fmt: skip
"""What people ask first; everything else comes after, in the order of the eight."""

_SMALL = frozenset({"complete", "materials", "price_explained", "text", "area", "need"})
"""Attention that is no reason to look out before going there."""

_MOST_CHOSEN = 5_000  # verdicts; a catalogue has some hundreds
_RANK = {name: place for place, name in enumerate(_FIRST)}
_WEIGHT: Mapping[Outcome, int] = {"barrier": 0, "unknown": 1, "attention": 2}
_NUMBERS = {"wait_first": "days", "wait_start": "days", "amount": "amount"}
_NUMBERS_OF = {"wait": "wait_first", "wait_start": "wait_start", "price": "amount"}
_Found = tuple[tuple[int, ...], Reason]


@lru_cache(maxsize=200)
def _chosen(
    _personal: frozenset[str], _asked: frozenset[str]
) -> dict[int, tuple[Verdict, _Found | None, _Found | None]]:
    """What was chosen of each verdict before, where the same criteria matter."""
    return {}


class Reasons:
    """Chooses for the results of one page."""

    def __init__(
        self, judged: Screened, candidates: Candidates, rows: NDArray[np.intp], asked: Asked
    ) -> None:
        self._personal = frozenset(criterion.name for criterion in judged.personal)
        self._asked = frozenset(c.name for c, is_asked in zip(ORDER, judged.asked, strict=True) if is_asked)
        self._numbers = {name: candidates.facts[name][rows].tolist() for name in _NUMBERS}
        self._speaks = asked.situation.speaks
        self._mode = asked.mode
        self._chosen = _chosen(self._personal, self._asked)

    def of(self, place: int, result: Result) -> tuple[Said | None, Said | None]:
        """Why the result at a place of the page is there, and what to watch out for; None for nothing."""
        best: _Found | None = None
        worst: _Found | None = None
        for verdict in result.eight_b.values():
            # Verdicts are few and shared, and told by their identity; each is kept, so that no other gets it.
            found = self._chosen.get(id(verdict))
            if found is None:
                if len(self._chosen) >= _MOST_CHOSEN:
                    self._chosen.clear()
                found = self._chosen[id(verdict)] = (verdict, *self._of(verdict))
            _verdict, good, bad = found
            if good is not None and (best is None or good[0] < best[0]):
                best = good
            if bad is not None and (worst is None or bad[0] < worst[0]):
                worst = bad
        return self._said(best, place, result), self._said(worst, place, result)

    def _said(self, found: _Found | None, place: int, result: Result) -> Said | None:
        if found is None:
            return None
        reason = found[1]
        values = () if reason.sentence == IN_DISPUTE else self._values(reason, place, result)
        return Said(reason.criterion, reason.outcome, reason.sentence, values)

    def _values(self, reason: Reason, place: int, result: Result) -> Values:
        name = reason.criterion
        if name == "travel" and self._mode in result.minutes:
            return (("minutes", result.minutes[self._mode]), ("mode", self._mode))
        if name == "language" and result.languages:
            shared = tuple(code for code in result.languages if code in self._speaks)
            return (("languages", shared or result.languages),)
        column = _NUMBERS_OF.get(name)
        number = self._numbers[column][place] if column and reason.outcome != "pass" else math.nan
        return () if math.isnan(number) else ((_NUMBERS[column or ""], number),)

    def _of(self, verdict: Verdict) -> tuple[_Found | None, _Found | None]:
        good = min(self._good(verdict), default=None, key=_order)
        bad = min(self._bad(verdict), default=None, key=_order)
        return good, bad

    def _good(self, verdict: Verdict) -> Iterator[_Found]:
        for reason in verdict.reasons:
            if reason.outcome == "pass":
                yield (reason.criterion not in self._personal, _rank(reason)), reason

    def _bad(self, verdict: Verdict) -> Iterator[_Found]:
        for reason in verdict.reasons:
            name, outcome = reason.criterion, reason.outcome
            is_asked = outcome != "unknown" or name in self._asked
            if outcome != "pass" and is_asked and not (outcome == "attention" and name in _SMALL):
                yield (_WEIGHT[outcome], name not in self._personal, _rank(reason)), reason


def _order(found: _Found) -> tuple[int, ...]:
    return found[0]


def _rank(reason: Reason) -> int:
    return _RANK.get(reason.criterion, len(_RANK))
