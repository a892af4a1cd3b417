"""A question as the stages read it: its words with what they can stand for, and what is understood so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from service.search.understand.crisis.reading import CrisisReading
from service.search.understand.understood import Evidence, NeedReading, PlaceReading
from service.search.words.terms import QueryTerm

FUNCTION_WORDS = 0.2  # of its words at most in a list of key words; a sentence has two in five


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the text, its words in order, the language of the page, and when it was asked."""

    text: str
    words: tuple[QueryTerm, ...]
    ui_language: str
    now: datetime

    @property
    def is_key_words(self) -> bool:
        """Whether these are key words rather than a sentence: hardly a function word among them."""
        return sum(word.is_stop for word in self.words) <= len(self.words) * FUNCTION_WORDS

    def between(self, start: int, end: int) -> frozenset[int]:
        """The numbers of the words that overlap a stretch of the text."""
        return frozenset(
            i for i, word in enumerate(self.words) if word.token.start < end and start < word.token.end
        )

    def quote(self, words: Iterable[int]) -> str:
        """These words as typed, in order; neighbours with all that stands between them."""
        parts: list[str] = []
        last = -2
        for i in sorted(words):
            token = self.words[i].token
            if i == last + 1 and parts:
                before = self.words[last].token
                parts[-1] += self.text[before.end : token.end]
            else:
                parts.append(token.text)
            last = i
        return " … ".join(parts)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the stages have made of a question so far; each stage gives a further one.

    ``likely`` are the languages that the words speak for, ``used`` the numbers of the words that were
    understood, ``named`` those of them that name a place or a language and can mean nothing else, ``who``
    those that only say who somebody is, ``asked`` those that led to a need.
    """

    question: Question
    language: str = ""
    likely: tuple[str, ...] = ()
    needs: tuple[NeedReading, ...] = ()
    suggestions: tuple[NeedReading, ...] = ()
    place: PlaceReading | None = None
    alternatives: tuple[PlaceReading, ...] = ()
    speaks: tuple[str, ...] = ()
    situation: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    household: tuple[str, ...] = ()
    tariff: tuple[str, ...] = ()
    diet: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    open_at: datetime | None = None
    used: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    who: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()
    because: dict[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    crisis: tuple[CrisisReading, ...] = ()

    def with_codes(self, field_name: str, found: dict[str, frozenset[int]], stage: str, rule: str) -> Reading:
        """Codes found for one of `OF_THE_PERSON`, each with the words that say so."""
        if not found:
            return self
        question = self.question
        because = {code: question.quote(words) for code, words in found.items()}
        seen = tuple(Evidence(stage, text, code, rule, 1.0) for code, text in because.items())
        codes = tuple(dict.fromkeys((*getattr(self, field_name), *found)))
        given: dict[str, object] = {field_name: codes}
        return replace(
            self,
            used=self.used.union(*found.values()),
            because=because | self.because,
            evidence=self.evidence + seen,
            **given,  # type: ignore[arg-type]
        )
