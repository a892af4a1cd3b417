"""The best of a selection that is too large to be looked at whole, and the counts of all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

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
from service.search.engine.meilisearch.latest import Latest
from service.search.engine.meilisearch.near import Nearby
from service.search.engine.meilisearch.parts import Part
from service.search.engine.meilisearch.selection import (
    Selection,
    counting,
    few_placeless,
    first_hits,
    more_hits,
    placeless_hits,
    pooled,
)
from service.search.engine.meilisearch.slips import Slips
from service.search.engine.meilisearch.wire import Found, Query, Wire

Ids = Mapping[int, str]
"""Row keys and ids of listings."""


class _Best(NamedTuple):
    """What was found; ``first`` is what was found of the whole selection, not of a part."""

    ids: Ids
    first: Ids


class Large:
    """Looks through large selections of the index called ``index`` by what is known of it.

    What does not wait for anything is asked at once; the counts first, which take the server as long as the
    rest.
    """

    def __init__(self, wire: Wire, index: str, known: Knowledge, slips: Slips) -> None:
        self._wire, self._index, self._known, self._slips = wire, index, known, slips

    def best(
        self, known: Known, query: EngineQuery, selection: Selection, total: int, parts: Sequence[Part]
    ) -> tuple[Ids, Counts]:
        """Those of a selection that may be the best, and the counts of it.

        ``total`` is how many are in its boxes, ``parts`` select those of it that may hold the best, beside
        what they choose from all listings. Raises as `Wire.ask`.
        """
        with self._counted(known, query, selection) as counts:
            totals = self._totals(known, query, can_be_kept(query, selection.exact), parts)
            # What is empty holds nothing, and what is all of it is looked through already.
            held = {each: count for each, count in totals.items() if 0 < count < total}
            best = self._near(known, query, selection, total, held)
            ids = self._slips.inside(query.where, best.ids)
            lost = len(best.first.keys() - ids.keys())
            if lost and len(best.first) - lost < counts()[0]:
                # They lie between circles and their boxes; the server finds others by its tree of points.
                best = self._in_order(query, selection._replace(filter=selection.exact), held)
                ids = self._slips.inside(query.where, best.ids)
            return ids, counts()

    def _totals(
        self, known: Known, query: EngineQuery, are_kept: bool, parts: Sequence[Part]
    ) -> dict[str, int]:
        """How many each of the parts selects, or at most where those are few; without those that lie in one
        which is told whole.
        """
        totals = self._counts(known, query, are_kept, [each for each in parts if not each.lies_in])
        told = {each for each, count in totals.items() if count <= query.limit}
        narrow = [each for each in parts if each.lies_in and told.isdisjoint(each.lies_in)]
        return {**totals, **self._counts(known, query, are_kept, narrow)}

    def _counts(
        self, known: Known, query: EngineQuery, are_kept: bool, parts: Sequence[Part]
    ) -> dict[str, int]:
        """The same of all of these parts.

        Most hold hardly any of all listings; to count those takes the server a tenth of what it takes with
        all that is asked besides.
        """
        most = {each.filter: each.held for each in parts if each.held is not None}
        chosen = {each.filter: each.chooses for each in parts if each.held is None}
        most |= zip(chosen, self._known.totals(known, list(chosen.values()), are_kept), strict=True)
        if not query.where:
            return most
        many = [each for each, count in most.items() if count > query.limit]
        return {**most, **dict(zip(many, self._known.totals(known, many, are_kept), strict=True))}

    @contextmanager
    def _counted(
        self, known: Known, query: EngineQuery, selection: Selection
    ) -> Iterator[Callable[[], Counts]]:
        """What waits for the counts of a selection."""
        kept = kept_counts(known, _name_of_counts(query, selection))
        if kept is not None:
            yield lambda: kept
            return
        with self._wire.asking(self._index, [counting(selection.exact, query.facets)]) as answers:
            yield lambda: _counts(known, query, selection, answers()[0])

    def _near(
        self, known: Known, query: EngineQuery, selection: Selection, total: int, parts: Mapping[str, int]
    ) -> _Best:
        """The nearest of a selection and of its parts; the first of them in order where there is no centre,
        or too few lie anywhere near it.
        """
        if query.point is None:
            return self._newest(known, query, selection, total, parts)
        squares, hindsight = self._known.squares(), self._known.hindsight
        nearby = Nearby(self._wire, self._index, query.point, query.limit, squares, hindsight)
        looked_for = {selection.filter: total, **(parts if query.words else {})}
        shares = {each: count / max(known.state.documents, 1) for each, count in looked_for.items()}
        radii = nearby.radii(shares)
        if selection.filter not in radii:
            return self._in_order(query, selection, parts)
        thin = {each: count for each, count in looked_for.items() if each not in radii}
        placeless = kept_placeless(known, _name_of_placeless(query, selection))
        fields = self._slips.fields
        questions = {
            "thin": more_hits(query, thin, fields),
            "placeless": few_placeless(query, selection.filter, fields) if placeless is None else [],
        }
        near, told = nearby.nearest(radii, _flat(questions))
        if selection.filter not in near:
            return self._in_order(query, selection, parts)
        answers = _apart(questions, told)
        if placeless is None:
            placeless = self._taken(answers["placeless"])
            if can_be_kept(query, selection.exact):
                keep_placeless(known, _name_of_placeless(query, selection), placeless)
        if late := {each: looked_for[each] for each in radii if each not in near}:
            rest = more_hits(query, late, fields)
            answers["thin"] += self._wire.ask(self._index, rest)
        # What was kept may have changed since; of two keys of a listing the last holds.
        ids = {**placeless, **{key: each for found in near.values() for key, each in found.items()}}
        return _Best(_once({**ids, **self._taken(answers["thin"])}), near[selection.filter])

    def _newest(
        self, known: Known, query: EngineQuery, selection: Selection, total: int, parts: Mapping[str, int]
    ) -> _Best:
        """The newest of a selection and of its parts, by their marks where most records are kept.

        Who is in no part holds one of the words that say less, in a text that weighs little: none of them is
        among the best where enough hold more. In circles they tell whether enough of the boxes is inside.
        """
        if not self._slips.are_mostly_kept:
            return self._in_order(query, selection, parts)
        looked_for = pooled(parts, query.limit)
        if selection.filter != selection.exact or max(parts.values(), default=0) < query.limit:
            looked_for[selection.filter] = total
        documents, days = known.state.documents, self._known.days()
        found = Latest(self._wire, self._index, query.limit, days, documents).newest(looked_for)
        late = {each: count for each, count in looked_for.items() if each not in found}
        if selection.filter in late:
            return self._in_order(query, selection, parts)
        rest = self._wire.ask_at_once(self._index, more_hits(query, late, self._slips.fields))
        ids = {key: each for some in found.values() for key, each in some.items()}
        return _Best(_once({**ids, **self._taken(rest)}), found.get(selection.filter, {}))

    def _in_order(self, query: EngineQuery, selection: Selection, parts: Mapping[str, int]) -> _Best:
        """The first of a selection and of its parts, in the server's own order."""
        fields = self._slips.fields
        questions = {
            "first": first_hits(query, selection.filter, fields),
            "more": more_hits(query, parts, fields),
        }
        answers = _apart(questions, self._wire.ask_at_once(self._index, _flat(questions)))
        held = [len(each["hits"]) for each in answers["first"]]
        rest = placeless_hits(query, selection.filter, held, fields)
        found = self._wire.ask(self._index, rest) if rest else []
        first = self._taken([*answers["first"], *found])
        return _Best(_once({**first, **self._taken(answers["more"])}), first)

    def _taken(self, found: Sequence[Found]) -> dict[int, str]:
        self._slips.take([hit for each in found for hit in each["hits"]])
        return _once({hit["key"]: hit["id"] for each in found for hit in each["hits"]})


