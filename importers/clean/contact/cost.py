"""What a text about the price comes to: free, paid, by income, or unknown."""

from __future__ import annotations

import re

from importers.clean.contact.words import is_nothing, pattern
from service.written.words import fold

_AMOUNT = re.compile(
    r"(?:€|euro?s?|eur)\s*(\d+(?:[.,]\d+)?)|(\d+(?:[.,]\d+)?)\s*(?:,-)?\s*(?:€|euro?s?\b|eur\b|ct\b|cent)|^(\d+(?:[.,]\d+)?)(?:,-)?$"
)
_DATE = re.compile(
    r"^\d{1,2}-[a-z]{3,4}\.?(?:-\d{2,4})?$|^[a-z]{3}-\d{2}$|^\d{1,2}/\d{1,2}/\d{2,4}$|^\d{4}-\d\d-\d\d.*$|#"
)


def read_cost(text: str) -> tuple[str, str]:
    """The cost code (free, paid, by_income, unknown), and the reason where the text is not taken over."""
    if is_nothing("price", text):
        return "unknown", ""
    folded = " ".join(fold(text).replace(":", " ").split())
    folded = pattern("cost_words", "silent").sub(" ", folded)
    if _DATE.search(folded):
        return "unknown", f"turned into a date ({text})"
    amounts = [float(next(filter(None, found)).replace(",", ".")) for found in _AMOUNT.findall(folded)]
    if pattern("cost_words", "by_income").search(folded):
        return "by_income", ""
    if pattern("cost_words", "not_free").search(folded):
        return "paid", ""
    free = pattern("cost_words", "free")
    is_free = bool(free.search(folded)) or (amounts and max(amounts) == 0)
    rest = free.sub(" ", folded)
    is_paid = bool(amounts and max(amounts) > 0) or (
        is_free and pattern("cost_words", "also_paid").search(rest)
    )
    if is_free and is_paid:
        return "unknown", f"free and paid ({text})"
    if is_free:
        return "free", ""
    if is_paid or pattern("cost_words", "paid").search(folded):
        return "paid", ""
    return "unknown", f"not understood ({text})"
