"""Keeps a piece of text in its own direction where the text around it runs the other way."""

from __future__ import annotations

import re
from unicodedata import bidirectional

from service.i18n.locales import LOCALES

_FIRST_STRONG, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_TURNS = ("L", "EN")  # letters that run to the right, and the digits 0 to 9
_FILLED_IN = re.compile(r"%\(\w+\)s")


def runs_to_the_left(language: str) -> bool:
    """Whether the language is written from right to left. Raises KeyError for one that we do not have."""
    return LOCALES[language].direction == "rtl"


def isolated(text: str, language: str) -> str:
    """The text as one piece inside a text of ``language``: a phone number or a name in Latin letters inside
    Arabic keeps its order (Unicode Standard Annex 9, isolates). As it is in a language from left to right.
    """
    if not runs_to_the_left(language) or not any(bidirectional(sign) in _TURNS for sign in text):
        return text
    return f"{_FIRST_STRONG}{text}{_POP}"


def isolates_what_is_filled_in(message: str, language: str) -> str:
    """The message with each ``%(name)s`` isolated, where the language runs to the left."""
    return _FILLED_IN.sub(lambda found: isolated(found[0], language), message)
