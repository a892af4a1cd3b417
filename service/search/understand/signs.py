"""Signs in a question: words that tell something about the person, by lists of patterns in ten languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.search.understand.question import Question
from service.search.words.fold import folded_words
from service.search.words.lexicon import LISTING_LANGUAGES
from service.search.words.stopwords import stop_words
from service.search.words.terms import QueryTerm
from service.search.words.vocabulary import Vocabulary

Signs = Mapping[str, frozenset[int]]
"""The signs that a question gives, each with the numbers of its words."""

NOTHING = "nothing"  # patterns that look like a sign and are none: what they cover gives no other sign
# Somebody beside the person who asks: what the words say of sex and kin is then said of that one.
BESIDE = frozenset({"partner", "relative", "parent"})
_SAID_OF_THEM = frozenset({"woman", "man", "she", "he", "mother_self", "father_self"})
_GAP = 3  # words that ``...`` may stand for
_SURE_TYPO = 0.6  # one edit away, see service.search.words.vocabulary
_SHORTEST_TYPO = 6
_FOREIGN_LETTERS = 4  # a shorter word of another language is as likely a slip or a name
# What Arabic writes onto the word that follows: and, so; by, for, as; the.
_CLITICS = re.compile(r"(?:[وف])?(?:لل|[بلك]?(?:ال)?)(?=[\u0621-\u064a]{3})")


@dataclass(frozen=True, slots=True)
class _Slot:
    """What may stand at one place of a pattern: words in any form, beginnings, words as they are, endings;
    or a gap, or a number.
    """

    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    is_gap: bool = False
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class _Pattern:
    sign: str
    language: str
    slots: tuple[_Slot, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the question: the forms it may have, and whether the question's languages lack it."""

    folded: str
    forms: frozenset[str]
    typos: frozenset[str]
    is_free: bool
    is_foreign: bool


KnownIn = Callable[[str, tuple[str, ...]], tuple[str, ...]]


