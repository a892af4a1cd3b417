"""A PostgreSQL server of the tests' own, that can be started and stopped."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

UNPRIVILEGED = ("postgres", "nobody")
"""Users that a server is started as when the tests run as root, which PostgreSQL refuses."""


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: Debian's newest, or that of PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).parent if found else None


class Cluster:
    """A new server in ``folder``, reached on this machine alone as the user nabij."""

    def __init__(self, folder: Path, found: Path, of: Cluster | None = None) -> None:
        """With ``of`` a hot standby of another one, which has to run."""
        self._folder, self._programs = folder, found
        self._user = _unprivileged_user()
        self._data, self.port = folder / "data", free_port()
        if self._user:
            shutil.chown(folder, self._user)
        if of is None:
            self._run("initdb", "-D", self._data, "-A", "trust", "-U", "nabij", "--no-sync", "-E", "UTF8")
        else:
            self._run("pg_basebackup", "-D", self._data, "-R", "-X", "stream", "-c", "fast", "-d", of.url)

    @property
    def url(self) -> str:
        return f"postgresql://nabij@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        # a crash loses nothing that matters here, so nothing is forced to the disk
        options = f"-p {self.port} -k {self._folder} -h 127.0.0.1 -c fsync=off -c synchronous_commit=off"
        self._run("pg_ctl", "-D", self._data, "-o", options, "-l", self._folder / "log", "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [self._programs / program, *arguments]
        subprocess.run(
            command, check=True, user=self._user, cwd=self._folder, stdout=subprocess.DEVNULL, timeout=60
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in UNPRIVILEGED if name in known), None)
