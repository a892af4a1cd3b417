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

    ``roles`` gives for a role (place, out, noun, verb, street, ...) and a language its words; "any" stands
    for words of every language, "" for all together. ``ordinary`` gives for a name the languages in which it
    is a word of its own; ``everyday`` those names that are very common words, ``function`` those that hold
    sentences together (after a preposition they are still no place), ``names`` those that people have (a
    capital says nothing). ``resembling`` holds words that look like a misspelt name and are not;
    ``endings`` case endings by language.
    """

    roles: dict[tuple[str, str], frozenset[str]]
    ordinary: dict[str, frozenset[str]]
    everyday: frozenset[str]
    function: frozenset[str]
    names: frozenset[str]
    resembling: frozenset[str]
    endings: dict[str, tuple[str, ...]]

    def is_ordinary(self, name: str, language: str | None) -> bool:
        """Whether the folded name is a word of this language (of any, when the language is not known)."""
        languages = self.ordinary.get(name)
        return languages is not None and (language is None or language in languages or "any" in languages)

    def plays(self, word: str, role: str, language: str | None) -> bool:
        """Whether the folded word has this role in the language (in any, when the language is not known)."""
        if language is None:
            return word in self.roles.get((role, ""), ())
        return word in self.roles.get((role, "any"), ()) or word in self.roles.get((role, language), ())

    def endings_of(self, language: str | None) -> tuple[str, ...]:
        """The case endings to take off a word of this language (of every language, when it is not known)."""
        if language is None:
            return tuple(dict.fromkeys(ending for endings in self.endings.values() for ending in endings))
        return self.endings.get(language, ())


@lru_cache(maxsize=2)
def read_words(data: Path = DATA) -> Words:
    """Read context.csv, ordinary_words.csv, resembling_words.csv and endings.csv."""
    folder = data / "places"
    roles: dict[tuple[str, str], set[str]] = {}
    for row in rows_of(folder / "context.csv"):
        for language in split(row["languages"]):
            for key in ((row["role"], language), (row["role"], "")):
                roles.setdefault(key, set()).update(map(fold_word, split(row["words"])))
    ordinary = rows_of(folder / "ordinary_words.csv")
    return Words(
        roles={key: frozenset(words) for key, words in roles.items()},
        ordinary={fold(row["word"]): frozenset(split(row["languages"])) for row in ordinary},
        everyday=_of_kind(ordinary, "everyday"),
        function=_of_kind(ordinary, "function"),
        names=_of_kind(ordinary, "name"),
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
