"""Readings of a question that the person says are not meant: left out before anything is asked."""

from __future__ import annotations

import string
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from service.errors import BadParameter
from service.geo.travel import TRAVEL_MODES
from service.model import terms
from service.search.index.fields import LANGUAGE_CODES
from service.search.understand.question import Reading
from service.search.understand.understood import OF_THE_PERSON

ALONE = ("place", "open_at")
"""Readings of which a question has one; the others are named by kind and code, as in ``need:food.parcel``."""

_CODED: dict[str, Callable[[], Collection[str]]] = {
    "need": terms.needs,
    "speaks": lambda: LANGUAGE_CODES,
    "situation": lambda: terms.values("situation"),
    "audience": lambda: terms.values("audience"),
    "household": lambda: terms.values("household"),
    "tariff": lambda: terms.values("reduced_tariff"),
    "diet": lambda: terms.values("diet"),
    "mode": lambda: TRAVEL_MODES,
}
_ALLOWED = f"{', '.join(ALONE)}, or a kind ({', '.join(_CODED)}) and a code, as in need:food.parcel"


def parse_left_out(name: str, raw: str) -> str:
    """The name of one reading. Raises BadParameter for what no question can be read as."""
    kind, _, code = raw.partition(":")
    if raw in ALONE or (kind in _CODED and code in _CODED[kind]()):
        return raw
    raise BadParameter(name, f"{name} names no reading.", _ALLOWED)


def leave_out(reading: Reading, names: tuple[str, ...]) -> Reading:
    """The reading without those of ``names``; the words of a need left out are not searched for either."""
    if not names:
        return reading
    coded: dict[str, Any] = {
        kind: tuple(code for code in getattr(reading, kind) if f"{kind}:{code}" not in names)
        for kind in OF_THE_PERSON
    }
    if "place" in names:
        coded |= {"place": None, "alternatives": ()}
    if "open_at" in names:
        coded |= {"open_at": None}
    needs = tuple(need for need in reading.needs if f"need:{need.code}" not in names)
    suggestions = tuple(need for need in reading.suggestions if f"need:{need.code}" not in names)
    return replace(reading, needs=needs, suggestions=suggestions, asked=_still_asked(reading, names), **coded)


def _still_asked(reading: Reading, names: tuple[str, ...]) -> frozenset[int]:
    """The numbers of the words that led to a need, less those that led to needs left out alone."""
    out = _words(need.because for need in reading.needs if f"need:{need.code}" in names)
    kept = _words(need.because for need in reading.needs if f"need:{need.code}" not in names)
    words = reading.question.words
    return frozenset(i for i in reading.asked if words[i].token.text not in out - kept)


def _words(quotes: Iterable[str]) -> set[str]:
    return {word.strip(string.punctuation) for quote in quotes for word in quote.split()}
