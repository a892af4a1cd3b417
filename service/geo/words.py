"""The words around a name that say whether it is a place, and the ordinary words that are also names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from service.config import DATA
from service.geo.names import fold, fold_word
from service.geo.tables import Row, rows_of, split


@dataclass(frozen=True)
class Words:
    """Word lists of data/places, folded.

    ``roles`` gives for a role (place, from, noun, verb, street, ...) its words. ``ordinary`` gives for a
    name the languages in which it is a word of its own, ``everyday`` those names that are very common words
    and ``function`` those that hold sentences together (after a preposition they are still no place).
    ``resembling`` holds words that look like a misspelt name and are not. ``endings`` are case endings by
    language.
    """

    roles: dict[str, frozenset[str]]
    ordinary: dict[str, frozenset[str]]
    everyday: frozenset[str]
    function: frozenset[str]
    resembling: frozenset[str]
    endings: dict[str, tuple[str, ...]]

    def is_ordinary(self, name: str, language: str | None) -> bool:
        """Whether the folded name is a word of this language (of any, when the language is not known)."""
        languages = self.ordinary.get(name)
        return languages is not None and (language is None or language in languages or "any" in languages)

    def endings_of(self, language: str | None) -> tuple[str, ...]:
        """The case endings to take off a word of this language (of every language, when it is not known)."""
        if language is None:
            return tuple(dict.fromkeys(ending for endings in self.endings.values() for ending in endings))
        return self.endings.get(language, ())


@lru_cache(maxsize=2)
def read_words(data: Path = DATA) -> Words:
    """Read context.csv, ordinary_words.csv, resembling_words.csv and endings.csv."""
    folder = data / "places"
    roles: dict[str, set[str]] = {}
    for row in rows_of(folder / "context.csv"):
        roles.setdefault(row["role"], set()).update(fold_word(word) for word in split(row["words"]))
    ordinary = rows_of(folder / "ordinary_words.csv")
    return Words(
        roles={role: frozenset(words) for role, words in roles.items()},
        ordinary={fold(row["word"]): frozenset(split(row["languages"])) for row in ordinary},
        everyday=_of_kind(ordinary, "everyday"),
        function=_of_kind(ordinary, "function"),
        resembling=_folded(split(row["words"]) for row in rows_of(folder / "resembling_words.csv")),
        endings={
            row["language"]: tuple(map(fold_word, split(row["endings"])))
            for row in rows_of(folder / "endings.csv")
        },
    )


def _folded(lists: Iterable[list[str]]) -> frozenset[str]:
    return frozenset(fold(word) for words in lists for word in words)


def _of_kind(ordinary: list[Row], how_common: str) -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in ordinary if row["how_common"] == how_common)
