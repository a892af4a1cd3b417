"""Measures import, index, start and whole requests on a synthetic catalogue (`make bench`).

usage: python -m benchmarks.run [--engine meilisearch] [--listings 100000] [--requests 400] [--clients 1,4,16]
                                [--home var/bench] [--as-it-is] [--database-url postgresql+psycopg://.../nabij_{listings}]

Without a database address the catalogue is in SQLite, in the home.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.bare import ask_engine, ask_meilisearch, ask_sqlite, engine_questions
from benchmarks.beside import ENGINES, Beside, standing_beside
from benchmarks.generate import write
from benchmarks.load import Load, ask_all
from benchmarks.questions import ONE_LISTING, SCENARIOS, draw, paths
from benchmarks.server import HOST, Server, serving
from benchmarks.yardstick import yardstick_ms
from service.catalogue.listings import count_published
from service.config import Settings, read_settings
from service.database.session import connect_engine, reading
from service.search.engine.base import EngineQuery
from service.search.index.factory import open_engine

OUT = Path(__file__).parent / "out"
WARM_UP = 60  # requests before measuring; a process that has just started has read no word yet
_SEED = 20


class Figures:
    """The lines of one run: written as JSON as they come, printed for people."""

    def __init__(self, path: Path, engine: str, listings: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8")
        self.engine, self._listings = engine, listings
        self.failed = 0

    def say(self, scenario: str, **figures: float | str) -> None:
        """One line; ``figures`` carry their units in their names."""
        rounded = {k: round(v, 2) if isinstance(v, float) else v for k, v in figures.items()}
        engine = rounded.pop("engine", self.engine)
        line = {"scenario": scenario, "listings": self._listings, "engine": engine, **rounded}
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()
        print(f"{scenario:32} {engine:18} " + "  ".join(f"{k} {v}" for k, v in rounded.items()), flush=True)


def main() -> int:
    """Prepare the data folder where it is not there yet, then measure; 1 where a request failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=400, help="per scenario and number of clients")
    parser.add_argument("--home", type=Path, default=Path("var/bench"))
    parser.add_argument("--as-it-is", action="store_true", help="ask the index that is there; build nothing")
    parser.add_argument("--engine", choices=ENGINES, default="fts5")
    parser.add_argument("--clients", default="1,4", help="numbers of clients at once, joined by commas")
    parser.add_argument("--database-url", default="", help="where the catalogue is; {listings} is the size")
    asked = parser.parse_args()
    home = asked.home.resolve() / str(asked.listings)
    clients = tuple(map(int, asked.clients.split(",")))
    figures = Figures(OUT / f"{asked.engine}-{asked.listings}.jsonl", asked.engine, asked.listings)
    python = platform.python_version()
    figures.say("machine", cores=os.cpu_count() or 0, python=python, yardstick_ms=yardstick_ms())
    with standing_beside(asked.engine, home) as beside:
        environment = {
            "NABIJ_HOME": str(home),
            "NABIJ_WORKERS": "2",
            "NABIJ_DATABASE_URL": asked.database_url.format(listings=asked.listings),
            **beside.environment,
        }
        settings = read_settings({**os.environ, **environment})
        if not asked.as_it_is:
            prepare(figures, settings, asked.listings, environment)
        figures.say("index size", megabytes=beside.index_mb(settings))
        measure(figures, settings, asked.requests, clients, environment, beside)
    figures.say("machine at the end", yardstick_ms=yardstick_ms())
    return 1 if figures.failed else 0


def prepare(figures: Figures, settings: Settings, listings: int, environment: Mapping[str, str]) -> None:
    """Make the catalogue once, import it once, build the index each time; with their rates."""
    source = settings.home / "source"
    if not (source / "listings.csv").exists():
        write(source, listings)
    _nabij(environment, "init")
    with reading(connect_engine(settings)) as connection:
        is_there = count_published(connection) > 0
    if not is_there:
        seconds = _nabij(environment, "import", str(source))
        figures.say("import", seconds=seconds, rows_per_s=listings / seconds)
    seconds = _nabij(environment, "index", "build")
    figures.say("index build", seconds=seconds, listings_per_s=listings / seconds)


def measure(
    figures: Figures, settings: Settings, requests: int, clients: Sequence[int],
    environment: Mapping[str, str], beside: Beside,
) -> None:  # fmt: skip
    """Every scenario by each number of clients, then the engine directly, ours and bare."""
    ids = [listing_id for listing_id, _digest in open_engine(settings).digests()]
    with serving(environment) as server:
        figures.say("start", seconds=server.start_s)
        for scenario in (*SCENARIOS, ONE_LISTING):
            warm = paths(scenario, WARM_UP, _SEED - 1, ids)
            ask_all(HOST, server.port, [warm, warm])
            for count in clients:
                asked = paths(scenario, requests, _SEED + count, ids)
                _say_load(figures, scenario, server, beside, count, asked)
    bare: dict[str, Callable[[Settings, Sequence[EngineQuery]], list[float]]] = {"sqlite alone": ask_sqlite}
    if settings.search_url:
        bare = {
            "meilisearch alone": ask_meilisearch,
            "meilisearch alone, counting": partial(ask_meilisearch, counted=True),
        }
    for scenario in SCENARIOS:
        questions = engine_questions(settings, draw(scenario, requests, _SEED + 1))
        figures.say(scenario, engine=f"{figures.engine} engine", **_spread(ask_engine(settings, questions)))
        for name, ask_bare in bare.items():
            if took := ask_bare(settings, questions):
                figures.say(scenario, engine=name, **_spread(took))


def _say_load(
    figures: Figures, scenario: str, server: Server, beside: Beside, clients: int, asked: Sequence[str]
) -> None:
    before, before_beside = server.cpu_s(), beside.cpu_s()
    load: Load = ask_all(HOST, server.port, [asked[number::clients] for number in range(clients)])
    cpu_ms = (server.cpu_s() - before) * 1000 / len(asked)
    its_own = {}
    if beside.process is not None:
        its_own = {
            "server_cpu_ms": (beside.cpu_s() - before_beside) * 1000 / len(asked),
            "server_rss_mb": beside.rss_mb(),
        }
    figures.failed += load.failed
    figures.say(
        scenario,
        clients=clients,
        **_spread(load.took_ms),
        cpu_ms=cpu_ms,
        requests_per_s=load.requests_per_s,
        rss_mb=server.rss_mb(),
        failed=load.failed,
        **its_own,
    )


def _spread(took_ms: Sequence[float]) -> dict[str, float]:
    return {f"p{share}_ms": float(np.percentile(took_ms, share)) for share in (50, 95)}


def _nabij(environment: Mapping[str, str], *arguments: str) -> float:
    """Run the command line as people do; gives its seconds."""
    begin = time.perf_counter()
    command = [str(Path(sys.executable).with_name("nabij")), *arguments]
    subprocess.run(command, env={**os.environ, **environment}, check=True)
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
