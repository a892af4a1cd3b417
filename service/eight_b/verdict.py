"""The verdict of one B from the outcomes of its criteria, and the same verdict as a clause over the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from service.eight_b.criterion import IN_DISPUTE, Answer, Criterion, Faces, Outcome, all_of, none_of, one_of
from service.model.clauses import Clause

Word = Literal["fits", "attention", "barrier", "unknown"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the outcome of one criterion that applies; ``sentence`` is an English message to translate."""

    criterion: str
    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a listing stands on one B: ``known`` of its ``of`` applying criteria have an answer."""

    verdict: Word
    known: int
    of: int
    reasons: tuple[Reason, ...]


Judged = tuple[Criterion, bool, Answer]
"""A criterion that applies, whether this situation asks for it, and its answer."""


@lru_cache(maxsize=20_000)
def verdict_of(outcomes: tuple[Judged, ...]) -> Verdict:
    """Rule 6 of the eight B's over the criteria that apply.

    A known barrier is a barrier; else what this situation asks for and nobody knows makes it unknown; else
    the worst known counts; nothing known is unknown. Outcomes are never averaged or summed.
    There are a few hundred patterns of outcomes, so that each verdict is made once and told by its identity.
    """
    found = {outcome for _, _, outcome in outcomes}
    if "barrier" in found:
        word: Word = "barrier"
    elif any(asked and outcome == "unknown" for _, asked, outcome in outcomes):
        word = "unknown"
    elif "attention" in found or "disputed" in found:
        word = "attention"
    else:
        word = "fits" if "pass" in found else "unknown"
    known = sum(outcome != "unknown" for _, _, outcome in outcomes)
    reasons = tuple(_reason(*judged) for judged in outcomes)
    return Verdict(word, known, len(outcomes), reasons)


def _reason(criterion: Criterion, asked: bool, answer: Answer) -> Reason:
    if answer == "disputed":
        return Reason(criterion.name, "attention", IN_DISPUTE)
    sentence = criterion.sentences[answer]
    return Reason(criterion.name, answer, sentence if asked else criterion.general.get(answer, sentence))


def fits_clause(faces: Sequence[Faces]) -> Clause:
    """The clause of ``fits``: no barrier, no attention, nothing in dispute, all that is asked is known, and
    one passes.

    Shorter than to put together the outcomes of `clause_for`, since an engine looks at every part.
    """
    trouble = one_of(*(all_of(each.applies, _trouble(each)) for each in faces))
    passing = one_of(*(all_of(each.applies, each.passes) for each in faces))
    return all_of(none_of(trouble), passing)


def _trouble(faces: Faces) -> Clause:
    """Where an answer of a criterion that applies is none that fits; a pass in dispute is attention."""
    if faces.asked:
        return one_of(none_of(faces.passes), faces.barrier, faces.attention, faces.doubt)
    return one_of(faces.barrier, faces.attention, all_of(faces.doubt, faces.passes))
