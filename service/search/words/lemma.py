"""Dictionary forms of words: kinderen to kind, logements to logement, in folded letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from simplemma.strategies import DefaultStrategy

from service.search.words.lexicon import Lexicon, apply_ending

_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


class Lemmas:
    """Looks up lemmas; each word and set of languages is worked out once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._tries = lexicon.lemmas
        self._rules = DefaultStrategy(dictionary_factory=_FoldedDictionaries(lexicon.lemmas))
        self.lemmas = lru_cache(maxsize=5_000)(self._lemmas)
        self.known_in = lru_cache(maxsize=5_000)(self._known_in)

    def _known_in(self, word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the languages whose dictionary has this folded word."""
        return tuple(each for each in languages if word in self._tries[each])

    def _lemmas(self, word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
        """The folded lemmas of a folded word in these languages, in their order; empty when none is known.

        A word outside the dictionary is tried by simplemma's rules (endings of the language, Arabic article,
        Spanish enclitics, Turkish suffixes). A dictionary form is its own lemma.
        """
        if word.isdecimal():
            return ()
        found: dict[str, None] = {}
        for language in languages:
            known = [apply_ending(word, rule) for rule in self._tries[language].get(word) or ()]
            found.update(dict.fromkeys(known or self._by_rule(word, language)))
        return tuple(found)

    def _by_rule(self, word: str, language: str) -> list[str]:
        if language == "de" and (plain := _without_umlaut_letters(word)) != word:
            known = [apply_ending(plain, rule) for rule in self._tries["de"].get(plain) or ()]
            if known:
                return known
        lemma = self._rules.get_lemma(word, language)
        return [lemma] if lemma else []


def _without_umlaut_letters(word: str) -> str:
    """Fuer and Muenchen as für and München fold: the e that stands for an umlaut left out."""
    for written, folded in _UMLAUTS:
        word = word.replace(written, folded)
    return word


class _FoldedDictionary(Mapping[str, str]):
    """A trie of folded lemmas, as simplemma reads its dictionaries: one lemma a form."""

    def __init__(self, trie: Any) -> None:  # noqa: ANN401 (marisa_trie has no types)
        self._trie = trie

    def __getitem__(self, form: str) -> str:
        return apply_ending(form, self._trie[form][0])

    def __iter__(self) -> Iterator[str]:
        return iter(self._trie.iterkeys())

    def __len__(self) -> int:
        return len(self._trie)


class _FoldedDictionaries:
    def __init__(self, tries: Mapping[str, Any]) -> None:
        self._dictionaries = {language: _FoldedDictionary(trie) for language, trie in tries.items()}

    def get_dictionary(self, lang: str) -> Mapping[str, str]:
        return self._dictionaries[lang]
