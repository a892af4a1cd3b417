"""The parts of Dutch and German compounds: huurachterstand is huur and achterstand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from service.config import DATA
from service.search.words.fold import fold_word
from service.search.words.lexicon import COMPOUND_LANGUAGES, Lexicon
from service.search.words.stopwords import stop_words

_FILE = DATA / "lexicon" / "compounds.csv"
_LINKS = {"nl": ("", "s", "en", "e", "n", "er", "ens"), "de": ("", "s", "es", "n", "en", "er", "e")}
# Prepositions and pronouns begin derived words (opvang, aanvraag) far more often than compounds.
_NO_PART = frozenset(
    {"article", "pronoun", "preposition", "conjunction", "auxiliary", "question", "negation", "adverb"}
)
_NEIGHBOURS = ("fr", "en")  # ment, time and rent are frequent in Dutch lists and no Dutch words
_SHORTEST_PART = 3
_SHORTEST_WORD = 7
_BESIDE_SHORT = 5  # a part of three letters needs a partner of five: bestuur is no best uur
# Zipf frequencies times 100, chosen on the first list of tests/unit/test_words_compounds.py.
_IN_USE = 350  # a part that the dictionary lacks must be this common, or long
_LONG_PART = 8
_RARE = 250  # a part that the dictionary has may be this rare
_COMMON = 400  # a part of three letters must be this common
_UNSEEN = 200  # what a long dictionary word counts for that the frequency list lacks
_LINK_COST = 40
_SHORT_COST = 60


@dataclass(frozen=True, slots=True)
class _Exceptions:
    given: dict[str, tuple[str, ...]]
    never_parts: frozenset[str]


@cache
def _exceptions(language: str, path: Path = _FILE) -> _Exceptions:
    """The rows of one language: words with given parts (none: stays whole) and strings that are never a
    part.
    """
    given: dict[str, tuple[str, ...]] = {}
    never: set[str] = set()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = [fold_word(word) for word in row["words"].split()]
            if row["language"] != language:
                continue
            if row["kind"] == "never_part":
                never.update(words)
            elif row["kind"] == "whole":
                given.update((word, ()) for word in words)
            else:
                given[words[0]] = tuple(words[1:])
    return _Exceptions(given, frozenset(never | stop_words(language, _NO_PART)))


class CompoundSplitter:
    """Splits folded words by the frequency of what would be their parts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._halves = lru_cache(maxsize=5_000)(self._find_halves)

    def split(self, word: str, language: str) -> tuple[str, ...]:
        """The smallest parts of a folded word, in order; empty when it is no compound or the language has
        none: huiswerkbegeleiding gives huis, werk and begeleiding.
        """
        halves = self._halves(word, language)
        return tuple(leaf for half in halves for leaf in self.split(half, language) or (half,))

    def parts(self, word: str, language: str) -> tuple[str, ...]:
        """The parts of a folded word, large and small: huiswerkbegeleiding has huiswerk too."""
        halves = self._halves(word, language)
        return tuple(part for half in halves for part in (half, *self.parts(half, language)))

    def _find_halves(self, word: str, language: str) -> tuple[str, ...]:
        """The two parts of a compound (more where the exceptions say so).

        The split with the highest mean frequency of both parts is taken, when that is above the frequency
        of the whole (Koehn and Knight 2003, Empirical methods for compound splitting, with an arithmetic
        mean of logarithms).
        """
        if language not in COMPOUND_LANGUAGES or not word.isalpha():
            return ()
        given = _exceptions(language).given.get(word)
        if given is not None:
            return given
        best = max(self._candidates(word, language), default=None)
        return best[1:] if best and best[0] >= self._frequency(word, language) else ()

    def _candidates(self, word: str, language: str) -> Iterator[tuple[float, str, str]]:
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1 if len(word) >= _SHORTEST_WORD else 0):
            last = word[at:]
            head = self._worth(last, language)
            if not head:
                continue
            for link in _LINKS[language]:
                first = word[:at].removesuffix(link)
                if not word[:at].endswith(link) or _is_too_short(first, last):
                    continue
                if worth := self._worth(first, language):
                    yield (worth + head) / 2 - (_LINK_COST if link else 0), first, last

    def _worth(self, part: str, language: str) -> int:
        """How good a part is, as its Zipf frequency times 100; 0 when it cannot be one."""
        if len(part) < _SHORTEST_PART or part in _exceptions(language).never_parts:
            return 0
        frequency = self._frequency(part, language)
        is_word = part in self._lexicon.lemmas[language]
        if len(part) == _SHORTEST_PART:
            return frequency - _SHORT_COST if is_word and frequency >= _COMMON else 0
        if not is_word:
            is_foreign = any(part in self._lexicon.lemmas[other] for other in _NEIGHBOURS)
            enough = _RARE if len(part) >= _LONG_PART else _IN_USE
            return frequency if frequency >= enough and not is_foreign else 0
        if frequency >= _RARE:
            return frequency
        return _UNSEEN if len(part) >= _LONG_PART - 1 else 0

    def _frequency(self, word: str, language: str) -> int:
        found = self._lexicon.frequencies[language].get(word)
        return int(found[0][0]) if found else 0


def _is_too_short(first: str, last: str) -> bool:
    shorter, longer = sorted((len(first), len(last)))
    return shorter == _SHORTEST_PART and longer < _BESIDE_SHORT
