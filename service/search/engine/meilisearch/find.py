"""Finding on the server what answers a question: all of a small selection, the best of a large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.search.engine.base import EngineQuery
from service.search.engine.meilisearch.known import Knowledge, can_be_kept
from service.search.engine.meilisearch.large import Large
from service.search.engine.meilisearch.parts import parts
from service.search.engine.meilisearch.selection import (
    Selection,
    circled,
    group_of,
    most_selected,
    selections,
)
from service.search.engine.meilisearch.slips import ROOM, Slips
from service.search.engine.meilisearch.wire import Wire

LISTED = 8_000
"""Of a selection up to this every listing is told, scored and counted here, where the records of the whole
index have room in a process."""

_LISTED_OF_MORE = 2_000
"""The same where most records must be asked for: 40 microseconds each."""

_LISTED_IN_CIRCLES = 3_000
"""The same where to count takes the server as long as to tell some thousands."""


@dataclass(frozen=True, slots=True)
class Selected:
    """The row keys and ids of what was found; ``total`` is how many are selected.

    ``counts`` is per column and code how many are selected, None where all of them were found. ``holding``
    has for each word of the question how many of all ``documents`` hold it.
    """

    documents: int
    holding: Sequence[int]
    total: int = 0
    ids: Mapping[int, str] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, int]] | None = None


class Finder:
    """Finds in the index called ``index`` by what is known of it; all of a selection of up to ``listed``."""

    def __init__(self, wire: Wire, index: str, known: Knowledge, slips: Slips, listed: int) -> None:
        self._wire, self._index, self._known, self._slips = wire, index, known, slips
        self._listed = listed
        self._large = Large(wire, index, known, slips)

    def find(self, query: EngineQuery) -> Selected:
        """What the first selection that is not empty holds. Raises as `Wire.ask`."""
        known = self._known.newest()
        documents = known.state.documents
        words, needs = map(group_of, query.words), (("needs", (code,)) for code in query.needs)
        held = self._known.holding(known, [*words, *needs])
        holding = held[: len(query.words)]
        listed = self._most_listed(query, documents)
        most = most_selected(query, holding, sum(held[len(query.words) :]), documents)
        for selection, expected in zip(selections(query, holding, documents), most, strict=True):
            ids = self._whole(query, selection, listed, expected) if expected <= listed else None
            if ids is None:
                are_kept = can_be_kept(query, selection.exact)
                (total,) = self._known.totals(known, [selection.filter], are_kept)
                if total > listed:
                    some = parts(query, selection, holding, documents)
                    best, counts = self._large.best(known, query, selection, total, some)
                    if counts[0]:
                        return Selected(documents, holding, counts[0], best, counts[1])
                ids = self._whole(query, selection, listed, total) if 0 < total <= listed else {}
            if ids:
                return Selected(documents, holding, len(ids), ids)
        return Selected(documents, holding)

    def _most_listed(self, query: EngineQuery, documents: int) -> int:
        if documents <= ROOM:
            return self._listed
        return min(self._listed, _LISTED_IN_CIRCLES if circled(query.where) else _LISTED_OF_MORE)

    def _whole(
        self, query: EngineQuery, selection: Selection, listed: int, expected: int
    ) -> Mapping[int, str] | None:
        """All that is selected, which are ``expected`` at most; None where that is more than can be listed,
        as it may be of an index that was switched in meanwhile.
        """
        ids = self._slips.listed(selection.filter, listed, expected)
        return None if len(ids) > listed else self._slips.inside(query.where, ids)
