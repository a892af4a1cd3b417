"""Finding the phrases of a list in a question: any order, close together, in any form of their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.search.understand.question import Question
from service.search.words.analyse import Analyser
from service.search.words.fold import folded_words
from service.search.words.stopwords import stop_words
from service.search.words.vocabulary import Vocabulary

_EMPTY = frozenset({"article", "pronoun", "preposition", "conjunction", "auxiliary"})
_SLACK = 3  # words that may stand between those of a phrase
_FOREIGN = (
    0.6  # what a phrase counts for in a question that is in another language: pain is bread only in French
)
_LEAST = 0.4  # a slip of the pen counts for half of the word; less is a guess


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a list: what it stands for, its language and how much it says (0 to 3)."""

    text: str
    code: str
    language: str
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that a question holds: its words there, how well they match (0 to 1)."""

    phrase: Phrase
    words: frozenset[int]
    quality: float
    size: int


class Phrasebook:
    """A list of phrases, ready to be looked up; one for a process."""

    def __init__(self, phrases: Iterable[Phrase], analyser: Analyser) -> None:
        self._phrases: list[tuple[Phrase, tuple[frozenset[str], ...]]] = []
        self._at: dict[str, list[tuple[int, int]]] = {}
        for phrase in phrases:
            forms = tuple(_forms(word, phrase.language, analyser) for word in _content(phrase))
            for place, each in enumerate(forms):
                for form in each:
                    self._at.setdefault(form, []).append((len(self._phrases), place))
            self._phrases.append((phrase, forms))
        self._vocabulary = Vocabulary((form, len(uses)) for form, uses in self._at.items())

    def find(
        self, question: Question, likely: Sequence[str], without: frozenset[int] = frozenset()
    ) -> list[Found]:
        """Every phrase that the question holds, leaving the words ``without`` aside."""
        hits: dict[int, dict[int, dict[int, float]]] = {}
        for number, weights in self._weighed(question, without):
            for form, weight in weights.items():
                for phrase, place in self._at[form]:
                    at = hits.setdefault(phrase, {}).setdefault(place, {})
                    at[number] = max(weight, at.get(number, 0.0))
        found = (self._found(phrase, places, likely) for phrase, places in hits.items())
        return [each for each in found if each is not None]

    def _weighed(self, question: Question, without: frozenset[int]) -> Iterable[tuple[int, dict[str, float]]]:
        for number, word in enumerate(question.words):
            if number in without:
                continue
            weights = {a.term: a.weight for a in word.alternatives if a.term in self._at}
            if not word.is_known and not any(weight > 0.5 for weight in weights.values()):
                guesses = self._vocabulary.typos(word.token.folded)
                weights |= {g.term: g.weight for g in guesses if g.weight >= _LEAST and g.term not in weights}
            yield number, weights

    def _found(self, number: int, places: dict[int, dict[int, float]], likely: Sequence[str]) -> Found | None:
        phrase, forms = self._phrases[number]
        if len(places) < len(forms):
            return None
        chosen = _closest([places[i] for i in range(len(forms))])
        if chosen is None:
            return None
        quality = sum(places[i][word] for i, word in enumerate(chosen)) / len(forms)
        if likely and phrase.language not in likely:
            quality *= _FOREIGN
        return Found(phrase, frozenset(chosen), quality, len(forms))


def _content(phrase: Phrase) -> list[str]:
    """The words that carry a phrase; all of them where too little remains without articles and the like.

    *Geen eten* keeps both words; *niet meer buiten komen* would be *niet meer*, so it stays whole.
    """
    words = list(dict.fromkeys(folded_words(phrase.text)))
    kept = [word for word in words if word not in stop_words(phrase.language, _EMPTY)]
    says_something = any(word not in stop_words(phrase.language) for word in kept)
    return kept if len(kept) > 1 and says_something else words


def _forms(word: str, language: str, analyser: Analyser) -> frozenset[str]:
    return frozenset((word, *analyser.lemmas.lemmas(word, (language,))))


def _closest(places: list[dict[int, float]]) -> tuple[int, ...] | None:
    """One word of the question per word of the phrase, all different and as near each other as can be."""
    if len(places) == 1:
        return (max(places[0], key=lambda word: places[0][word]),)
    chosen: list[tuple[int, ...]] = [()]
    for each in places:
        chosen = [
            (*before, word)
            for before in chosen
            for word in each
            if word not in before and _span((*before, word)) <= len(places) + _SLACK
        ][:64]
    return min(chosen, key=_span, default=None)


def _span(words: tuple[int, ...]) -> int:
    return max(words) - min(words) + 1
