"""Hours of mixed load while imports run: errors, memory, and every change compared at the end.

usage: python -m benchmarks.soak --home FOLDER [--minutes 60] [--listings 10000] [--per-s 20] [--every-s 60]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Event, Thread
from uuid import UUID

import numpy as np
import sqlalchemy as sa

from benchmarks.generate import rows, write
from benchmarks.load import ask
from benchmarks.questions import ONE_LISTING, SCENARIOS, paths
from benchmarks.run import OUT, Figures
from benchmarks.server import HOST, Server, rss_mb_of, serving
from service.config import Settings, read_settings
from service.database.claims import source_record
from service.database.session import connect_engine, reading
from service.search.index.factory import open_engine

MOST_GROWTH = 0.05
"""Of memory, from the second sixth of the time to the last (issue: at most 5 %)."""

_CHANGED, _LEFT_OUT = 50, 200  # in each round one row of so many says something new, one is not there
_NAME = "service.name@nl"
_KEY = "key"
_SAMPLE_S = 5
_RIGHT = (200, 410)  # a listing that a round leaves out is withdrawn, and says so


class Rounds:
    """The source, written anew each round, and what it says now: the name of each row that is there."""

    def __init__(self, folder: Path, listings: int) -> None:
        self._file = folder / "listings.csv"
        self._rows = [row for row in rows(listings) if row.get(_NAME)]
        self._columns = list(dict.fromkeys(name for row in self._rows for name in row))
        self.says: dict[str, str] = {}
        self.changes = 0

    def write(self, number: int) -> None:
        """Let some rows say something new, some go, and those that went come back."""
        before, self.says = self.says, {}
        with self._file.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, self._columns)
            out.writeheader()
            for place, row in enumerate(self._rows):
                if place % _LEFT_OUT == number % _LEFT_OUT and number:
                    continue
                if place % _CHANGED == number % _CHANGED and number:
                    row[_NAME] = f"{row[_NAME].partition(' · ')[0]} · {number}"
                out.writerow(row)
                self.says[row[_KEY]] = row[_NAME]
        keys = self.says.keys() | before.keys()
        self.changes += sum(self.says.get(key) != before.get(key) for key in keys) if number else 0


class Memory:
    """Megabytes of each process, sampled beside the load."""

    def __init__(self, server: Server, worker: int) -> None:
        self._server, self._worker, self._stop = server, worker, Event()
        self.samples: dict[str, list[float]] = {"web_mb": [], "worker_mb": []}
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._stop.wait(_SAMPLE_S):
            self.samples["web_mb"].append(self._server.rss_mb())
            self.samples["worker_mb"].append(rss_mb_of(self._worker))

    def growth(self) -> dict[str, tuple[float, float]]:
        """Of each the middle of the second sixth of the time, and of the last."""
        self._stop.set()
        self._thread.join()
        found = {}
        for name, held in self.samples.items():
            sixth = max(len(held) // 6, 1)
            found[name] = median(held[sixth : 2 * sixth] or held), median(held[-sixth:])
        return found


class Load:
    """Requests at a rate, one thread; counts them and what failed."""

    def __init__(self, port: int, per_s: float, ids: list[UUID]) -> None:
        self._port, self._per_s, self._ids = port, per_s, ids
        self.took_ms: list[float] = []
        self.failed = 0
        self._stop = Event()
        self._thread = Thread(target=self._keep_asking, daemon=True)
        self._thread.start()

    def _keep_asking(self) -> None:
        seed = 0
        while not self._stop.is_set():
            seed += 1
            some = [paths(scenario, 4, seed, self._ids) for scenario in (*SCENARIOS, ONE_LISTING)]
            for address in (each for group in zip(*some, strict=True) for each in group):
                begin = time.monotonic()
                took, failed = ask(HOST, self._port, [address], _RIGHT)
                self.took_ms += took
                self.failed += failed
                if self._stop.wait(max(0.0, 1 / self._per_s - (time.monotonic() - begin))):
                    return

    def stop(self) -> None:
        """No more; what was under way is answered."""
        self._stop.set()
        self._thread.join(timeout=60)


def main() -> int:
    """Run it; 1 where a request failed, memory grew or a listing differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--listings", type=int, default=10_000)
    parser.add_argument("--per-s", type=float, default=20)
    parser.add_argument("--every-s", type=float, default=60)
    asked = parser.parse_args()
    home = asked.home.resolve()
    environment = {"NABIJ_HOME": str(home), "NABIJ_WORKERS": "2"}
    settings = read_settings({**os.environ, **environment})
    figures = Figures(OUT / "soak.jsonl", "meilisearch" if settings.search_url else "fts5", asked.listings)
    folder = write(home / "source", asked.listings).parent
    rounds = Rounds(folder, asked.listings)
    rounds.write(0)
    for command in (("init",), ("import", str(folder)), ("index", "build")):
        _nabij(environment, *command)
    done = _soak(asked, settings, environment, rounds, folder, figures)
    lost = _differences(settings, rounds.says)
    in_step = subprocess.run(_command("index", "compare"), env={**os.environ, **environment}).returncode == 0
    figures.say("compared", changes=rounds.changes, listings_that_differ=lost, index_in_step=float(in_step))
    return 0 if done and not lost and in_step else 1


