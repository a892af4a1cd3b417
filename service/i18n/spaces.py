"""The spaces inside a message at which a line may not break."""

from __future__ import annotations

import re

NO_BREAK = "\N{NO-BREAK SPACE}"

_BEFORE_SIGN = re.compile(r"(?<=[^\s;:!?])[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*([;!?]|:(?=\s|$))")
_OPENING = re.compile(r"«\s*")
_CLOSING = re.compile(r"\s*»")


def keep_together(text: str, language: str) -> str:
    """A message of a language with its signs kept on the line of their word; of another than French as it is.

    French sets a space before ``; : ! ?`` and inside ``« »`` (Lexique des règles typographiques en usage à
    l'Imprimerie nationale). It is U+00A0 throughout, which every font has. A colon inside an hour or an
    address keeps its neighbours.
    """
    if language != "fr":
        return text
    text = _OPENING.sub(f"«{NO_BREAK}", _CLOSING.sub(f"{NO_BREAK}»", text))
    return _BEFORE_SIGN.sub(rf"{NO_BREAK}\1", text)
