"""Names as they are compared: folded, without legal forms, small words and the town that all share."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from service.config import DATA
from service.geo.names import fold_word
from service.geo.tables import rows_of

_WORDS = re.compile(r"[^\W_]+")


def fold(name: str) -> str:
    """A name as folded words with one blank between; words repeat, and each is folded once."""
    return " ".join(map(_folded, _WORDS.findall(unicodedata.normalize("NFC", name))))


_folded = lru_cache(maxsize=100_000)(fold_word)


@lru_cache(maxsize=50_000)
def plain(name: str, town: frozenset[str] = frozenset()) -> str:
    """The words of a name that tell it apart, each once, in alphabetical order.

    ``town`` are the words of the municipality: who is compared lies there too. A name of nothing else keeps
    them.
    """
    folded = f" {fold(name)} "
    for phrase, means in _phrases():
        if phrase in folded:
            folded = folded.replace(phrase, f" {means} ")
    small = _small_words()
    words = {small.get(word, word) for word in folded.split()} - {""}
    return " ".join(sorted(words - town or words or set(folded.split())))


@lru_cache(maxsize=1_000)
def town_words(nis: str | None) -> frozenset[str]:
    """The words of a municipality's names."""
    return _towns().get(nis or "", frozenset())


@cache
def _towns() -> dict[str, frozenset[str]]:
    rows = rows_of(DATA / "places" / "municipalities.csv")
    return {row["nis"]: frozenset(fold(f"{row['name_nl']} {row['name_fr']}").split()) for row in rows}


@cache
def _rows() -> list[tuple[str, str]]:
    return [(row["words"], row["means"]) for row in rows_of(DATA / "taxonomy" / "name_words.csv")]


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    return tuple((f" {words} ", means) for words, means in _rows() if " " in words)


@cache
def _small_words() -> dict[str, str]:
    return {words: means for words, means in _rows() if " " not in words}
