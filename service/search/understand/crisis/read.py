"""Reading whether a question speaks of a danger, in ten languages, without asking which one it is."""

from __future__ import annotations

from collections.abc import Sequence

from service.search.understand.crisis.forms import undisguised
from service.search.understand.crisis.hits import find_hits
from service.search.understand.crisis.lexicon import lexicon
from service.search.understand.crisis.model import model
from service.search.understand.crisis.patterns import Match, matches, patterns
from service.search.understand.crisis.reading import TOPICS, CrisisReading, Topic
from service.search.words.fold import Token, tokens

_SENTENCE_END = frozenset(".!?;\n؟؛…")

_QUIET = frozenset(("study", "denial", "long_ago", "grief"))
"""Groups that keep the model silent: a course, a danger denied, years ago, a death grieved."""


def read_crisis(question: str) -> tuple[CrisisReading, ...]:
    """The dangers that ``question`` speaks of, the most certain first; empty where it speaks of none.

    Patterns speak first; where they read no danger, the model of danger is asked. Nothing of the question is
    kept. ``talk`` is left out beside a danger.
    """
    words = tokens(undisguised(question))
    folded = [word.folded for word in words]
    hits = find_hits(folded)
    best: dict[Topic, Match] = {}
    for match in matches(hits, _sentences(question, words)):
        best.setdefault(match.pattern.topic, match)
    readings = [
        CrisisReading(topic, match.pattern.certainty, _quote(question, words, match), "pattern")
        for topic, match in best.items()
    ]
    groups = {hit.group for hit in hits}
    if not best.keys() - {"talk"} and _QUIET.isdisjoint(groups):
        learnt = model().read(folded, groups)
        if learnt is not None:
            said = _joined(question, [(words[at].start, words[at].end) for at in learnt.because])
            readings.append(CrisisReading(learnt.topic, round(learnt.probability, 2), said, "model"))
    if len(readings) > 1:
        readings = [each for each in readings if each.topic != "talk"]
    return tuple(sorted(readings, key=lambda each: (-each.certainty, TOPICS.index(each.topic))))


def load_lists() -> None:
    """Read the lists now, so that no question waits for them."""
    lexicon()
    patterns()
    model()


def _sentences(question: str, words: Sequence[Token]) -> list[int]:
    """For each word the number of its sentence."""
    numbers, number = [], 0
    for before, word in zip((None, *words), words, strict=False):
        if before is not None and not _SENTENCE_END.isdisjoint(question[before.end : word.start]):
            number += 1
        numbers.append(number)
    return numbers


def _quote(question: str, words: Sequence[Token], match: Match) -> str:
    return _joined(question, [(words[hit.start].start, words[hit.end - 1].end) for hit in match.hits])


def _joined(question: str, parts: Sequence[tuple[int, int]]) -> str:
    return " … ".join(question[start:end] for start, end in sorted(parts))