class SignBook:
    """The patterns of all languages, ready to be looked up; one for a process.

    A pattern is words in order, in any form. ``a/b`` stands for either, ``koor*`` for any word that begins
    so, ``*ée`` for one that ends so, ``=seule`` for the word in this form only, ``@class`` for a word of
    that class of its language, ``#`` for a number and ``...`` for up to three words.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]], known_in: KnownIn) -> None:
        rows = list(rows)
        classes = {
            (row["language"], row["sign"]): row["patterns"] for row in rows if row["sign"].startswith("@")
        }
        self._known_in = known_in
        self._patterns: dict[str, list[_Pattern]] = {}
        self._beginnings: dict[str, list[_Pattern]] = {}
        self._open: list[_Pattern] = []
        words: set[str] = set()
        made: dict[tuple[str, str], _Slot] = {}
        for row in rows:
            if not row["sign"].startswith("@"):
                for text in filter(None, map(str.strip, row["patterns"].split(";"))):
                    slots = tuple(_slots(text, row["language"], classes, made))
                    self._add(_Pattern(row["sign"], row["language"], slots))
                    words.update(word for slot in slots for word in slot.words)
        self._vocabulary = Vocabulary((word, 1) for word in words)
        self._corrected = lru_cache(maxsize=2_000)(self._correct)

    def _add(self, pattern: _Pattern) -> None:
        first = pattern.slots[0]
        for word in first.words | first.exact:
            self._patterns.setdefault(word, []).append(pattern)
        for beginning in first.beginnings:
            self._beginnings.setdefault(beginning, []).append(pattern)
        if first.is_number or first.endings:
            self._open.append(pattern)

    def find(self, question: Question, languages: Sequence[str], without: frozenset[int]) -> Signs:
        """Every sign in the question, leaving the words ``without`` aside; ``languages`` are its own."""
        words = [self._word(word, tuple(languages), i in without) for i, word in enumerate(question.words)]
        empty = {
            each: frozenset(i for i, word in enumerate(words) if word.folded in stop_words(each))
            for each in languages
        }
        found: list[tuple[str, frozenset[int]]] = []
        has_foreign = any(word.is_foreign for word in words)
        for at in range(len(words)):
            for pattern in self._starting(words[at]):
                is_own = pattern.language in languages
                if not is_own and not has_foreign:
                    continue
                span = _match(pattern, words, at, is_own)
                # The Romanian *nu* is no Dutch *nu*: what may be a function word says nothing.
                others = (held for each, held in empty.items() if each != pattern.language)
                if span and not any(span <= held for held in others):
                    found.append((pattern.sign, span))
        return _standing(found)

    def _starting(self, word: _Word) -> list[_Pattern]:
        if not word.is_free:
            return []
        found: dict[int, _Pattern] = {}
        for form in word.forms | word.typos:
            for each in self._patterns.get(form, ()):
                found[id(each)] = each
            for end in range(2, len(form) + 1):
                for each in self._beginnings.get(form[:end], ()):
                    found[id(each)] = each
        return [*found.values(), *self._open]

    def _word(self, word: QueryTerm, languages: tuple[str, ...], is_taken: bool) -> _Word:
        folded = word.token.folded
        forms = {a.term for a in word.alternatives if a.why != "compound"}
        if clitics := _CLITICS.match(folded):
            forms.add(folded[clitics.end() :])
        is_known = bool(self._known_in(folded, languages)) or folded.isdigit()
        is_right = is_known or len(folded) < _SHORTEST_TYPO or bool(self._known_in(folded, LISTING_LANGUAGES))
        typos = frozenset() if is_right else self._corrected(folded)
        is_foreign = not is_known and len(folded) >= _FOREIGN_LETTERS
        return _Word(folded, frozenset(forms), typos - forms, not is_taken, is_foreign)

    def _correct(self, word: str) -> frozenset[str]:
        guesses = self._vocabulary.typos(word)
        return frozenset(g.term for g in guesses if g.weight >= _SURE_TYPO and g.term[0] == word[0])


def _standing(found: list[tuple[str, frozenset[int]]]) -> Signs:
    """The signs that nothing stronger takes away."""
    hidden = [span for sign, span in found if sign == NOTHING]
    beside = [span for sign, span in found if sign in BESIDE]
    signs: dict[str, frozenset[int]] = {}
    for sign, span in found:
        is_hidden = sign == NOTHING or any(span <= other for other in hidden)
        if not is_hidden and not (sign in _SAID_OF_THEM and any(span & other for other in beside)):
            signs.setdefault(sign, span)
    return signs


def _match(pattern: _Pattern, words: list[_Word], at: int, is_own: bool) -> frozenset[int] | None:
    """The words of the question that the pattern takes from ``at`` on; None where it does not fit.

    In another language than the question's a pattern needs a word that the question's languages lack, and
    no correction of its spelling: *die* and *man* mean something else in each.
    """
    span = _fit(pattern.slots, words, at, is_own)
    if span is None or (not is_own and not any(words[i].is_foreign for i in span)):
        return None
    return frozenset(span)


def _fit(slots: tuple[_Slot, ...], words: list[_Word], at: int, is_own: bool) -> tuple[int, ...] | None:
    if not slots:
        return ()
    if slots[0].is_gap:
        for skipped in range(_GAP + 1):
            rest = _fit(slots[1:], words, at + skipped, is_own)
            if rest is not None:
                return rest
        return None
    if at >= len(words) or not words[at].is_free or not _stands(slots[0], words[at], is_own):
        return None
    rest = _fit(slots[1:], words, at + 1, is_own)
    return None if rest is None else (at, *rest)


def _stands(slot: _Slot, word: _Word, is_own: bool) -> bool:
    forms = word.forms | word.typos if is_own else word.forms
    if slot.words & forms or word.folded in slot.exact:
        return True
    if (slot.is_number and word.folded.isdigit()) or (slot.endings and word.folded.endswith(slot.endings)):
        return True
    return any(form.startswith(beginning) for beginning in slot.beginnings for form in word.forms)


def _slots(
    text: str,
    language: str,
    classes: Mapping[tuple[str, str], str],
    made: dict[tuple[str, str], _Slot],
) -> Iterator[_Slot]:
    """The slots of a pattern; ``made`` keeps those of one word, which many patterns share."""
    for part in text.split():
        slot = made.get((part, language))
        if slot is not None:
            yield slot
        elif part == "...":
            yield _Slot(is_gap=True)
        elif part == "#":
            yield _Slot(is_number=True)
        elif "/" not in part and not part.startswith("@") and len(folded_words(part)) > 1:
            *before, last = folded_words(part)
            yield from (_Slot(words=frozenset((word,))) for word in before)
            yield _slot([f"{last}*" if part.endswith("*") else last])
        else:
            made[part, language] = slot = _slot(_choices(part, language, classes))
            yield slot


def _choices(part: str, language: str, classes: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for choice in part.split("/"):
        if choice.startswith("@"):
            for text in classes[language, choice].split(";"):
                yield from _choices(text.strip(), language, classes)
        else:
            yield choice


def _slot(choices: Iterable[str]) -> _Slot:
    kinds: dict[str, set[str]] = {"any form": set(), "beginning": set(), "exact": set(), "ending": set()}
    is_number = False
    for choice in choices:
        is_number |= choice == "#"
        word = "".join(folded_words(choice))  # a hyphenated word of the question can be met as one
        if word:
            kinds[_kind(choice)].add(word)
    words, beginnings, exact, endings = (frozenset(each) for each in kinds.values())
    return _Slot(words, beginnings, exact, tuple(sorted(endings)), is_number=is_number)


def _kind(choice: str) -> str:
    if choice.startswith("="):
        return "exact"
    if choice.startswith("*"):
        return "ending"
    return "beginning" if choice.endswith("*") else "any form"
