"""What every criterion answers for each candidate, as small codes: the general view is kept per document."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from service.eight_b.criterion import ALWAYS, NEVER, Answer, Criterion, Faces
from service.eight_b.screen import ORDER
from service.model.clauses import Clause
from service.search.engine.base import Candidates
from service.search.index.fields import COLUMNS
from service.search.query.masks import Bits, Masks

Codes = NDArray[np.uint8]
ANSWERS: tuple[Answer | None, ...] = (None, "unknown", "pass", "attention", "disputed", "barrier")
"""The answer of each code; 0 is a criterion that does not apply."""

PLACE: Mapping[Criterion, int] = {criterion: place for place, criterion in enumerate(ORDER)}
MOST_KEPT = 200_000  # documents, some 30 MB; then from the start
_FIRST_ROOM = 1_024
OpenCodes = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class View:
    """The general view of a day and minute: the faces of each criterion, and a clause per situation."""

    today: int
    minute: int
    faces: Mapping[Criterion, Faces | None]
    suiting: tuple[Clause, ...]


def codes_of(faces: Faces | None, masks: Masks) -> Codes:
    """The code of one criterion's answer for each candidate."""
    codes = np.zeros(masks.size, np.uint8)
    if faces is not None:
        for code, held in enumerate(_answers(faces, masks), 1):
            if held:
                codes[masks.flags(held)] = code
    return codes


def _answers(faces: Faces, masks: Masks) -> tuple[Bits, Bits, Bits, Bits, Bits]:
    """The candidates that give each of ANSWERS from the second on."""
    applies = masks.everyone if faces.applies is ALWAYS else masks.bits(faces.applies)
    passes = masks.bits(faces.passes)
    barrier = 0 if faces.barrier is NEVER else masks.bits(faces.barrier) & applies
    attention = 0 if faces.attention is NEVER else masks.bits(faces.attention) & applies & ~barrier
    passes &= applies & ~(barrier | attention)
    unknown = applies ^ (barrier | attention | passes)
    doubt = masks.bits(faces.doubt) & applies & ~unknown
    if doubt:
        barrier, passes, attention = barrier & ~doubt, passes & ~doubt, attention & ~doubt
    return unknown, passes, attention, doubt, barrier


class _Kept:
    """What is kept of one day: a row per document, the first for none.

    A row holds from minute ``since`` to before ``until``; ``row_of`` names it only after it is filled.
    """

    def __init__(self, today: int, room: int = _FIRST_ROOM, row_of: dict[int, int] | None = None) -> None:
        self.today = today
        self.room = room
        self.row_of: dict[int, int] = {} if row_of is None else row_of
        self.used = 1
        self.codes: Codes = np.zeros((room, len(ORDER)), np.uint8)
        self.suits = np.zeros(room, np.uint64)
        self.since = np.full(room, np.inf)
        self.until = np.full(room, -np.inf)

    def grown(self, room: int) -> _Kept:
        """The same with more room."""
        larger = _Kept(self.today, room, self.row_of)
        larger.used = self.used
        for name in ("codes", "suits", "since", "until"):
            getattr(larger, name)[: self.room] = getattr(self, name)
        return larger

    def rows(self, keys: list[int], minute: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The row of each document, and whether it holds at this minute."""
        find = self.row_of.get
        rows = np.array([find(key, 0) for key in keys], np.int64)
        rows[rows >= self.room] = 0  # put by another thread where it has grown since
        return rows, (self.since[rows] <= minute) & (self.until[rows] > minute)


class GeneralOutcomes:
    """The answers where nothing is said about a person, and which situations a document suits.

    Kept by row key of the engine, which names the same facts for ever, for a day or until the first fact that
    ages expires: the criteria are many, and most of them are asked of every listing by everybody.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept = _Kept(-1)

    def of(
        self, view: View, candidates: Candidates, open_codes: OpenCodes
    ) -> tuple[Codes, NDArray[np.uint64]]:
        """Per candidate a row of codes in the order of `ORDER`, and a bit per clause of the view's."""
        keys, kept = candidates.keys.tolist(), self._kept
        if kept.today == view.today:
            rows, hold = kept.rows(keys, view.minute)
            if hold.all():
                return kept.codes[rows], kept.suits[rows]
        with self._lock:
            rows = self._with_new(view, candidates, keys, open_codes)
            return self._kept.codes[rows], self._kept.suits[rows]

    def _with_new(
        self, view: View, candidates: Candidates, keys: list[int], open_codes: OpenCodes
    ) -> NDArray[np.int64]:
        kept = self._kept
        if kept.today != view.today or kept.used > MOST_KEPT:
            kept = _Kept(view.today)
        rows, hold = kept.rows(keys, view.minute)
        missing = np.flatnonzero(~hold)
        new = kept.used + np.arange(len(missing))
        kept.used += len(missing)
        if kept.used > kept.room:
            kept = kept.grown(2 * kept.used)
        self._evaluate(view, _some(candidates, missing), open_codes, kept, new)
        self._kept = kept
        rows[missing] = new
        kept.row_of.update(zip([keys[row] for row in missing.tolist()], new.tolist(), strict=True))
        return rows

    @staticmethod
    def _evaluate(
        view: View, candidates: Candidates, open_codes: OpenCodes, kept: _Kept, rows: NDArray[np.int64]
    ) -> None:
        masks = Masks(candidates, open_codes)
        for criterion, place in PLACE.items():
            kept.codes[rows, place] = codes_of(view.faces[criterion], masks)
        suits = np.zeros(len(candidates), np.uint64)
        for number, clause in enumerate(view.suiting):
            suits[masks.passing(clause)] |= np.uint64(1 << number)
        kept.suits[rows] = suits
        ends = [candidates.facts[n] for n in COLUMNS if n.endswith("_until") and n != "recognised_until"]
        expiring = np.column_stack(ends).astype(np.float64)
        gone = expiring <= view.minute
        kept.since[rows] = np.where(gone, expiring, -np.inf).max(axis=1)
        kept.until[rows] = np.where(gone | np.isnan(expiring), np.inf, expiring).min(axis=1)


def _some(candidates: Candidates, rows: NDArray[np.intp]) -> Candidates:
    """Some of the candidates, with their facts."""
    return replace(
        candidates,
        keys=candidates.keys[rows],
        distance_m=candidates.distance_m[rows],
        facts={name: held[rows] for name, held in candidates.facts.items()},
    )
