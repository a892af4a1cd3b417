"""Names as other scripts and grammars bend them: Arabic prefixes and case endings."""

from __future__ import annotations

from collections.abc import Iterator

_ARABIC_PREFIXES = {"ب": 4, "ل": 5, "ف": 5, "و": 5}
"""What Arabic writes together with a name (in, to, in, and), and how many letters must be left of it: the
shorter the rest, the more often the whole is another word."""
_ARABIC = ("\u0600", "\u06ff")
_CYRILLIC = ("\u0400", "\u052f")
_SHORTEST_STEM = 4
_SHORTEST_CYRILLIC_STEM = 3


def is_arabic(word: str) -> bool:
    """Whether the word is written in Arabic letters."""
    return _ARABIC[0] <= word[:1] <= _ARABIC[1]


def variants(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    """The forms that the word may be an inflection of, likeliest first; the word itself is not among them."""
    if is_arabic(word):
        for prefix, least in _ARABIC_PREFIXES.items():
            if word.startswith(prefix) and len(word) > least:
                yield word[len(prefix) :]
        return
    is_cyrillic = _CYRILLIC[0] <= word[:1] <= _CYRILLIC[1]
    for ending in endings:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < (_SHORTEST_CYRILLIC_STEM if is_cyrillic else _SHORTEST_STEM):
            continue
        yield stem
        yield from (stem + vowel for vowel in ("аеь" if is_cyrillic else "ae"))
