"""The terms of a document and of a question: words, lemmas and compound parts, the same on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from service.search.words.compounds import CompoundSplitter
from service.search.words.fold import Token, folded_words, joined_tokens, tokens
from service.search.words.lemma import Lemmas
from service.search.words.lexicon import COMPOUND_LANGUAGES, LEMMA_LANGUAGES, Lexicon
from service.search.words.stopwords import likely_languages, stop_words
from service.search.words.terms import WEIGHTS, Alternative, QueryTerm, Why

# Languages of the listings, in the order in which an unmarked text is tried; German only for words that the
# others lack, since it claims half of the Dutch ones.
_LISTING_LANGUAGES = ("nl", "fr", "en")
_ALL_LISTING_LANGUAGES = (*_LISTING_LANGUAGES, "de")


class Analyser:
    """Turns texts into terms; one for a process, since it remembers the last ``remembered`` words it met.

    Each takes some 500 bytes; for questions a few thousand are enough, a whole catalogue is read quicker with
    more.
    """

    def __init__(self, lexicon: Lexicon, remembered: int = 5_000) -> None:
        self.directory = lexicon.directory
        self.lemmas = Lemmas(lexicon)
        self.compounds = CompoundSplitter(lexicon)
        self._terms = lru_cache(maxsize=remembered)(self._find_terms)

    def document_terms(self, text: str, language: str | None) -> list[str]:
        """The words of a text in order, each with its lemmas and compound parts behind it and each term
        once, for a full-text column.

        `language` is None where it is not known (one outside the ten is treated so): then the function
        words choose among nl, fr, en and de, and where they say nothing, each word is looked up in the
        dictionaries that have it.
        """
        words = folded_words(text)
        languages = self._languages(words, language)
        terms: dict[str, Why | None] = {}
        for word in dict.fromkeys(words):
            terms.update(self._terms(word, languages))
        if "-" in text or "‐" in text or "‑" in text:
            terms.update((token.folded, None) for token in joined_tokens(text))
        return list(terms)

    def query_terms(self, text: str, language: str | None) -> list[QueryTerm]:
        """The words of a question with their alternatives.

        `language` is the likeliest one of the question (any of the ten); words that it lacks are looked up
        in the languages of the listings too, since people mix. A hyphenated word can also be met written as
        one.
        """
        found, joined = tokens(text), joined_tokens(text)
        languages = self._languages([token.folded for token in found], language)
        return [self._query_term(token, joined, languages) for token in found]

    def _query_term(self, token: Token, joined: Sequence[Token], languages: tuple[str, ...]) -> QueryTerm:
        terms = self._terms(token.folded, languages)
        alternatives = [Alternative(term, WEIGHTS[why], why) for term, why in terms.items()]
        alternatives[1:1] = [
            Alternative(whole.folded, WEIGHTS["joined"], "joined")
            for whole in joined
            if whole.start <= token.start and token.end <= whole.end
        ]
        return QueryTerm(
            token,
            tuple(alternatives),
            is_stop=self.is_stop(token.folded, languages),
            is_known=bool(self.lemmas.known_in(token.folded, (*languages, *_LISTING_LANGUAGES))),
        )

    def is_stop(self, word: str, languages: tuple[str, ...]) -> bool:
        """Whether a folded word is a single letter or a function word: in one of these languages, or in
        another one of the listings when these do not know the word.
        """
        if (len(word) == 1 and word.isalpha()) or any(word in stop_words(each) for each in languages):
            return True
        return not self.lemmas.known_in(word, languages) and any(
            word in stop_words(each) for each in _ALL_LISTING_LANGUAGES
        )

    def _languages(self, words: Sequence[str], language: str | None) -> tuple[str, ...]:
        if language in LEMMA_LANGUAGES:
            return (language,)
        return likely_languages(words, _ALL_LISTING_LANGUAGES) or _ALL_LISTING_LANGUAGES

    def _find_terms(self, word: str, languages: tuple[str, ...]) -> dict[str, Why]:
        """A folded word with its lemmas, compound parts and their lemmas, and how each was found."""
        terms: dict[str, Why] = {word: "exact"}
        chosen = self._dictionaries(word, languages)
        lemmas = self.lemmas.lemmas(word, chosen)
        terms.update((lemma, "lemma") for lemma in lemmas if lemma not in terms)
        for language in chosen:
            if language in COMPOUND_LANGUAGES:
                own = self.lemmas.lemmas(word, (language,)) or (word,)
                for part in (part for each in own for part in self.compounds.parts(each, language)):
                    for term in (part, *self.lemmas.lemmas(part, (language,))):
                        terms.setdefault(term, "compound")
        return terms

    def _dictionaries(self, word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Which languages to look a word up in: those of the text that know it, else those of the listings
        that do.

        A word that no dictionary has belongs to the languages of the text, whose rules and compounds are
        tried.
        """
        known = self.lemmas.known_in(word, languages)
        if known:
            return tuple(each for each in known if each != "de" or languages[0] == "de") or known
        elsewhere = self.lemmas.known_in(word, _LISTING_LANGUAGES)
        compound = tuple(e for e in languages if e in COMPOUND_LANGUAGES and self.compounds.split(word, e))
        return compound or elsewhere or languages
