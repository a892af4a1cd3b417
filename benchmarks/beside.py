"""What stands beside the web processes of a run: nothing for the embedded engine, or a search server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.server import HOST, cpu_s_of, rss_mb_of
from service.config import Settings
from service.errors import SearchAway
from service.search.index.factory import open_server

ENGINES = ("fts5", "meilisearch")
_MASTER_KEY = "only for this benchmark on this machine"
_PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Beside:
    """``environment`` points Nabij at it; ``process`` is None where it runs elsewhere, or there is none."""

    environment: Mapping[str, str] = field(default_factory=dict)
    process: int | None = None

    def cpu_s(self) -> float:
        """Seconds of processor time that it has used, 0 where that cannot be seen."""
        return 0.0 if self.process is None else cpu_s_of(self.process)

    def rss_mb(self) -> float:
        """Megabytes of it in memory, 0 where that cannot be seen."""
        return 0.0 if self.process is None else rss_mb_of(self.process)

    def index_mb(self, settings: Settings) -> float:
        """Megabytes of the index on its disk."""
        server = open_server(settings)
        if server is None:
            return sum(path.stat().st_size for path in settings.home.glob("search-*.db")) / 1e6
        with server.errors():
            return float(server.client.get_all_stats()["usedDatabaseSize"]) / 1e6


@contextmanager
def standing_beside(engine: str, home: Path) -> Iterator[Beside]:
    """What the engine needs, for the block: the server of NABIJ_SEARCH_URL, else the program `meilisearch`
    of PATH on a free port of this machine with its data in ``home``.
    """
    if engine == "fts5":
        yield Beside({"NABIJ_SEARCH_URL": ""})
        return
    if os.environ.get("NABIJ_SEARCH_URL"):
        yield Beside()
        return
    program = shutil.which("meilisearch")
    if program is None:
        raise SystemExit("Put `meilisearch` on PATH, or name a server with NABIJ_SEARCH_URL and its keys.")
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        address = f"{HOST}:{probe.getsockname()[1]}"
    folder = home / "meilisearch"
    folder.mkdir(parents=True, exist_ok=True)
    own = {"MEILI_MASTER_KEY": _MASTER_KEY, "MEILI_NO_ANALYTICS": "true", "MEILI_ENV": "production"}
    with (folder / "log").open("wb") as log:
        command = [program, "--http-addr", address, "--db-path", str(folder / "data")]
        started = subprocess.Popen(command, cwd=folder, env={**os.environ, **own}, stdout=log, stderr=log)
    environment = {"NABIJ_SEARCH_URL": f"http://{address}", "NABIJ_SEARCH_ADMIN_KEY": _MASTER_KEY}
    try:
        _wait(environment, started)
        yield Beside(environment, started.pid)
    finally:
        started.terminate()
        started.wait(timeout=60)


def _wait(environment: Mapping[str, str], started: subprocess.Popen[bytes]) -> None:
    url, key = environment["NABIJ_SEARCH_URL"], environment["NABIJ_SEARCH_ADMIN_KEY"]
    server = open_server(Settings(search_url=url, search_admin_key=key))
    end = time.monotonic() + _PATIENCE_S
    while server is not None:
        try:
            server.check_version()
            return
        except SearchAway:
            if started.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)
