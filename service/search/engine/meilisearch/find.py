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
    keep_placeless,
    kept_counts,
    kept_placeless,
)
from service.search.engine.meilisearch.near import Nearby
from service.search.engine.meilisearch.selection import (
    Selection,
    circles,
    counting,
    few_placeless,
    first_hits,
    group_of,
    has_circle,
    more_hits,
    most_selected,
    parts,
    placeless_hits,
    selections,
)
from service.search.engine.meilisearch.slips import ROOM, Slips
from service.search.engine.meilisearch.wire import Found, Wire
from service.search.engine.scoring import information

LISTED = 8_000
"""Of a selection up to this every listing is told, scored and counted here, where the records of the whole
index have room in a process."""

_LISTED_OF_MORE = 2_000
"""The same where most records must be asked for: 40 microseconds each."""

_SQUARE = "square"


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

    def find(self, query: EngineQuery) -> Selected:
        """What the first selection that is not empty holds. Raises as `Wire.ask`."""
        known = self._known.newest()
        documents = known.state.documents
        words, needs = map(group_of, query.words), (("needs", (code,)) for code in query.needs)
        held = self._known.holding(known, [*words, *needs])
        holding = held[: len(query.words)]
        listed = self._most_listed(query, documents)
        most = most_selected(query, holding, sum(held[len(query.words) :]), documents)
        for selection in selections(query, holding, documents):
            ids = self._whole(query, selection, listed) if most <= listed else None
            if ids is None:
                total, counts = self._counted(known, query, selection, listed)
                if total > listed:
                    informing = [information(documents, each) for each in holding]
                    ids = self._inside(query, self._best(known, query, selection, informing, counts))
                    return Selected(documents, holding, counts[0], ids, self._asked(query, counts))
                ids = self._whole(query, selection, listed) if total else {}
            if ids:
                return Selected(documents, holding, len(ids), ids)
            most = documents
        return Selected(documents, holding)

    def _most_listed(self, query: EngineQuery, documents: int) -> int:
        if documents <= ROOM:
            return self._listed
        # To count what lies in a circle takes the server as long as to tell some thousands.
        return min(self._listed, _LISTED_OF_MORE * (2 if circles(query.where) else 1))

    def _whole(self, query: EngineQuery, selection: Selection, listed: int) -> dict[int, str] | None:
        """All that is selected; None where that is more than can be listed, as it may be of an index that was
        switched in meanwhile.
        """
        ids = self._slips.listed(selection.filter, listed)
        return None if len(ids) > listed else self._inside(query, ids)

    def _inside(self, query: EngineQuery, ids: dict[int, str]) -> dict[int, str]:
        """Those that lie in every circle of the question, of what lies in its boxes."""
        for each in circles(query.where):
            ids = self._slips.within(ids, (each.lat, each.lon), each.radius_m)
        return ids

    def _counted(
        self, known: Known, query: EngineQuery, selection: Selection, listed: int
    ) -> tuple[int, Counts]:
        """How many are in the boxes of a selection; where these are more than are ``listed``, how many are
        selected and of which codes.
        """
        name = f"{selection.exact} {query.facets} {query.point is None}"
        if counts := kept_counts(known, name):
            return counts[0], counts
        (found,) = self._wire.ask(self._index, [counting(selection.filter, ())])
        total, counts = found["estimatedTotalHits"], (found["estimatedTotalHits"], {})
        if total > listed:
            columns = query.facets if query.point is None else (*query.facets, _SQUARE)
            (found,) = self._wire.ask(self._index, [counting(selection.exact, columns)])
            by_column = found.get("facetDistribution", {})
            codes = {each: by_column.get(each, {}) for each in columns}
            counts = found["estimatedTotalHits"], codes
        if can_be_kept(query, selection.exact):
            keep_counts(known, name, counts)
        return total, counts

    @staticmethod
    def _asked(query: EngineQuery, counts: Counts) -> dict[str, Mapping[str, int]]:
        return {each: counts[1][each] for each in query.facets}

    def _best(
        self, known: Known, query: EngineQuery, selection: Selection, informing: Sequence[float],
        counts: Counts,
    ) -> dict[int, str]:  # fmt: skip
        """Those of a large selection that may be the best; ``informing`` is how much each word says."""
        total, codes = counts
        best = parts(query, selection, informing)
        # Where circles stand within other clauses the tree of points is read in any case.
        if query.point is None or has_circle(selection.filter):
            return self._in_order(query, selection, best)
        nearby = Nearby(self._wire, self._index, query.point, query.limit)
        shares = {selection.filter: 1.0}
        if query.words:
            shares |= self._shares(best, total)
        near = nearby.nearest(shares, codes[_SQUARE])
        if selection.filter not in near:
            return self._in_order(query, selection, best)
        ids = {key: each for found in near.values() for key, each in found.items()}
        if thin := [each for each, share in shares.items() if share and each not in near]:
            ids |= self._taken(self._wire.ask(self._index, more_hits(query, thin)))
        return _once({**ids, **self._placeless(known, query, selection)})

    def _shares(self, selections: Sequence[str], total: int) -> dict[str, float]:
        """What share of so many each selection is."""
        found = self._wire.ask(self._index, [counting(each, ()) for each in selections]) if selections else []
        totals = [each["estimatedTotalHits"] for each in found]
        return {each: held / max(total, 1) for each, held in zip(selections, totals, strict=True)}

    def _placeless(self, known: Known, query: EngineQuery, selection: Selection) -> Mapping[int, str]:
        """Of what has no point as many as may be chosen; the same for whoever asks from wherever."""
        name = f"{selection.exact} {query.needs} {query.limit}"
        if (kept := kept_placeless(known, name)) is not None:
            return kept
        found = self._taken(self._wire.ask(self._index, few_placeless(query, selection.filter)))
        if can_be_kept(query, selection.exact):
            keep_placeless(known, name, found)
        return found

    def _in_order(self, query: EngineQuery, selection: Selection, best: Sequence[str]) -> dict[int, str]:
        """The first of a large selection and of its best parts, in the server's own order."""
        fields = self._slips.fields
        found = self._wire.ask(self._index, first_hits(query, selection.filter, fields))
        more = placeless_hits(query, selection.filter, [len(each["hits"]) for each in found], fields)
        if more := [*more, *more_hits(query, best)]:
            found += self._wire.ask(self._index, more)
        return self._taken(found)

    def _taken(self, found: Sequence[Found]) -> dict[int, str]:
        self._slips.take([hit for each in found for hit in each["hits"]])
        return _once({hit["key"]: hit["id"] for each in found for hit in each["hits"]})


def _once(ids: Mapping[int, str]) -> dict[int, str]:
    """Each listing once, in the order of the ids: one that changed between two questions has another key, of
    which the last holds.
    """
    latest = {listing_id: key for key, listing_id in ids.items()}
    return {key: listing_id for listing_id, key in sorted(latest.items())}
