"""The server under test: started as people start it, and what it costs in memory and processor time."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
A_SEARCH = "/api/v1/search?lat=50.85&lon=4.35"
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Server:
    """A running `nabij serve`; ``start_s`` is how long it took to answer its first search."""

    process: int
    port: int
    start_s: float

    def cpu_s(self) -> float:
        """Seconds of processor time that it and its processes have used."""
        return sum(cpu_s_of(each) for each in _family(self.process))

    def rss_mb(self) -> float:
        """Megabytes in memory of its largest process."""
        return max(rss_mb_of(each) for each in _family(self.process))


@contextmanager
def serving(environment: Mapping[str, str], first: str = A_SEARCH) -> Iterator[Server]:
    """A server for the block, once it answers the address ``first``; stopped with its processes at the end.

    Only Linux says what it costs.
    """
    port = _free_port()
    command = [str(Path(sys.executable).with_name("nabij")), "serve"]
    begin = time.perf_counter()
    started = subprocess.Popen(command, env={**os.environ, **environment, "PORT": str(port)})
    try:
        _wait(started, port, first)
        yield Server(started.pid, port, time.perf_counter() - begin)
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(timeout=30)


def _wait(started: subprocess.Popen[bytes], port: int, first: str) -> None:
    begin = time.monotonic()
    while time.monotonic() - begin < _PATIENCE_S:
        if started.poll() is not None:
            raise RuntimeError(f"nabij serve stopped with {started.returncode}")
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        try:
            connection.request("GET", first)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
        finally:
            connection.close()
    raise RuntimeError(f"nabij serve did not answer within {_PATIENCE_S} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _family(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in _family(int(child)))]


def cpu_s_of(process: int) -> float:
    """Seconds of processor time that one process has used."""
    # Behind the name in brackets: field 14 is user time, 15 system time (man 5 proc).
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def rss_mb_of(process: int) -> float:
    """Megabytes in memory of one process."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
