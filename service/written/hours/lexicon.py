"""The words in which people write hours, by language, as the tables of service/written/data hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA

from service.geo.tables import rows_of, split
from service.written.words import fold, split_words

DATA = Path(__file__).resolve().parent.parent / "data"
LANGUAGES = ("nl", "fr", "en", "de")
_REPAIRED = frozenset({"day", "month", "closed"})  # the kinds of words whose misspellings are read
_SHORTEST_REPAIR = 5  # letters; shorter words lie a letter from too many others


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that mean something together: ``kind`` is what they do in a sentence, ``value`` which one."""

    words: tuple[str, ...]
    language: str
    kind: str
    value: str


Meaning = tuple[str, str]


@cache
def phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """Every phrase by its first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for language in LANGUAGES:
        for row in rows_of(DATA / f"hours_{language}.csv"):
            for text in split(row["words"]):
                words = split_words(text)
                found.setdefault(words[0], []).append(Phrase(words, language, row["kind"], row["value"]))
    return {first: tuple(sorted(each, key=lambda p: -len(p.words))) for first, each in found.items()}


@cache
def day_words() -> Mapping[str, Mapping[str, str]]:
    """Language to (word to day): which day a single word is in each language."""
    days: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for each in _single():
        if each.kind == "day":
            days[each.language][each.words[0]] = each.value
    return days


@cache
def known_in(language: str) -> frozenset[str]:
    """Single words that the language has."""
    return frozenset(each.words[0] for each in _single() if each.language == language)


def language_of(words: Iterable[str], said: str | None) -> str | None:
    """The language that the words are in: the one ``said`` unless all days are named in another.

    None when nothing tells; then a word that means different days in two languages stays unread.
    """
    all_words = list(words)
    votes = {each: sum(_is_own_day(word, each) for word in all_words) for each in LANGUAGES}
    if said in LANGUAGES and (votes[said] or not any(votes.values())):
        return None if _is_mixed(all_words, votes, said) else said
    if any(votes.values()):
        best = max(votes.values())
        leading = [each for each in LANGUAGES if votes[each] == best]
        return leading[0] if len(leading) == 1 else _by_all_words(all_words, leading)
    return _by_all_words(all_words, list(LANGUAGES))


def _is_own_day(word: str, language: str) -> bool:
    """Whether the word is a day in this language and in no other, or the same day wherever it is one."""
    days = day_words()
    return word in days[language] and not any(
        word in days[other] or word in known_in(other) for other in LANGUAGES if other != language
    )


def _is_mixed(words: list[str], votes: Mapping[str, int], said: str) -> bool:
    """Whether days of two languages stand beside a word that is a different day in each."""
    days = day_words()
    others = [each for each in LANGUAGES if votes[each] and each != said]
    return any(
        word in days[said] and days[other].get(word, days[said][word]) != days[said][word]
        for other in others
        for word in words
    )


def _by_all_words(words: list[str], among: list[str]) -> str | None:
    scores = {language: sum(word in known_in(language) for word in words) for language in among}
    best = max(scores.values())
    leading = [language for language, score in scores.items() if score == best]
    return leading[0] if best and len(leading) == 1 else None


@cache
def misspelt(word: str) -> Meaning | None:
    """What a word that nobody knows must have been: the only day, month or "closed" a slip away from it."""
    if len(word) < _SHORTEST_REPAIR:
        return None
    near: dict[int, set[Meaning]] = {}
    for each in _single():
        right = each.words[0]
        if each.kind in _REPAIRED and len(right) >= _SHORTEST_REPAIR:
            slips = OSA.distance(word, right, score_cutoff=2)
            if slips == 1 or (slips == 2 and _looks_alike(word, right)):
                near.setdefault(slips, set()).add((each.kind, each.value))
    closest = near[min(near)] if near else set()
    return next(iter(closest)) if len(closest) == 1 else None


def _looks_alike(word: str, right: str) -> bool:
    return len(word) > _SHORTEST_REPAIR + 1 and word[0] == right[0] and word[-2:] == right[-2:]


@cache
def compound(word: str) -> tuple[str, str] | None:
    """Day and part of the day of a word such as woensdagnamiddag, or None."""
    for day in _single():
        if day.kind == "day" and len(day.words[0]) > _SHORTEST_REPAIR and word.startswith(day.words[0]):
            rest = word[len(day.words[0]) :]
            for ending in ("", "en", "s"):
                stem = rest.removesuffix(ending) if ending else rest
                if any(part.kind in ("part", "noon") and part.words == (stem,) for part in _single()):
                    return day.words[0], stem
    return None


@cache
def stems() -> tuple[Phrase, ...]:
    """Beginnings of words that say what every word made with them is about; ``value`` is the kind."""
    return tuple(each for each in _single() if each.kind == "stem")


@cache
def _single() -> tuple[Phrase, ...]:
    return tuple(each for some in phrases().values() for each in some if len(each.words) == 1)


def fold_words(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return split_words(fold(text))
