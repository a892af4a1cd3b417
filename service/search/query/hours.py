"""Which opening hours of the index are open at a time, each distinct text evaluated once per minute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from service.errors import BadValue
from service.model import schedule
from service.search.engine.base import Engine

OPEN, CLOSED, UNKNOWN = 1, 0, -1

_REMEMBERED = 4_000
"""Answers for a minute or two; nobody asks for those of an earlier one."""


class OpenHours:
    """Answers for the distinct opening-hours texts of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._last: tuple[datetime, Sequence[str], frozenset[str]] | None = None

    def open_texts(self, moment: datetime) -> frozenset[str]:
        """The texts that are open at ``moment``, to the minute."""
        minute = to_minute(moment)
        codes = list(self._engine.open_codes("hours"))
        last = self._last  # another thread may put that of another minute there
        if last is None or last[0] != minute or last[1] != codes:
            texts = frozenset(text for text in codes if text and is_open(text, minute))
            last = self._last = (minute, codes, texts)
        return last[2]

    def states(self, codes: NDArray[np.integer], moment: datetime) -> NDArray[np.int8]:
        """OPEN, CLOSED or UNKNOWN for each code of candidates."""
        texts = self._engine.open_codes("hours")
        distinct, inverse = np.unique(codes, return_inverse=True)
        found = [is_open(texts[code], to_minute(moment)) if code else None for code in distinct.tolist()]
        known = [UNKNOWN if each is None else OPEN if each else CLOSED for each in found]
        states: NDArray[np.int8] = np.array(known, np.int8)[inverse]
        return states


def to_minute(moment: datetime) -> datetime:
    """The start of the minute."""
    return moment.replace(second=0, microsecond=0)


@lru_cache(maxsize=_REMEMBERED)
def is_open(text: str, minute: datetime) -> bool | None:
    """Whether it is open; None where the text says it does not know, or cannot be read."""
    try:
        return schedule.is_open_at(text, minute)
    except BadValue:
        return None


@lru_cache(maxsize=_REMEMBERED)
def next_open(text: str, minute: datetime) -> datetime | None:
    """When it opens next; None when it is open, when it never opens, or where nothing is known."""
    try:
        return schedule.next_open(text, minute)
    except BadValue:
        return None
