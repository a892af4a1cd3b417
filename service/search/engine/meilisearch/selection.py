"""The filters that select what answers a question, and the questions that find the best of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from service.search.engine.base import EngineQuery, Word
from service.search.engine.choosing import PLACELESS_SHARE
from service.search.engine.meilisearch.filters import NO_LISTING, PLACED, any_of, filter_of, joined
from service.search.engine.scoring import selects

HITS = ("id", "key")
_MOST_WORDS = 3  # of a question that choose among too many; the others say less
_NEWEST = "newest:desc"


def selections(query: EngineQuery, holding: Sequence[int], documents: int) -> list[str]:
    """The filters to try, in their order, until one finds something; see `EngineQuery`."""
    choosing = [
        any_of("terms", sorted({alternative.term for alternative in word.alternatives}))
        for word, held in zip(query.words, holding, strict=True)
        if selects(documents, held)
    ]
    if query.needs:
        needs = [code for code, confidence in query.needs.items() if confidence > 0]
        wanted = any_of("needs", needs) if needs else NO_LISTING
        if choosing:
            wanted = joined("OR", (wanted, joined("AND", choosing)))
        return [filter_of(query.where, wanted)]
    if not choosing:
        return [filter_of(query.where)]
    every = filter_of(query.where, joined("AND", choosing))
    return [every] if len(choosing) == 1 else [every, filter_of(query.where, joined("OR", choosing))]


def counting(selection: str, facets: Sequence[str]) -> dict[str, Any]:
    """How many there are, and of which codes."""
    return {"filter": selection, "limit": 0, "facets": list(facets)}


def most_selected(query: EngineQuery, holding: Sequence[int], answering: int, documents: int) -> int:
    """How many the first of `selections` selects at most, known before it is asked.

    ``holding`` is for each word, ``answering`` for all needs together, how many of all ``documents`` hold it.
    """
    choosing = [held for held in holding if selects(documents, held)]
    if not query.needs:
        return min(choosing, default=documents)
    return min(documents, answering + min(choosing, default=0))


def first_hits(query: EngineQuery, selection: str, fields: Sequence[str] = HITS) -> list[dict[str, Any]]:
    """What finds the candidates where nothing is in words, or all there are of up to a limit.

    Around a centre the nearest, and apart from them what has no point: as many as may be chosen where all
    the others are placed (`placeless_hits` for the rest). ``fields`` is what is told of each.
    """
    if query.point is None:
        return [_hits(selection, [_NEWEST], query.limit, fields)]
    nearest = _hits(selection, [_nearest(query.point)], query.limit, fields)
    if query.words:
        return [nearest]
    return [{**nearest, "filter": f"{selection} AND {PLACED}"}, few_placeless(query, selection, fields)]


def few_placeless(query: EngineQuery, selection: str, fields: Sequence[str] = HITS) -> dict[str, Any]:
    """What finds as many without a point as may be chosen where the others have one, newest first."""
    few = int(query.limit * PLACELESS_SHARE)
    return _hits(f"{selection} AND NOT {PLACED}", [_NEWEST], few, fields)


def placeless_hits(
    query: EngineQuery, selection: str, found: Sequence[int], fields: Sequence[str] = HITS
) -> list[dict[str, Any]]:
    """What finds the others without a point, where so few have one that there is room; ``found`` is how many
    each question of `first_hits` has found.
    """
    if query.point is None or query.words or found[0] + found[1] >= query.limit:
        return []
    if found[1] < int(query.limit * PLACELESS_SHARE):
        return []
    return [_hits(f"{selection} AND NOT {PLACED}", [_NEWEST], query.limit, fields)]


def more_hits(query: EngineQuery, selection: str, informing: Sequence[float]) -> list[dict[str, Any]]:
    """Where more is selected than are looked at: what holds several words, or one where it weighs most, and
    what answers the surest needs. ``informing`` is how much each word says.
    """
    sort = [_NEWEST] if query.point is None else [_nearest(query.point)]
    best = [*_by_words(query.words, informing), *_by_needs(query)]
    return [_hits(f"{selection} AND ({each})", sort, query.limit) for each in best]


def _by_words(words: Sequence[Word], informing: Sequence[float]) -> Iterator[str]:
    """Filters for the words that say most: all, each two of them, each in a text that weighs most."""
    ranked = sorted(range(len(words)), key=lambda at: -informing[at])[:_MOST_WORDS]
    terms = [sorted({each.term for each in words[at].alternatives}) for at in ranked]
    held, strong = ([any_of(name, each) for each in terms] for name in ("terms", "strong"))
    for size in range(len(terms), 1, -1):
        for some in combinations(range(len(terms)), size):
            yield joined("AND", [held[at] for at in some])
            yield joined("AND", [strong[at] for at in some])
    yield from strong


def _by_needs(query: EngineQuery) -> Iterator[str]:
    sure = sorted(set(query.needs.values()), reverse=True)
    if len(sure) > 1 or (query.words and sure):
        for confidence in sure:
            yield any_of("needs", [code for code, held in query.needs.items() if held == confidence])


def by_ids(ids: Sequence[str], *fields: str) -> dict[str, Any]:
    """Some fields of the listings of these ids."""
    return {
        "filter": filter_of((), any_of("id", ids)),
        "limit": len(ids),
        "attributesToRetrieve": ["id", *fields],
    }


def _hits(selection: str, sort: list[str], limit: int, fields: Sequence[str] = HITS) -> dict[str, Any]:
    return {"filter": selection, "sort": sort, "limit": limit, "attributesToRetrieve": list(fields)}


def _nearest(point: tuple[float, float]) -> str:
    return f"_geoPoint({point[0]!r}, {point[1]!r}):asc"
