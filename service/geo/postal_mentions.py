"""Telling a postal code from a year, an amount and a part of a telephone number."""

from __future__ import annotations

from collections.abc import Sequence

from service.geo.names import Token
from service.geo.words import Words

_YEARS = range(1900, 2036)


def is_postal_code(tokens: Sequence[Token], at: int, words: Words) -> bool:
    """Whether four digits that are a postal code are used as one here.

    Not as an amount, beside other digits or after words for calling; a number that may be a year only at the very
    beginning, after the word for postal code, or next to a capitalised word.
    """
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    roles = words.roles
    if after and (after.text in roles["money"] or after.text[:1].isdigit()):
        return False
    if before and (before.text in roles["money"] or before.text in roles["call"] or before.text[-1:].isdigit()):
        return False
    if before and before.text == "postcode":
        return True
    if int(tokens[at].text) not in _YEARS:
        return not (before and before.text in roles["time"])
    if before is None:
        return True
    return after is not None and after.is_capitalised and before.text not in roles["time"]