def _soak(
    asked: argparse.Namespace, settings: Settings, environment: Mapping[str, str], rounds: Rounds,
    folder: Path, figures: Figures,
) -> bool:  # fmt: skip
    ids: list[UUID] = [listing_id for listing_id, _digest in open_engine(settings).digests()]
    end = time.monotonic() + asked.minutes * 60
    number = 0
    with _working(environment) as worker, serving(environment) as server:
        memory, load = Memory(server, worker), Load(server.port, asked.per_s, ids)
        while time.monotonic() < end:
            begin = time.monotonic()
            number += 1
            rounds.write(number)
            _nabij(environment, "import", str(folder))
            time.sleep(max(0.0, min(asked.every_s - (time.monotonic() - begin), end - time.monotonic())))
        load.stop()
        grown = memory.growth()
    p50, p95 = np.percentile(load.took_ms, (50, 95)).tolist()
    # A process that is gone is no process that did not grow.
    share = {name: last / first - 1 if first and last else np.inf for name, (first, last) in grown.items()}
    figures.say(
        "soak", minutes=asked.minutes, requests=len(load.took_ms), failed=load.failed, p50_ms=p50, p95_ms=p95,
        imports=number, **{f"{name}_{when}": value for name, pair in grown.items()
                           for when, value in zip(("early", "late"), pair, strict=True)},
    )  # fmt: skip
    (OUT / "soak-memory.json").write_text(json.dumps(memory.samples), encoding="utf-8")
    return not load.failed and all(each <= MOST_GROWTH for each in share.values())


def _differences(settings: Settings, says: Mapping[str, str]) -> int:
    """How many records do not say what their row said last, or are there though their row is gone."""
    record = source_record.c
    wanted = sa.select(record.key, record["values"][_NAME].as_string().label("name"))
    with reading(connect_engine(settings)) as connection:
        there = connection.execute(wanted.where(record.withdrawn_at.is_(None)))
        held = {row.key: row.name for row in there}
    return sum(held.get(key) != says.get(key) for key in held.keys() | says.keys())


@contextmanager
def _working(environment: Mapping[str, str]) -> Iterator[int]:
    started = subprocess.Popen(_command("worker", "--every", "5"), env={**os.environ, **environment})
    try:
        yield started.pid
    finally:
        started.terminate()
        started.wait(timeout=120)


def _nabij(environment: Mapping[str, str], *arguments: str) -> None:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(_command(*arguments), env={**os.environ, **environment}, check=True, **quiet)  # type: ignore[call-overload]


def _command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("nabij")), *arguments]


if __name__ == "__main__":
    sys.exit(main())