def _counts(known: Known, query: EngineQuery, selection: Selection, found: Found) -> Counts:
    """The counts that were found, which are kept where the same will be asked again."""
    by_column = found.get("facetDistribution", {})
    counts = found["estimatedTotalHits"], {each: by_column.get(each, {}) for each in query.facets}
    if can_be_kept(query, selection.exact):
        keep_counts(known, _name_of_counts(query, selection), counts)
    return counts


def _name_of_counts(query: EngineQuery, selection: Selection) -> str:
    return f"{selection.exact} {query.facets}"


def _name_of_placeless(query: EngineQuery, selection: Selection) -> str:
    return f"{selection.exact} {query.needs} {query.limit}"


def _flat(questions: Mapping[str, Sequence[Query]]) -> list[Query]:
    return [query for each in questions.values() for query in each]


def _apart(questions: Mapping[str, Sequence[Query]], answers: Sequence[Found]) -> dict[str, list[Found]]:
    """The answers to each of the questions that were asked together."""
    rest = iter(answers)
    return {name: [next(rest) for _query in each] for name, each in questions.items()}


def _once(ids: Mapping[int, str]) -> dict[int, str]:
    """Each listing once, in the order of the ids: one that changed between two questions has another key, of
    which the last holds.
    """
    latest = {listing_id: key for key, listing_id in ids.items()}
    return {key: listing_id for listing_id, key in sorted(latest.items())}
