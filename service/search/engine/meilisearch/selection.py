"""The filters that select what answers a question, and the questions that find the best of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from operator import itemgetter
from typing import Any, NamedTuple

from service.model.clauses import AllOf, Clause, Not, OneOf, Within
from service.search.engine.base import EngineQuery, Word
from service.search.engine.choosing import PLACELESS_SHARE
from service.search.engine.meilisearch.filters import (
    EVERY_LISTING,
    NO_LISTING,
    PLACED,
    any_of,
    filter_of,
    joined,
)
from service.search.engine.scoring import selects

HITS = ("id", "key")
ID_DIGITS = "0123456789abcdef"
"""What ids begin with, one as often as another."""

_NEWEST = "newest:desc"
_ALL = 2  # times as many as are looked for, that are told in no order
_SHARE = 1_000
_EVERY = 1_000_000  # more than lie in a share, whatever the ids


class Selection(NamedTuple):
    """What is selected, and the places of those words that every listing of it holds.

    ``filter`` has boxes in the place of circles and passes some more, ``exact`` has the circles. For a circle
    the server reads the tree of all points anew: 120 ms of a million, and under one for a box.
    """

    filter: str
    exact: str
    held: frozenset[int] = frozenset()


def selections(query: EngineQuery, holding: Sequence[int], documents: int) -> list[Selection]:
    """What to try, in this order, until something is found; see `EngineQuery`."""
    places = [place for place, held in enumerate(holding) if selects(documents, held)]
    choosing = [any_of(*group_of(query.words[place])) for place in places]
    if query.needs:
        needs = [code for code, confidence in query.needs.items() if confidence > 0]
        wanted = any_of("needs", needs) if needs else NO_LISTING
        if choosing:
            wanted = joined("OR", (wanted, joined("AND", choosing)))
        return [_selection(query.where, wanted)]
    if not choosing:
        return [_selection(query.where)]
    every = _selection(query.where, joined("AND", choosing))._replace(held=frozenset(places))
    return [every] if len(choosing) == 1 else [every, _selection(query.where, joined("OR", choosing))]


def circled(where: Sequence[Clause]) -> list[Clause]:
    """Those of the clauses that look at a circle, by themselves or in a part."""
    return [each for each in where if _has_circle(each)]


def _has_circle(clause: Clause) -> bool:
    match clause:
        case AllOf(parts) | OneOf(parts):
            return any(map(_has_circle, parts))
        case Not(part):
            return _has_circle(part)
        case _:
            return isinstance(clause, Within)


def _selection(where: Sequence[Clause], *wanted: str) -> Selection:
    return Selection(filter_of(where, *wanted, in_boxes=True), filter_of(where, *wanted))


def counting(selection: str, facets: Sequence[str]) -> dict[str, Any]:
    """How many there are, and of which codes."""
    return {"filter": selection, "limit": 0, "facets": list(facets)}


def most_selected(query: EngineQuery, holding: Sequence[int], answering: int, documents: int) -> list[int]:
    """How many each of `selections` selects at most, known before it is asked.

    ``holding`` is for each word, ``answering`` for all needs together, how many of all ``documents`` hold it.
    """
    choosing = [held for held in holding if selects(documents, held)]
    if query.needs:
        return [min(documents, answering + min(choosing, default=0))]
    every = min(choosing, default=documents)
    return [every, min(documents, sum(choosing))] if len(choosing) > 1 else [every]


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
    return [{**nearest, "filter": f"{selection} AND {PLACED}"}, *few_placeless(query, selection, fields)]


def few_placeless(query: EngineQuery, selection: str, fields: Sequence[str] = HITS) -> list[dict[str, Any]]:
    """What finds as many without a point as may be chosen where the others have one: the newest, for each
    confidence of a need apart.
    """
    return _placeless(query, selection, int(query.limit * PLACELESS_SHARE), fields)


def _placeless(query: EngineQuery, selection: str, limit: int, fields: Sequence[str]) -> list[dict[str, Any]]:
    without = f"{selection} AND NOT {PLACED}"
    filters = [f"{without} AND {each}" for each in by_needs(query)]
    if query.words or not filters:  # what holds the words may answer no need
        filters.append(without)
    return [_hits(each, [_NEWEST], limit, fields) for each in filters]


def placeless_hits(
    query: EngineQuery, selection: str, found: Sequence[int], fields: Sequence[str] = HITS
) -> list[dict[str, Any]]:
    """What finds the others without a point, where so few have one that there is room; ``found`` is how many
    each question of `first_hits` has found.
    """
    if query.point is None or query.words or found[0] + max(found[1:]) >= query.limit:
        return []
    if max(found[1:]) < int(query.limit * PLACELESS_SHARE):
        return []
    return _placeless(query, selection, query.limit, fields)


def more_hits(
    query: EngineQuery, totals: Mapping[str, int], fields: Sequence[str] = HITS
) -> list[dict[str, Any]]:
    """What finds the first of parts, each with how many it selects: the nearest, or the newest where there is
    no centre; of a part of up to twice as many as are looked for, all.

    To put a few in order by distance takes the server as long as many, 70 to 300 ms at a million listings.
    """
    asked = []
    for each, total in pooled(totals, query.limit).items():
        if query.point is None:
            asked.append(_hits(each, [_NEWEST], query.limit, fields))
        elif total <= _ALL * query.limit:
            # Some may have come since they were counted.
            asked.append(_hits(each, [], (1 + _ALL) * query.limit, fields))
        else:
            asked.append(_hits(each, [_nearest(query.point)], query.limit, fields))
    return asked


def pooled(totals: Mapping[str, int], most: int) -> dict[str, int]:
    """Filters that together select what such parts do, and how many each selects at most: the small ones in
    one, of up to so many, where what several of them hold is told once.
    """
    small: list[str] = []
    large: dict[str, int] = {}
    room = most
    for each, total in sorted(totals.items(), key=itemgetter(1)):
        if total <= room:
            small.append(each)
            room -= total
        else:
            large[each] = total
            room = 0
    return {**({" OR ".join(f"({each})" for each in small): most} if small else {}), **large}


def group_of(word: Word) -> tuple[str, tuple[str, ...]]:
    """The column and the values that listings hold which a word of a question stands for."""
    return "terms", tuple(sorted({alternative.term for alternative in word.alternatives}))


def by_needs(query: EngineQuery) -> Iterator[str]:
    """Filters for the needs of each confidence, the surest first; none where all have the same and no word
    is asked.
    """
    sure = sorted(set(query.needs.values()), reverse=True)
    if len(sure) > 1 or (query.words and sure):
        for confidence in sure:
            yield any_of("needs", [code for code, held in query.needs.items() if held == confidence])


def share_hits(documents: int, fields: Sequence[str]) -> list[dict[str, Any]]:
    """What tells every listing of so many once, some hundreds in each answer, by the first digits of ids.

    To tell the next page of a selection takes the server longer with each page: 1.3 s for a thousand
    listings behind 70,000 others, and 40 ms for the first.
    """
    digits = 0
    while documents > _SHARE * 16**digits:
        digits += 1
    beginnings = map("".join, product(ID_DIGITS, repeat=digits))
    shares = [
        f'{EVERY_LISTING} AND id STARTS WITH "{each}"' if each else EVERY_LISTING for each in beginnings
    ]
    return [{"filter": each, "limit": _EVERY, "attributesToRetrieve": list(fields)} for each in shares]


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
