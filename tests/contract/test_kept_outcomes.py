"""What is kept of the screen per document is what the screen says, whoever asks."""

from __future__ import annotations

import random
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from service.eight_b.facts import Facts
from service.eight_b.screen import prepare
from service.eight_b.situation import Situation
from service.search.engine.base import Document, EngineQuery
from service.search.engine.fts5.reader import Fts5Engine
from service.search.engine.fts5.writer import Fts5Writer
from service.search.engine.masks import Masks
from service.search.index.fields import COLUMNS, features
from service.search.query.outcomes import GeneralOutcomes
from service.search.query.screening import screened

TODAY, NOW = 20_781, 3_628_020  # noon of 24 November 2026 in Brussels
MANY = 1_500  # more than there is room for at first
PEOPLE = [
    Situation(TODAY, NOW),
    Situation(TODAY, NOW + 1, ticks=frozenset({"free", "wheelchair"}), speaks=frozenset({"ar"})),
    Situation(TODAY, NOW - 1, ticks=frozenset({"no_papers", "no_wait"}), papers=frozenset({"identity"})),
    Situation(TODAY + 1, NOW + 720),
]


def facts_of(number: int) -> Facts:
    """Facts of one made listing, the same for the same number."""
    dice = random.Random(number)
    held: dict[str, object] = {"point": (50.8 + number / 10_000, 4.3)}
    for name, column in COLUMNS.items():
        if name.endswith("_until") and name != "recognised_until":
            held[name] = dice.choice([None, NOW - 1.0, float(NOW), NOW + 1.0, NOW + 9_000.0])
        elif column.kind == "code" and dice.random() < 0.5:
            held[name] = dice.choice(column.vocabulary())
        elif column.kind == "set" and name not in ("yes", "no", "disputed") and dice.random() < 0.5:
            held[name] = tuple(dice.sample(column.vocabulary(), 1))
        elif column.kind == "number" and name not in ("said_on", "checked_on") and dice.random() < 0.5:
            held[name] = float(dice.randint(0, 90))
    said = dice.sample(features(), 8)
    known = {each.name for each in fields(Facts)}
    return Facts(**{k: v for k, v in held.items() if k in known}, yes=tuple(said[:4]), no=tuple(said[4:]))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Fts5Engine:
    folder: Path = tmp_path_factory.mktemp("kept")
    made = (facts_of(number) for number in range(MANY))
    documents = (
        Document(UUID(int=number), {}, {n: getattr(each, n, None) for n in COLUMNS}, {"number": number})
        for number, each in enumerate(made)
    )
    Fts5Writer(folder).build(documents, 0)
    return Fts5Engine(folder)


def ask(engine: Fts5Engine, kept: GeneralOutcomes, person: Situation, north: float) -> int:
    """Compare a page of one search with the screen; gives how many were compared."""
    found = engine.search(EngineQuery(point=(50.8 + north, 4.3))).candidates
    masks = Masks(found, engine.open_codes, (50.8 + north, 4.3))
    judged = screened(prepare(person), person, found, engine.open_codes, masks, kept)
    rows = np.arange(0, len(found), 16)
    bodies = engine.bodies(found.keys[rows].tolist())
    for body, verdicts in zip(bodies, judged.verdicts(rows), strict=True):
        assert body is not None
        assert verdicts == prepare(person).verdicts(facts_of(body["number"])), body["number"]
    return len(rows)


def test_what_is_kept_is_what_the_screen_says(engine: Fts5Engine) -> None:
    kept = GeneralOutcomes()
    for person in (*PEOPLE, *PEOPLE):
        assert sum(ask(engine, kept, person, north) for north in (0.0, 0.05, 0.15)) > 60


def test_it_holds_for_several_who_ask_at_once(engine: Fts5Engine) -> None:
    kept = GeneralOutcomes()
    asked = [(person, north / 100) for person in PEOPLE[:3] for north in range(0, 16, 3)]
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda each: ask(engine, kept, *each), asked * 2))


def test_what_was_kept_of_an_index_is_forgotten_when_it_is_built_anew(engine: Fts5Engine) -> None:
    kept = GeneralOutcomes()
    found = engine.search(EngineQuery(point=(50.85, 4.3))).candidates
    sizes = []
    tracemalloc.start()
    for build in range(60):
        anew = replace(found, keys=found.keys + (build << 50), generation=str(build))
        masks = Masks(anew, engine.open_codes, (50.85, 4.3))
        screened(prepare(PEOPLE[0]), PEOPLE[0], anew, engine.open_codes, masks, kept)
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert max(sizes[30:]) < 2 * max(sizes[:10])
