"""Reading whether a question speaks of a danger, in ten languages, without asking which one it is."""

from __future__ import annotations

from collections.abc import Sequence

from service.search.understand.crisis.forms import undisguised
from service.search.understand.crisis.hits import find_hits
from service.search.understand.crisis.lexicon import lexicon
from service.search.understand.crisis.patterns import Match, matches, patterns
from service.search.understand.crisis.reading import TOPICS, CrisisReading, Topic
from service.search.words.fold import Token, tokens

_SENTENCE_END = frozenset(".!?;\n؟؛…")


def read_crisis(question: str) -> tuple[CrisisReading, ...]:
    """The dangers that ``question`` speaks of, the most certain first; empty where it speaks of none.

    Nothing of the question is kept. ``talk`` is left out beside a danger.
    """
    words = tokens(undisguised(question))
    best: dict[Topic, Match] = {}
    for match in matches(find_hits([word.folded for word in words]), _sentences(question, words)):
        best.setdefault(match.pattern.topic, match)
    if len(best) > 1:
        best.pop("talk", None)
    readings = [
        CrisisReading(topic, match.pattern.certainty, _quote(question, words, match))
        for topic, match in best.items()
    ]
    return tuple(sorted(readings, key=lambda each: (-each.certainty, TOPICS.index(each.topic))))


def load_lists() -> None:
    """Read the lists now, so that no question waits for them."""
    lexicon()
    patterns()


def _sentences(question: str, words: Sequence[Token]) -> list[int]:
    """For each word the number of its sentence."""
    numbers, number = [], 0
    for before, word in zip((None, *words), words, strict=False):
        if before is not None and not _SENTENCE_END.isdisjoint(question[before.end : word.start]):
            number += 1
        numbers.append(number)
    return numbers


def _quote(question: str, words: Sequence[Token], match: Match) -> str:
    parts = sorted((words[hit.start].start, words[hit.end - 1].end) for hit in match.hits)
    return " … ".join(question[start:end] for start, end in parts)
