"""Telling a postal code from a year, an amount and a part of a telephone number."""

from __future__ import annotations

from collections.abc import Sequence

from service.geo.names import Token
from service.geo.words import Words

_YEARS = range(1900, 2036)
_AMOUNT_SIGNS = "€$£%"


def is_postal_code(text: str, tokens: Sequence[Token], at: int, words: Words) -> bool:
    """Whether four digits that are a postal code are used as one here.

    Not as an amount, inside a longer number or after words for calling; a number that may be a year only at
    the very beginning, after the word for postal code, or before a capitalised word.
    """
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if _is_part_of_a_number(text, token, before, after):
        return False
    word_before = before.text if before else ""
    is_beside_amount = after is not None and words.plays(after.text, "money", None)
    if is_beside_amount or words.plays(word_before, "money", None) or words.plays(word_before, "call", None):
        return False
    if word_before == "postcode":
        return True
    is_after_time = words.plays(word_before, "time", None)
    if int(token.text) not in _YEARS:
        return not is_after_time
    return before is None or (after is not None and after.is_capitalised and not is_after_time)


def _is_part_of_a_number(text: str, token: Token, before: Token | None, after: Token | None) -> bool:
    """Whether a sign of an amount stands beside it, or other digits without a comma between."""
    left = text[before.end if before else 0 : token.start]
    right = text[token.end : after.start if after else len(text)]
    if any(sign in left.strip()[-1:] + right.strip()[:1] for sign in _AMOUNT_SIGNS) or right.startswith("/"):
        return True
    is_after_digits = before is not None and before.text[-1:].isdigit() and "," not in left
    is_before_digits = after is not None and after.text[:1].isdigit() and "," not in right
    return is_after_digits or is_before_digits
