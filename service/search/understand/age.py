"""Ages in a question: a number of years that says how old somebody is, as a sign of the age group."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from service.search.understand.question import Question, Reading
from service.search.understand.tables import rows, split
from service.search.words.fold import folded_words

_JOINED = re.compile(r"(\d{1,3})([^\W\d_]+)")  # 34j
_OLDEST = 115
# Upper bounds, as careful readers draw them: at twelve still a child, from sixty-five an older person.
_CHILD_UNTIL = 12
_GROUPS = (
    (2, "age_baby"),
    (_CHILD_UNTIL, "age_child"),
    (17, "age_teen"),
    (25, "age_young"),
    (64, "age_adult"),
)
_LOOK_BACK = 3  # words between a noun for a lasting thing (lease, waiting list) and its years
_FEWEST_PARENT_YEARS = 14  # mama van 2 has two children
_PLUS_FROM = 50  # a smaller number with a plus is no age
_SCORE = 20


@dataclass(frozen=True, slots=True)
class _Words:
    """The words around ages: those for years, for people, for how long; and numbers in letters."""

    kinds: Mapping[str, frozenset[str]]
    beginnings: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]

    def has(self, kind: str, word: str) -> bool:
        """Whether a folded word is of a kind, whole or by its beginning."""
        return word in self.kinds.get(kind, frozenset()) or word.startswith(self.beginnings.get(kind, ()))


def age_signs(reading: Reading, languages: Sequence[str]) -> dict[str, frozenset[int]]:
    """The age groups that are named, each with its words; how long something takes is no age."""
    words = _words(tuple(languages))
    question = reading.question
    folded = [word.token.folded for word in question.words]
    found: dict[str, frozenset[int]] = {}
    for at in range(len(folded)):
        number = _number(folded, at, words)
        if number is None or at in reading.named or not 0 < number <= _OLDEST or _is_share(question, at):
            continue
        after = _is_joined(folded[at], words), _is_followed(folded, at, words)
        has_years = any(after) or (number >= _PLUS_FROM and _has_plus(question, at))
        if has_years:
            is_clear = number > _CHILD_UNTIL or _names_somebody(folded, at, words)
            is_age = is_clear and not _is_duration(folded, at, words)
        else:
            is_age = _is_bare_age(folded, at, number, words)
        if is_age:
            group = next((sign for most, sign in _GROUPS if number <= most), "age_older")
            found.setdefault(group, frozenset((at, at + 1) if after == (False, True) else (at,)))
    return found


def _number(folded: list[str], at: int, words: _Words) -> int | None:
    """The number that a word is, in figures or in letters; *quarante* and *cinq* make one number."""
    word = folded[at]
    joined = _JOINED.fullmatch(word)
    if joined:
        return int(joined[1]) if words.has("year", joined[2]) else None
    if word.isdecimal():
        return int(word) if len(word) < 4 else None
    number = words.numbers.get(word)
    tens = words.numbers.get(folded[at - 1], 0) if at and number else 0
    if number == _SCORE and tens == 4:
        return 4 * _SCORE  # quatre-vingts
    is_sum = number is not None and tens and tens % 10 == 0 and number < max(10, tens % _SCORE)
    return number + tens if number is not None and is_sum else number


def _is_joined(word: str, words: _Words) -> bool:
    joined = _JOINED.fullmatch(word)
    return joined is not None and words.has("year", joined[2])


def _is_followed(folded: list[str], at: int, words: _Words) -> bool:
    return at + 1 < len(folded) and words.has("year", folded[at + 1])


def _has_plus(question: Question, at: int) -> bool:
    """Whether a plus stands against the number: *65+* is a group of people."""
    token = question.words[at].token
    return "+" in question.text[max(token.start - 1, 0) : token.end + 1]


def _is_share(question: Question, at: int) -> bool:
    """Whether the number is one of a hundred: who cares *à 100 %* is no age."""
    return question.text[question.words[at].token.end :].lstrip().startswith("%")


def _is_duration(folded: list[str], at: int, words: _Words) -> bool:
    if at and words.has("duration_before", folded[at - 1]):
        return True
    if any(words.has("lasting", word) for word in folded[max(at - _LOOK_BACK, 0) : at]):
        return True
    return any(words.has("duration_after", word) for word in folded[at + 1 : at + 4])


def _names_somebody(folded: list[str], at: int, words: _Words) -> bool:
    """Whether somebody stands beside the number: so few years are an age only then."""
    is_range = at > 0 and folded[at - 1].isdecimal()  # 8-12 jaar
    if is_range or (at and words.has("i_am", folded[at - 1])):
        return True
    near = folded[max(at - _LOOK_BACK, 0) : at + _LOOK_BACK + 1]
    return any(words.has(kind, word) for word in near for kind in ("person", "age", "parent"))


def _is_bare_age(folded: list[str], at: int, number: int, words: _Words) -> bool:
    """Whether a number without a word for years is an age: *ik ben 17*, *leerling van 13*, *tante is 91*."""
    before = folded[max(at - 2, 0) : at]
    if not before or (at + 1 < len(folded) and words.has("counted", folded[at + 1])):
        return False
    if words.has("i_am", before[-1]):
        return True
    who = before[0] if words.has("link", before[-1]) else before[-1]
    if words.has("parent", who):
        return number >= _FEWEST_PARENT_YEARS
    return words.has("person", who)


@cache
def _words(languages: tuple[str, ...]) -> _Words:
    whole: dict[str, set[str]] = {}
    beginnings: dict[str, tuple[str, ...]] = {}
    for row in rows("age_words.csv"):
        if row["language"] in languages:
            for text in split(row["words"]):
                (word,) = folded_words(text)
                if text.endswith("*"):
                    beginnings[row["kind"]] = (*beginnings.get(row["kind"], ()), word)
                else:
                    whole.setdefault(row["kind"], set()).add(word)
    numbers = {
        folded_words(text)[0]: int(row["number"])
        for row in rows("number_words.csv")
        if row["language"] in languages
        for text in split(row["words"])
    }
    return _Words({kind: frozenset(words) for kind, words in whole.items()}, beginnings, numbers)
