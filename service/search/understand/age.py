"""Ages in a question, as the audience that a person of that age belongs to."""

from __future__ import annotations

import re

from service.search.understand.question import Reading
from service.search.words.terms import QueryTerm

_YEARS = frozenset(
    "jaar jaren jr j jarige jarig ans an years year yo yrs y jahre jahrige jahriger".split()  # noqa: SIM905
)
# Before a number of years these speak of how long, not of how old.
_DURATION = frozenset(
    "al reeds sinds na over binnen gedurende ongeveer elke depuis pendant dans apres environ a"  # noqa: SIM905
    " for since after in within every seit nach vor".split()
)
_JOINED = re.compile(r"(\d{1,3})([a-z]+)")  # 34j
_CHILD_UNDER, _YOUNG_UNDER, _OLDER_FROM = 12, 25, 65  # as the life stages of the needs taxonomy count them
_OLDEST = 115


def age_stage(reading: Reading) -> Reading:
    """Child, young or older, where a number of years says how old somebody is."""
    words = reading.question.words
    found: dict[str, frozenset[int]] = {}
    for at in range(len(words)):
        number, span = _years(words, at)
        audience = _audience(number) if number and at not in reading.named else None
        if audience:
            found.setdefault(audience, span)
    return reading.with_codes("audience", found, "audience", "age")


def _years(words: tuple[QueryTerm, ...], at: int) -> tuple[str, frozenset[int]]:
    """A number of years that says how old, with its words; empty where none stands here."""
    word = words[at].token.folded
    if at and words[at - 1].token.folded in _DURATION:
        return "", frozenset()
    joined = _JOINED.fullmatch(word)
    if joined and joined[2] in _YEARS:
        return joined[1], frozenset((at,))
    if word.isdigit() and at + 1 < len(words) and words[at + 1].token.folded in _YEARS:
        return word, frozenset((at, at + 1))
    return "", frozenset()


def _audience(number: str) -> str | None:
    if not number.isdigit() or not 0 < int(number) <= _OLDEST:
        return None
    age = int(number)
    if age < _CHILD_UNDER:
        return "child"
    if age < _YOUNG_UNDER:
        return "young"
    return "older" if age >= _OLDER_FROM else None
