"""The screen of the 8 B's over all candidates at once: verdicts for a page, fit for the ranking, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from service.eight_b.criterion import Answer, Criterion
from service.eight_b.screen import CRITERIA, ORDER, Screen, prepare
from service.eight_b.situation import Situation
from service.eight_b.verdict import Judged, Verdict, Word, fits_clause, verdict_of
from service.model import terms
from service.model.clauses import Clause
from service.search.engine.base import Candidates
from service.search.engine.masks import Flags, Masks
from service.search.query.outcomes import ANSWERS, PLACE, Codes, GeneralOutcomes, OpenCodes, View, codes_of

# What an answer is worth for the fit: not knowing stands between a pass and a barrier, below attention.
WORTH: Mapping[Answer, float] = {
    "unknown": 0.4, "pass": 1.0, "attention": 0.5, "disputed": 0.5, "barrier": 0.0,
}  # fmt: skip
_OWN_PARTS = frozenset({"travel", "need"})  # distance and need have parts of the ranking for themselves
_STARTS = np.cumsum([0, *(len(each) for each in CRITERIA.values())])[:-1]
_ENDS = pairwise([*_STARTS.tolist(), len(ORDER)])
_SLICES = tuple((b, slice(start, end)) for b, (start, end) in zip(CRITERIA, _ENDS, strict=True))
_WORTH = np.array([0.0, *(WORTH[answer] for answer in ANSWERS if answer)])
_NOT_KNOWN = ANSWERS.index("unknown")

# The weightiest of a B's answers gives its verdict (rule 6): not known where asked stands above attention.
_WORDS: tuple[Word, ...] = ("unknown", "fits", "attention", "unknown", "barrier")
_WEIGHT = np.array([0, 0, 1, 2, 2, 4], np.uint8)  # by code
_ASKED_AND_UNKNOWN = 3
_BARRIER = 4


@dataclass(frozen=True, slots=True)
class Screened:
    """The answers of every criterion for all candidates, a row of ``codes`` per criterion (`ORDER`).

    ``asked`` says of which criteria not knowing matters for this person, ``personal`` which ones they bring
    in or change, ``weights`` is the weight of each B's verdict, ``suits`` a bit per situation suited.
    """

    codes: Codes
    asked: NDArray[np.bool_]
    personal: tuple[Criterion, ...]
    weights: Codes
    suits: NDArray[np.uint64]

    def verdicts(self, rows: NDArray[np.intp]) -> list[dict[str, Verdict]]:
        """The eight verdicts of these candidates; equal to `Screen.verdicts` on their facts."""
        asked = self.asked.tobytes()
        page = np.ascontiguousarray(self.codes[:, rows].T)
        return [
            {b: _verdict(b, codes[part], asked[part]) for b, part in _SLICES} for codes in map(bytes, page)
        ]

    def asked_names(self) -> frozenset[str]:
        """The names of the criteria that this person asks for; how far it is, everybody asks."""
        return frozenset(ORDER[place].name for place in np.flatnonzero(self.asked).tolist()) - _OWN_PARTS

    def fit(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Per candidate the sum of the worths of the personal criteria, and how many of them count.

        Not knowing counts only for what this situation asks for.
        """
        total, count = np.zeros(self.codes.shape[1]), np.zeros(self.codes.shape[1])
        for criterion in self.personal:
            if criterion.name not in _OWN_PARTS:
                codes = self.codes[PLACE[criterion]]
                counts = codes > (0 if self.asked[PLACE[criterion]] else _NOT_KNOWN)
                total += np.where(counts, _WORTH[codes], 0.0)
                count += counts
        return total, count

    def barred(self) -> Flags:
        """Whether something is in the way, whatever it is; distance is no barrier of the offer itself."""
        found: Flags = (self.weights == _BARRIER).any(axis=0)
        return found

    def counts(self) -> dict[str, dict[Word, int]]:
        """Per B how many candidates have each verdict."""
        found = {}
        for (b, _part), weights in zip(_SLICES, self.weights, strict=True):
            by_word: dict[Word, int] = dict.fromkeys(("fits", "attention", "barrier", "unknown"), 0)
            numbers = np.bincount(weights, minlength=len(_WORDS)).tolist()
            for word, number in zip(_WORDS, numbers, strict=True):
                by_word[word] += number
            found[b] = by_word
        return found

    def situation_counts(self) -> dict[str, int]:
        """Per code of the list of situations how many candidates are known to suit it, none left out."""
        bits = np.unpackbits(self.suits[:, None].view(np.uint8), axis=1, bitorder="little").sum(axis=0)
        return {tick: number for tick, number in zip(_suited(), bits.tolist(), strict=False) if number}


def screened(
    screen: Screen, situation: Situation, candidates: Candidates, open_codes: OpenCodes, masks: Masks,
    general: GeneralOutcomes,
) -> Screened:  # fmt: skip
    """Hold the criteria against all candidates; what nothing was said about is looked up."""
    view = _view(situation.today, situation.minute)
    usual, suits = general.of(view, candidates, open_codes)
    codes = np.ascontiguousarray(usual.T)
    asked = np.zeros(len(ORDER), np.bool_)
    for criterion, faces in screen.changed.items():
        codes[PLACE[criterion]] = codes_of(faces, masks)
        asked[PLACE[criterion]] = faces is not None and faces.asked
    weights = _WEIGHT.take(codes)
    for place in np.flatnonzero(asked).tolist():
        weights[place][codes[place] == _NOT_KNOWN] = _ASKED_AND_UNKNOWN
    personal = tuple(criterion for criterion, faces in screen.changed.items() if faces)
    # eight small maxima take a tenth of the time of one `maximum.reduceat` along this axis
    heaviest = np.array([weights[part].max(axis=0) for _b, part in _SLICES])
    return Screened(codes, asked, personal, heaviest, suits)


def judge_ahead(
    situation: Situation, candidates: Candidates, open_codes: OpenCodes, general: GeneralOutcomes
) -> None:
    """Answer for all candidates what nothing need be said about, so that `screened` only looks it up."""
    general.of(_view(situation.today, situation.minute), candidates, open_codes)


@lru_cache(maxsize=20_000)
def _verdict(b: str, codes: bytes, asked: bytes) -> Verdict:
    """The verdict on one B by the codes of its criteria; there are few patterns."""
    judged: list[Judged] = []
    for criterion, code, is_asked in zip(CRITERIA[b], codes, asked, strict=True):
        answer = ANSWERS[code]
        if answer is not None:
            judged.append((criterion, bool(is_asked), answer))
    return verdict_of(tuple(judged))


def suiting_clauses(usual: Situation) -> dict[str, Clause]:
    """Per situation that a criterion reads the clause of suiting it; ``usual`` gives day and minute.

    A listing suits a situation when the criteria that it brings in or changes, taken together, fit.
    """
    found: dict[str, Clause] = {}
    for tick in terms.values("situation"):
        changed = prepare(replace(usual, ticks=frozenset((tick,)))).changed
        faces = [faces for c, faces in changed.items() if faces and c.name not in _OWN_PARTS]
        if faces:
            found[tick] = fits_clause(faces)
    return found


@lru_cache(maxsize=4)
def _view(today: int, minute: int) -> View:
    usual = Situation(today, minute)
    return View(today, minute, prepare(usual).general, tuple(suiting_clauses(usual).values()))


@lru_cache(maxsize=1)
def _suited() -> tuple[str, ...]:
    """The situations that a criterion reads, at most 64."""
    return tuple(suiting_clauses(Situation(0)))
