"""What an answer adds to the counts of demand: codes of needs, places and criteria, nothing typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.eight_b.screen import CRITERIA
from service.model.demand import Tally
from service.search.query.criteria import Criteria
from service.search.query.result import Result, Results

_B_OF = {criterion.name: b for b, each in CRITERIA.items() for criterion in each}
_NARROWING = ("theme", "zone", "municipality", "language", "b")


def is_again(criteria: Criteria, understood: Sequence[str]) -> bool:
    """Whether the same question was counted before: a further page of it, or its words made narrower by one
    of the choices beside its answer (``understood`` are the needs read from the words)."""
    if criteria.page > 1:
        return True
    narrowed = any(getattr(criteria, name) for name in _NARROWING)
    return bool(criteria.q) and (narrowed or not set(understood).isdisjoint(criteria.need))


def tallies(results: Results) -> set[Tally]:
    """Everything that one answer adds one to; nothing where nothing was asked for."""
    criteria = results.criteria
    needs = results.needs or ((criteria.theme,) if criteria.theme else ())
    if not needs and not criteria.q:
        return set()
    near = criteria.municipality or results.nis or ""
    found = {Tally("asked", need, near) for need in needs}
    asked = {*(_B_OF[name] for name in results.asked_of), *criteria.b}
    asked_bs = tuple(b for b in CRITERIA if b in asked)  # of two in the way as often, the first of the eight
    blocking = _blocking(results, asked_bs)
    if blocking is not None:
        found |= {Tally("unanswered", need, near, blocking) for need in needs or ("",)}
    for result in results.results:
        for need in _needs_of(result, results.needs, criteria.theme):
            town = result.nis or ""
            found.add(Tally("shown", need, town))
            found.update(
                Tally("unknown", need, town, b, name)
                for b, name in _unknown(result, asked_bs, results.asked_of)
            )
    return found


def _blocking(results: Results, asked_bs: tuple[str, ...]) -> str | None:
    """The B that stands in the way of the most results where none fits in all that was asked; empty where
    there is no result at all, None where one fits."""
    if not results.results:
        return None if results.total else (results.criteria.b or ("",))[0]
    fitting = [[each.eight_b[b].verdict == "fits" for b in asked_bs] for each in results.results]
    if any(map(all, fitting)):
        return None
    return min(zip(map(sum, zip(*fitting, strict=True)), asked_bs, strict=True), key=lambda pair: pair[0])[1]


def _needs_of(result: Result, asked: Sequence[str], theme: str | None) -> Sequence[str]:
    """The needs of a result that it was shown for; all of them where words alone were asked."""
    if asked:
        return [need for need in result.needs if need in asked]
    if theme:
        return [need for need in result.needs if need.partition(".")[0] == theme]
    return result.needs


def _unknown(
    result: Result, asked_bs: tuple[str, ...], asked_of: frozenset[str]
) -> Iterator[tuple[str, str]]:
    for b in asked_bs:
        verdict = result.eight_b[b]
        if verdict.verdict == "unknown":
            for reason in verdict.reasons:
                if reason.outcome == "unknown" and reason.criterion in asked_of:
                    yield b, reason.criterion
