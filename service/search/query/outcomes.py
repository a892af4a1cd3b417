"""What every criterion answers for each candidate, as small codes: the general view is kept per document."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.eight_b.criterion import ALWAYS, NEVER, Answer, Criterion, Faces
from service.eight_b.screen import ORDER
from service.model.clauses import Clause
from service.search.engine.base import Candidates
from service.search.engine.masks import Bits, Masks
from service.search.index.fields import COLUMNS

Codes = NDArray[np.uint8]
Keys = NDArray[np.int64]
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
    """What is kept of one day and generation: a row per document, the first for none.

    A row holds from minute ``since`` to before ``until``. ``known`` are the keys in ascending order with the
    row of each; it is replaced as one, after the rows that it names are filled.
    """

    def __init__(self, today: int, generation: str, room: int = _FIRST_ROOM) -> None:
        self.era = today, generation
        self.room = room
        self.known = (np.zeros(0, np.int64), np.zeros(0, np.int64))
        self.used = 1
        self.codes: Codes = np.zeros((room, len(ORDER)), np.uint8)
        self.suits = np.zeros(room, np.uint64)
        self.since = np.full(room, np.inf)
        self.until = np.full(room, -np.inf)

    def grown(self, room: int) -> _Kept:
        """The same with more room."""
        larger = _Kept(*self.era, room)
        larger.used, larger.known = self.used, self.known
        for name in ("codes", "suits", "since", "until"):
            getattr(larger, name)[: self.room] = getattr(self, name)
        return larger

    def rows(self, keys: Keys, minute: int) -> tuple[Keys, NDArray[np.bool_]]:
        """The row of each document, and whether it holds at this minute."""
        known, row_of = self.known
        if not len(known):
            rows = np.zeros(len(keys), np.int64)
        else:
            at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            rows = np.where(known[at] == keys, row_of[at], 0)
        return rows, (self.since[rows] <= minute) & (self.until[rows] > minute)

    def put(self, keys: Keys, rows: Keys) -> None:
        """Name the rows of these documents, each once."""
        known, row_of = self.known
        ascending = np.argsort(keys)
        keys, rows = keys[ascending], rows[ascending]
        at = np.searchsorted(known, keys)
        again = at < len(known)
        again[again] = known[at[again]] == keys[again]
        row_of = row_of.copy()
        row_of[at[again]] = rows[again]
        new = ~again
        self.known = (np.insert(known, at[new], keys[new]), np.insert(row_of, at[new], rows[new]))


class GeneralOutcomes:
    """The answers where nothing is said about a person, and which situations a document suits.

    Kept by row key of the engine, which names the same facts for ever, for a day or until the first fact that
    ages expires, or the index is built anew: the criteria are many, and most are asked of every listing by
    everybody.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept = _Kept(-1, "")

    def of(
        self, view: View, candidates: Candidates, open_codes: OpenCodes
    ) -> tuple[Codes, NDArray[np.uint64]]:
        """Per candidate a row of codes in the order of `ORDER`, and a bit per clause of the view's."""
        keys, kept = candidates.keys, self._kept
        if kept.era == (view.today, candidates.generation):
            rows, hold = kept.rows(keys, view.minute)
            if hold.all():
                return kept.codes[rows], kept.suits[rows]
        with self._lock:
            rows = self._with_new(view, candidates, keys, open_codes)
            return self._kept.codes[rows], self._kept.suits[rows]

    def _with_new(self, view: View, candidates: Candidates, keys: Keys, open_codes: OpenCodes) -> Keys:
        kept = self._kept
        if kept.era != (view.today, candidates.generation) or kept.used > MOST_KEPT:
            kept = _Kept(view.today, candidates.generation)
        rows, hold = kept.rows(keys, view.minute)
        missing = np.flatnonzero(~hold)
        new = kept.used + np.arange(len(missing))
        kept.used += len(missing)
        if kept.used > kept.room:
            kept = kept.grown(2 * kept.used)
        some = candidates if len(missing) == len(keys) else candidates.some(missing)
        self._evaluate(view, some, open_codes, kept, new)
        kept.put(keys[missing], new)
        self._kept = kept
        rows[missing] = new
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
