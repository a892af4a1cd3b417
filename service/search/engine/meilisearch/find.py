"""Finding on the server what answers a question: all of a small selection, the best of a large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.search.engine.base import EngineQuery
from service.search.engine.meilisearch.known import (
    Counts,
    Knowledge,
    Known,
    can_be_kept,
    keep_counts,
    kept_counts,
)
from service.search.engine.meilisearch.marks import marked
from service.search.engine.meilisearch.near import Nearby
from service.search.engine.meilisearch.selection import (
    Selection,
    counting,
    first_hits,
    group_of,
    more_hits,
    most_selected,
    placeless_hits,
    selections,
)
from service.search.engine.meilisearch.slips import ROOM, Slips
from service.search.engine.meilisearch.wire import Wire
from service.search.engine.scoring import information

LISTED = 8_000
"""Of a selection up to this every listing is told, scored and counted here, where the records of the whole
index have room in a process."""

_LISTED_OF_MORE = 2_000
"""The same where most records must be asked for: 40 microseconds each."""


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
        self._nearby = Nearby(wire, index, slips)
        self._listed = listed

    def find(self, query: EngineQuery) -> Selected:
        """What the first selection that is not empty holds. Raises as `Wire.ask`."""
        known = self._known.newest()
        documents = known.state.documents
        words, needs = map(group_of, query.words), (("needs", (code,)) for code in query.needs)
        held = self._known.holding(known, [*words, *needs])
        holding = held[: len(query.words)]
        listed = self._listed if documents <= ROOM else min(self._listed, _LISTED_OF_MORE)
        most = most_selected(query, holding, sum(held[len(query.words) :]), documents)
        for selection in selections(query, holding, documents):
            ids = marked(self._wire, self._index, selection.filter) if most <= listed else None
            if ids is None or len(ids) > listed:  # of an index that was switched in meanwhile
                total, counts = self._counted(known, query, selection.filter, listed)
                if total > listed:
                    informing = [information(documents, each) for each in holding]
                    ids = self._best(query, selection, informing)
                    return Selected(documents, holding, total, ids, counts)
                ids = marked(self._wire, self._index, selection.filter) if total else {}
            if ids:
                return Selected(documents, holding, len(ids), ids)
            most = documents
        return Selected(documents, holding)

    def _counted(self, known: Known, query: EngineQuery, selection: str, listed: int) -> Counts:
        """How many are selected and, where they are more than are ``listed``, of which codes."""
        name = f"{selection} {query.facets}"
        counts = kept_counts(known, name)
        if counts is None:
            (found,) = self._wire.ask(self._index, [counting(selection, ())])
            counts = found["estimatedTotalHits"], {}
            if counts[0] > listed:
                (found,) = self._wire.ask(self._index, [counting(selection, query.facets)])
                by_column = found.get("facetDistribution", {})
                counts = counts[0], {each: by_column.get(each, {}) for each in query.facets}
            if can_be_kept(query, selection):
                keep_counts(known, name, counts)
        return counts

    def _best(self, query: EngineQuery, selection: Selection, informing: Sequence[float]) -> dict[int, str]:
        """Those of a large selection that may be the best; ``informing`` is how much each word says."""
        if query.point is not None and not query.words:
            near = self._nearby.find(query, query.point, selection.filter)
            if near:
                return near
        fields = self._slips.fields
        found = self._wire.ask(self._index, first_hits(query, selection.filter, fields))
        more = placeless_hits(query, selection.filter, [len(each["hits"]) for each in found], fields)
        if more := [*more, *more_hits(query, selection, informing)]:
            found += self._wire.ask(self._index, more)
        self._slips.take([hit for each in found for hit in each["hits"]])
        # A listing that changed between two questions has another key: the last holds.
        latest = {hit["id"]: hit["key"] for each in found for hit in each["hits"]}
        return {key: listing_id for listing_id, key in latest.items()}
