"""Hints about a text: long sentences and words, orders, words that hurt or of offices, how hard it reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from service.config import DATA
from service.geo.tables import rows_of

Kind = Literal["long_sentence", "long_words", "passive", "order", "stigma", "jargon", "hard"]

LANGUAGES = ("nl", "fr", "en")
LONGEST_SENTENCE = 20  # words; of what is easy to read most has under 15
LONGEST_WORD = 5  # syllables
EASY = 60  # from here on a text is plain to most, on each of the three scales
_ENOUGH = 30  # words, below which a scale says nothing
_MOST = 4  # of a kind; the first are enough to see what is meant

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyàâäáéèêëïîíôöóûüùúœæ]+", re.IGNORECASE)
_SPLITS = re.compile(r"(?<=[aeiou])(?=[ëïöü])", re.IGNORECASE)  # a dieresis begins a syllable
_MUTE_FR = re.compile(r"(?<=[^aeiouyéèêà])(?:e|es|ent)$", re.IGNORECASE)
_MUTE_EN = re.compile(r"(?<=[^aeiouyl])e$", re.IGNORECASE)

_PASSIVE: Mapping[str, re.Pattern[str]] = {
    "nl": re.compile(
        r"\b(?:wordt|worden|werd|werden)\b(?:\s+\w+){0,6}?"
        r"\s+(?:ge|be|ver|ont|aange|opge|uitge|doorge)\w+(?:d|t|en)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:est|sont|sera|seront|a été|ont été)\s+(?:\w+ment\s+)?\w{2,}(?:é|ée|és|ées)\b", re.IGNORECASE
    ),
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?:\w{2,}ed|given|made|done|seen|sent|taken)\b",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: ``words`` are those of the text that it is about, ``plain`` what could stand there."""

    kind: Kind
    words: str
    plain: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Phrase:
    form: re.Pattern[str]
    kind: Kind
    plain: str
    source: str


def hints(text: str, language: str) -> tuple[Hint, ...]:
    """What could be plainer or warmer in a text in Dutch, French or English; of another language nothing.

    Hints, never faults: what somebody wrote may be right as it stands.
    """
    if language not in LANGUAGES or not text.strip():
        return ()
    return (
        *list(_phrases_in(text, language))[: 2 * _MOST],
        *list(_long_sentences(text))[:_MOST],
        *_long_words(text, language),
        *list(_passives(text, language))[:_MOST],
        *_hard(text, language),
    )


def reading_ease(text: str, language: str) -> float | None:
    """How easy a text reads, from about 0 (hard) to 100 (easy); None for a text that is too short to say.

    Dutch by Flesch-Douma (W.H. Douma, De leesbaarheid van landbouwbladen, 1960): 206.84 - 77 x syllables per
    word - 0.93 x words per sentence. French by Kandel-Moles (Application de l'indice de Flesch à la langue
    française, 1958): 209 - 68 x syllables per word - 1.15 x words per sentence. English by Flesch (A new
    readability yardstick, 1948): 206.835 - 84.6 x syllables per word - 1.015 x words per sentence.
    Raises KeyError for another language.
    """
    words = _WORD.findall(text)
    sentences = [each for each in _SENTENCE.findall(text) if _WORD.search(each)]
    if len(words) < _ENOUGH or not sentences:
        return None
    start, of_syllables, of_words = _SCALES[language]
    per_word = sum(syllables(word, language) for word in words) / len(words)
    return start - of_syllables * per_word - of_words * len(words) / len(sentences)


_SCALES: Mapping[str, tuple[float, float, float]] = {
    "nl": (206.84, 77.0, 0.93),
    "fr": (209.0, 68.0, 1.15),
    "en": (206.835, 84.6, 1.015),
}


def syllables(word: str, language: str) -> int:
    """How many syllables a word has, counted as groups of vowels; at least one."""
    trimmed = _TRIM.get(language, str)(word)
    return max(1, sum(len(_VOWELS.findall(part)) for part in _SPLITS.split(trimmed)))


_TRIM: Mapping[str, Callable[[str], str]] = {
    "fr": lambda word: _MUTE_FR.sub("", word) or word,
    "en": lambda word: _MUTE_EN.sub("", word) or word,
}


def _phrases_in(text: str, language: str) -> Iterator[Hint]:
    for each in _phrases(language):
        if found := each.form.search(text):
            yield Hint(each.kind, found[0], each.plain, each.source)


@cache
def _phrases(language: str) -> tuple[_Phrase, ...]:
    """Words that hurt first, then orders, then office words."""
    order = ("stigma", "order", "jargon")
    rows = [row for row in rows_of(DATA / "lexicon" / "plain_words.csv") if row["language"] == language]
    return tuple(
        _Phrase(
            re.compile(rf"(?<!\w){re.escape(row['words'])}(?!\w)", re.IGNORECASE),
            row["kind"],  # type: ignore[arg-type]
            row["plain"],
            row["source"],
        )
        for row in sorted(rows, key=lambda row: order.index(row["kind"]))
    )


def _long_sentences(text: str) -> Iterator[Hint]:
    for sentence in _SENTENCE.findall(text):
        words = _WORD.findall(sentence)
        if len(words) > LONGEST_SENTENCE:
            yield Hint("long_sentence", " ".join(sentence.split()[:6]) + " …", str(len(words)))


def _long_words(text: str, language: str) -> Iterator[Hint]:
    long = dict.fromkeys(word for word in _WORD.findall(text) if syllables(word, language) > LONGEST_WORD)
    if long:
        yield Hint("long_words", ", ".join(list(long)[:_MOST]))


def _passives(text: str, language: str) -> Iterator[Hint]:
    for found in _PASSIVE[language].finditer(text):
        yield Hint("passive", found[0])


def _hard(text: str, language: str) -> Iterator[Hint]:
    ease = reading_ease(text, language)
    if ease is not None and ease < EASY:
        yield Hint("hard", str(max(0, round(ease))), str(EASY))
