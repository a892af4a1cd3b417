"""Measures an import of many rows with all that follows, twice, and matching with a second source.

usage: python -m benchmarks.catalogue [--listings 100000] [--home var/bench-catalogue]
(NABIJ_DATABASE_URL chooses the database, which is made if need be and should be empty)
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from importers.run import run_import
from service.catalogue.matching.run import match
from service.catalogue.tasks.refresh import refresh_tasks
from service.config import TIMEZONE, Settings, read_settings
from service.database.migrate import upgrade
from service.database.session import connect_engine

SECOND = "second"


def main() -> None:
    """Generate, import, compare, check; then all of it again without changes, then a second source."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--home", type=Path, default=Path("var/bench-catalogue"))
    asked = parser.parse_args()
    shutil.rmtree(asked.home, ignore_errors=True)
    first = asked.home / "first"
    subprocess.run(  # a process of its own, so that its memory does not count
        [sys.executable, "-m", "benchmarks.generate", "--listings", str(asked.listings), str(first)],
        check=True,
    )
    settings = Settings(home=asked.home, database_url=read_settings().database_url)
    engine = connect_engine(settings)
    upgrade(engine)
    print(f"{engine.dialect.name}, {asked.listings:,} rows")

    def follow(folder: Path, run: str) -> None:
        timed(f"{run}: import", lambda: run_import(str(folder), settings, engine, now()))
        timed(f"{run}: match", lambda: match(engine, now()))
        timed(f"{run}: tasks", lambda: refresh_tasks(engine, now()))

    follow(first, "first run")
    follow(first, "no changes")
    follow(_second(first, asked.home / SECOND), "second source")
    timed("compare everything", lambda: match(engine, now(), everything=True))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most: {peak_mb:.0f} MB")


def timed(what: str, work: Callable[[], object]) -> None:
    """Do it and print how long it took, on the clock and of the processor."""
    begin, busy = time.perf_counter(), time.process_time()
    came = work()
    took, used = time.perf_counter() - begin, time.process_time() - busy
    told = ", ".join(f"{name} {value}" for name, value in _counts(came))
    print(f"{what:24} {took:7.1f} s  (processor {used:6.1f} s)  {told}", flush=True)


def now() -> datetime:
    """The moment, in Belgium."""
    return datetime.now(TIMEZONE)


def _counts(came: object) -> list[tuple[str, int]]:
    names = (
        "created",
        "updated",
        "unchanged",
        "withdrawn",
        "rejected",
        "compared",
        "joined",
        "asked",
        "opened",
    )
    return [(name, getattr(came, name)) for name in names if getattr(came, name, 0)]


def _second(first: Path, folder: Path) -> Path:
    """The same rows as another source tells them: all joined that have a door or a contact."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in first.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".yml":
            lines = [line for line in text.splitlines() if not line.startswith(("id:", "name:"))]
            text = "\n".join([f"id: {SECOND}", f"name: {SECOND}", *lines])
        (folder / path.name).write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
