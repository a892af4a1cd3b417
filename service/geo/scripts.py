"""Names as other scripts and grammars bend them: Arabic prefixes, case endings, Cyrillic and Arabic spellings."""

from __future__ import annotations

from collections.abc import Iterator

_ARABIC_PREFIXES = ("بال", "وال", "لل", "ب", "ل", "ف", "و", "ال")
_ARABIC = ("\u0600", "\u06ff")
_CYRILLIC = ("\u0400", "\u052f")
_SHORTEST_STEM = 4


def variants(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    """The forms that the word may be an inflection of, likeliest first; the word itself is not among them."""
    if _ARABIC[0] <= word[0] <= _ARABIC[1]:
        yield from (word[len(p) :] for p in _ARABIC_PREFIXES if word.startswith(p) and len(word) - len(p) >= 3)
        return
    is_cyrillic = _CYRILLIC[0] <= word[0] <= _CYRILLIC[1]
    for ending in endings:
        if not word.endswith(ending) or len(word) - len(ending) < _SHORTEST_STEM - is_cyrillic:
            continue
        stem = word[: len(word) - len(ending)]
        yield stem
        yield from (stem + vowel for vowel in ("а", "е") if is_cyrillic)
        yield from (stem + vowel for vowel in ("a", "en", "e") if not is_cyrillic)
