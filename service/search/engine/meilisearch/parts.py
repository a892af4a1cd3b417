"""The parts of a large selection that may hold the best of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from service.search.engine.base import EngineQuery
from service.search.engine.meilisearch.filters import any_of, filter_of, joined
from service.search.engine.meilisearch.selection import Selection, by_needs, group_of
from service.search.engine.scoring import information

_MOST_WORDS = 3  # of a question that choose among too many; the others say less


class Part(NamedTuple):
    """A part of a selection: its filter, what it chooses from all listings, how many those are where that is
    known, and the filters of the widest parts that it lies in: of one that is told whole it is told too.
    """

    filter: str
    chooses: str
    held: int | None
    lies_in: frozenset[str]


def parts(query: EngineQuery, selection: Selection, holding: Sequence[int], documents: int) -> list[Part]:
    """The parts of a selection that may hold the best, where more is selected than are looked at: what holds
    the word that says most, or several words, or one where it weighs most, and what answers the surest needs.

    ``holding`` is how many of all ``documents`` hold each word.
    """
    ranked = sorted(range(len(holding)), key=lambda at: -information(documents, holding[at]))[:_MOST_WORDS]
    groups = {at: group_of(query.words[at])[1] for at in ranked}
    unsure = [at for at in ranked if at not in selection.held]
    # Of a word that few hold all are told, whatever else they hold.
    few = [at for at in unsure if holding[at] <= query.limit]
    many = {at: group for at, group in groups.items() if at not in few}
    first = [at for at in few if holding[at]] or [at for at in unsure if at in many][:1]
    alone = {_held(groups[at]): holding[at] for at in first}
    chosen = dict.fromkeys(alone, ()) | _together(many, selection.held) | dict.fromkeys(by_needs(query), ())
    filters = {each: f"{selection.filter} AND ({each})" for each in chosen}
    return [
        Part(filters[each], filter_of((), each), alone.get(each), frozenset(filters[one] for one in wide))
        for each, wide in chosen.items()
    ]


def _held(*groups: Sequence[str]) -> str:
    return joined("AND", [any_of("terms", each) for each in groups])


def _together(groups: Mapping[int, Sequence[str]], held: frozenset[int]) -> dict[str, Sequence[str]]:
    """Filters for words by their places: each where it weighs most, each two of them, all of them; with the
    widest that each lies in. What is ``held`` by everything is not asked for.
    """
    strong = {at: any_of("strong", group) for at, group in groups.items()}
    found: dict[str, Sequence[str]] = {joined("AND", [each]): () for each in strong.values()}
    pairs: dict[frozenset[int], str] = {}
    for some in chain.from_iterable(combinations(groups, size) for size in range(2, len(groups) + 1)):
        inside = [pairs[pair] for pair in map(frozenset, combinations(some, 2)) if pair in pairs]
        if unsure := [groups[at] for at in some if at not in held]:
            found.setdefault(_held(*unsure), inside)
            if len(some) == 2:
                inside = [pairs.setdefault(frozenset(some), _held(*unsure))]
        each_strong = [strong[at] for at in some]
        found.setdefault(
            joined("AND", each_strong), [*inside, *(joined("AND", [one]) for one in each_strong)]
        )
    return found
