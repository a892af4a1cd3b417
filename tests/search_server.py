"""A Meilisearch server of the tests' own, that can be started, stopped and started again."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

MASTER_KEY = "a key of sixteen bytes or more, for tests"
_PATIENCE_S = 30


def program() -> str | None:
    """The server's program, where it is on PATH."""
    return shutil.which("meilisearch")


class SearchServer:
    """A server with its data in ``folder``, reached on this machine alone."""

    def __init__(self, folder: Path, found: str) -> None:
        self._folder, self._program = folder, found
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.url, self.key = f"http://{self._address}", MASTER_KEY
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        own = {
            "MEILI_MASTER_KEY": self.key,
            "MEILI_NO_ANALYTICS": "true",
            "MEILI_ENV": "production",
            # By default two thirds of the memory are made ready for each step, however small it is.
            "MEILI_MAX_INDEXING_MEMORY": "64 MiB",
            "MEILI_MAX_INDEXING_THREADS": "1",
        }
        address = ("--http-addr", self._address, "--db-path", str(self._folder / "data"))
        self._process = subprocess.Popen(
            [self._program, *address], cwd=self._folder, env={"PATH": os.environ.get("PATH", ""), **own},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + _PATIENCE_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{self._program} did not start")
            time.sleep(0.02)

    def stop(self) -> None:
        """As a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
