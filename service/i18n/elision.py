"""How French joins its small words to what follows them: elision, melted articles, the apostrophe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

_JOINED = re.compile(r"\b(de|que|à)[ \u00a0]%\((\w+)\)s", re.IGNORECASE)
_ARTICLE = re.compile(r"(le|les)\s+(?=\S)", re.IGNORECASE)
_MELTED = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
_VOWELS = "aeiou"
_TYPED = re.compile(r"(?<=\w)'")


def with_apostrophes(text: str, language: str) -> str:
    """A French message with the apostrophe of print for that of the typewriter; of another as it is."""
    return _TYPED.sub("’", text) if language == "fr" else text


def with_elision(message: str, values: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """A French message with ``de``, ``que`` and ``à`` as they are before the values that are to be filled in.

    ``de`` and ``que`` lose their e before a vowel (d’Anderlecht); ``de`` and ``à`` melt with the article of
    a name (du Coq, aux Bons Villers), but not with "La" (de La Panne). An h stays as it is: those that names
    of places in Brussels and Flanders begin with are breathed (de Hasselt, de Hoeilaart). Source: Grevisse
    and Goosse, Le bon usage, on elision.
    """
    held = dict(values)
    return _JOINED.sub(lambda found: _join(found, held), message), held


def _join(found: re.Match[str], values: dict[str, Any]) -> str:
    word, name = found[1], found[2]
    value = values.get(name)
    if not isinstance(value, str):
        return found[0]
    article = _ARTICLE.match(value)
    melted = _MELTED.get((word.lower(), article[1].lower())) if article else None
    if article and melted:
        values[f"{name}_bare"] = value[article.end() :]  # of the kind it was: text, or text that is escaped
        return f"{melted.capitalize() if word[0].isupper() else melted} %({name}_bare)s"
    if word.lower() != "à" and _begins_with_a_vowel(value):
        return f"{word[:-1]}’%({name})s"
    return found[0]


def _begins_with_a_vowel(value: str) -> bool:
    """Whether a French reader hears a vowel first; y is one before a consonant (Ypres)."""
    letters = normalize("NFD", value.casefold().replace("œ", "oe").replace("æ", "ae"))
    if letters[:1] == "y":
        return letters[1:2].isalpha() and letters[1] not in _VOWELS
    return letters[:1] in tuple(_VOWELS)
