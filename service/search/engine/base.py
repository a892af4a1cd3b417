"""What every search engine does: a narrow question in, candidates with a text score, total and counts out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

import numpy as np
import orjson
from numpy.typing import NDArray

from service.model.clauses import Clause

MAX_CANDIDATES = 400
"""Our ranking looks at this many; beyond it an engine gives an exact total and counts, no candidates."""

SELECTING_SHARE = 0.05
"""A word in more than this share of the documents ranks but never selects (design.md)."""

SELECTING_FLOOR = 20
"""A word in at most this many documents selects whatever its share: one page shows them all."""

Body = Mapping[str, Any]
"""What a page of results shows of a listing: the stored JSON document. Its key ``facts`` holds the fact
columns by name (lists of codes, codes, numbers, [lat, lon]) as `Facts.from_columns` reads them."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One indexed term that may stand for a word, with how much it counts (0 to 1)."""

    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the question and every term that may stand for it (itself, lemma, part, typo, prefix)."""

    text: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class EngineQuery:
    """What is asked.

    ``where`` excludes: every clause must pass. Among what remains a document is selected when it has one of
    ``needs`` (code to confidence, 0 to 1) or holds every selecting word of ``words``; without needs and
    where no document holds every word, when it holds any. With neither needs nor words all remain.
    ``point`` (lat, lon) is the centre that distances are from; it never excludes. ``facets`` names the
    columns to count over all that is selected.
    """

    needs: Mapping[str, float] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    where: tuple[Clause, ...] = ()
    point: tuple[float, float] | None = None
    facets: tuple[str, ...] = ()
    limit: int = MAX_CANDIDATES


@dataclass(frozen=True, slots=True)
class Candidates:
    """Parallel arrays, one entry per candidate, best first by the engine's own light.

    ``keys`` are the engine's own row keys (for `bodies`); ``text`` is the match of words (0 to 1), ``need``
    the confidence of the best need matched (0 to 1), ``distance_m`` the straight line to the centre (NaN:
    no centre or no point). ``facts`` has the fact columns by name: sets as unsigned integers of shape
    (n, words) with bit i of the column's vocabulary, codes as integers with 0 unknown and i + 1 for entry i
    of the vocabulary, open codes as integers into `Engine.open_codes`, numbers as floats (NaN: unknown) and
    points as floats of shape (n, 2): latitude, longitude. ``generation`` is what the keys are counted in,
    where there is such: those of an earlier one come no more.
    """

    keys: NDArray[np.int64]
    text: NDArray[np.float64]
    need: NDArray[np.float64]
    distance_m: NDArray[np.float64]
    facts: Mapping[str, NDArray[Any]]
    generation: str = ""

    def __len__(self) -> int:
        return len(self.keys)

    def some(self, rows: NDArray[np.intp]) -> Candidates:
        """Those of these places, in that order."""
        text, need, far = self.text[rows], self.need[rows], self.distance_m[rows]
        facts = {name: held[rows] for name, held in self.facts.items()}
        return Candidates(self.keys[rows], text, need, far, facts, self.generation)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered; ``facets`` counts the selected documents per column and code."""

    candidates: Candidates
    total: int
    total_is_exact: bool
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How it stands; ``generation`` changes at each rebuild, ``position`` is the last outbox number taken.

    ``past`` rows are of documents that were replaced or taken out; they take room until the next build.
    """

    documents: int
    generation: str
    position: int
    built_at: str
    past: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One listing as the index holds it, made by `service.search.index.document`.

    ``texts`` has the terms of each text column (folded words, lemmas, compound parts, separated by spaces),
    ``facts`` the values of each fact column (a tuple of codes, a code, a number, (lat, lon), or None).
    """

    id: UUID
    texts: Mapping[str, str]
    facts: Mapping[str, Any]
    body: Body

    def digest(self) -> str:
        """Tells whether two documents are the same; `nabij index compare` looks at nothing else."""
        held = [self.texts, self.facts, self.body]
        return hashlib.sha256(orjson.dumps(held, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


class Engine(Protocol):
    """Reads an index; raises IndexNotReady where there is none or it has another table of fields."""

    def search(self, query: EngineQuery) -> Answer:
        """Candidates, total and counts for a question."""

    def expecting(self, words: Callable[[], Sequence[Word]], /) -> AbstractContextManager[None]:
        """Looks up what a search for some of these words will need, where that is to be waited for, while
        the block does something else than search.
        """

    def ahead(self, most: int) -> Candidates:
        """Reads into memory what is kept of the index; of that up to so many documents, to be judged before
        anybody asks.
        """

    def bodies(self, keys: Sequence[int]) -> list[Body | None]:
        """The stored documents for the row keys of candidates, in that order.

        None for one that was removed since the search; of one that was changed, what it has become.
        """

    def body(self, listing_id: UUID) -> Body | None:
        """The stored document of one listing, None when it is not in the index."""

    def open_codes(self, column: str) -> Sequence[str]:
        """The interned texts of an open_code column; entry 0 is the empty text of unknown."""

    def terms(self) -> Mapping[str, int]:
        """Every indexed term with the number of documents that hold it."""

    def digests(self) -> Iterator[tuple[UUID, str]]:
        """Every document's id with its `Document.digest`, in no order."""

    def status(self) -> IndexStatus:
        """How the index stands."""


class Writer(Protocol):
    """Fills an index: a build goes beside the index in use and replaces it only when whole.

    ``by_place`` says that of many documents those of one place are to come after one another, not all in the
    order of ids.
    """

    by_place: bool

    def build(self, documents: Iterable[Document], position: int) -> int:
        """Make a new index from all documents and switch to it; gives how many. A kill leaves the old one."""

    def update(
        self, changed: Sequence[Document], removed: Sequence[UUID], position: int, after: int = 0
    ) -> bool:
        """Bring documents in and out of the index in use, in one transaction with the outbox position.

        Gives whether that was done: nothing happens where the index is already beyond ``position``, since
        what it holds is newer; nor where it is not yet at ``after``, from which the changes were read: it was
        built meanwhile of an earlier state, and would never hear of what lies between.
        """
