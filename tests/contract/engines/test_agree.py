"""Two engines over the same documents give the same answers."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within
from service.search.engine.base import Alternative, Document, Engine, EngineQuery, Word
from tests.contract.engine_samples import FTS5, TOWNS, Kit, doc

WORDS = [f"woord{number}" for number in range(60)]
NEEDS = ("food.parcel", "food.meal", "housing.shelter", "money.debt")
POINTS = [point[:2] for point in TOWNS.values()]


def text(rng: random.Random) -> str:
    return " ".join(rng.sample(WORDS[: rng.choice((3, 15, 60))], 2))


def place(rng: random.Random) -> dict[str, Any]:
    """Somewhere in a town, no two in the same spot; or nowhere."""
    lat, lon, nis = rng.choice(list(TOWNS.values()))
    point = (lat + rng.gauss(0, 0.02), lon + rng.gauss(0, 0.02))
    return rng.choice(({"point": point, "municipality": nis}, {"municipality": nis}, {"point": point}, {}))


def documents(rng: random.Random, count: int) -> list[Document]:
    """Documents in some of which everything is unknown."""
    return [
        doc(
            f"listing {number}",
            texts={name: text(rng) for name in ("name", "body")},
            **place(rng),
            needs=tuple(rng.sample(NEEDS, rng.randint(0, 2))),
            cost=rng.choice(("free", "fixed", None)),
            languages=tuple(rng.sample(("nl", "fr", "ar", "mt"), rng.randint(0, 2))),
            minimum_age=rng.choice((None, 0, 12.0, 18.0)),
            hours=rng.choice((None, "Mo-Fr 09:00-12:00", "mo-fr 09:00-12:00", "Sa " + "10:00-11:00," * 60)),
            said_on=rng.randint(19_000, 20_500),
        )
        for number in range(count)
    ]  # fmt: skip


def clause(rng: random.Random, depth: int = 2) -> Clause:
    if depth and rng.random() < 0.5:
        parts = tuple(clause(rng, depth - 1) for _ in range(rng.randint(0, 3)))
        return rng.choice((AllOf(parts), OneOf(parts), Not(clause(rng, depth - 1))))
    lat, lon = rng.choice(POINTS)
    return rng.choice(
        (
            Has("cost", frozenset(rng.sample(("free", "fixed", "by_income"), 2))),
            Has("languages", frozenset({rng.choice(("nl", "mt", "xx"))})),
            Has("hours", frozenset({rng.choice(("Mo-Fr 09:00-12:00", "Sa " + "10:00-11:00," * 60))})),
            Has("municipality", frozenset({"44021", "21004"})),
            Known(rng.choice(("cost", "point", "hours", "needs", "minimum_age"))),
            Between("minimum_age", rng.choice((-1.5, 0, 13)), rng.choice((12, 18))),
            Within(lat, lon, rng.choice((1_000, 20_000, 60_000))),
        )
    )


def word(rng: random.Random) -> Word:
    terms = rng.sample([*WORDS, "unheard"], rng.randint(1, 3))
    return Word(terms[0], tuple(Alternative(term, rng.choice((1.0, 0.9, 0.45))) for term in terms))


def question(rng: random.Random) -> EngineQuery:
    return EngineQuery(
        needs={code: rng.choice((0.3, 0.9)) for code in rng.sample(NEEDS, rng.choice((0, 0, 1, 2)))},
        words=tuple(word(rng) for _ in range(rng.choice((0, 0, 1, 2, 3)))),
        where=tuple(clause(rng) for _ in range(rng.choice((0, 1, 2)))),
        point=rng.choice((None, *POINTS)),
        facets=("needs", "cost", "languages", "municipality"),
    )


def seen(engine: Engine, query: EngineQuery) -> dict[str, tuple[float, float, float]]:
    """Per listing the text score, the confidence of its need and its distance (-1: unknown)."""
    found = engine.search(query).candidates
    bodies = engine.bodies(found.keys.tolist())
    told = zip(bodies, found.text, found.need, found.distance_m, strict=True)
    return {
        body["name"]: (float(text), float(need), float(far) if far == far else -1.0)
        for body, text, need, far in told
        if body
    }


SIZE = 300


@pytest.mark.meilisearch
def test_as_the_embedded_engine(meilisearch_kit: Kit, tmp_path: Path) -> None:
    rng = random.Random(8)
    held = documents(rng, SIZE)
    engines = []
    for kit in (FTS5, meilisearch_kit):
        kit.open_writer(tmp_path).build(held, 1)
        engines.append(kit.open_engine(tmp_path))
    embedded, served = engines
    for number in range(150):
        query = question(rng)
        expected, answer = embedded.search(query), served.search(query)
        assert (answer.total, answer.facets) == (expected.total, expected.facets), (number, query)
        ours, theirs = seen(embedded, query), seen(served, query)
        assert ours.keys() == theirs.keys(), (number, query)
        for name, values in ours.items():
            assert theirs[name] == pytest.approx(values, abs=1e-3), (number, query, name)


@pytest.mark.meilisearch
@pytest.mark.parametrize("limit", [20, 60])
@pytest.mark.parametrize("how", ["large_selections", "server_order"])
def test_the_best_of_many_are_nearly_the_same(
    request: pytest.FixtureRequest, tmp_path: Path, how: str, limit: int
) -> None:
    """Where more is selected than are looked at whole, the best are looked for in several ways."""
    rng = random.Random(9)
    held = documents(rng, SIZE)
    engines = []
    for kit in (FTS5, request.getfixturevalue(f"{how}_kit")):
        kit.open_writer(tmp_path).build(held, 1)
        engines.append(kit.open_engine(tmp_path))
    shared, wanted = 0, 0
    for _number in range(60):
        query = question(rng)
        query = EngineQuery(query.needs, query.words, (), query.point, (), limit)
        ours, theirs = (seen(engine, query) for engine in engines)
        assert len(ours) == len(theirs)
        best = list(ours)[: limit // 2]
        shared += len(theirs.keys() & set(best))
        wanted += len(best)
    assert shared / wanted > 0.95
