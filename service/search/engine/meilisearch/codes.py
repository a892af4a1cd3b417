"""Open texts as short codes: what a filter compares and a facet counts has a bounded length there."""

from __future__ import annotations

import hashlib
from functools import lru_cache

_PLAIN = 24  # characters; a municipality's number stays readable
_MARK = "~"


@lru_cache(maxsize=50_000)
def code_of(text: str) -> str:
    """The code of a text: itself where it is short, plain and without capitals, else a digest of it.

    The server compares values without regard to capitals and only their first 479 bytes.
    """
    if len(text) <= _PLAIN and text.isascii() and text.isalnum() and text == text.lower():
        return text
    return _MARK + hashlib.sha256(text.encode()).hexdigest()[:20]
