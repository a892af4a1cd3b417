"""Connections that come together are shared out over the web processes."""

from __future__ import annotations

import http.client
import multiprocessing
import os
import socket
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from gunicorn.app.base import BaseApplication

from service.commands import fair_worker
from service.commands.fair_worker import FairWorker, forget_connections

ROUNDS = 20
CLIENTS = 4


class Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        chosen: dict[str, Any] = {
            "bind": f"127.0.0.1:{self.port}", "workers": 2, "threads": 4, "keepalive": 5,
            "worker_class": FairWorker, "loglevel": "critical", "child_exit": forget_connections,
        }  # fmt: skip
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        def app(_environ: Any, start: Any) -> list[bytes]:
            body = str(os.getpid()).encode()
            start("200 OK", [("Content-Length", str(len(body)))])
            return [body]

        return app


def _run(port: int) -> None:
    Server(port).run()


@pytest.fixture
def port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(free,))
    process.start()
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", free)) == 0:
                    break
            time.sleep(0.05)
        yield free
    finally:
        process.terminate()
        process.join(20)


def test_four_clients_are_two_for_each_of_two_processes(port: int) -> None:
    time.sleep(0.5)  # both processes are up
    largest = []
    for _ in range(ROUNDS):
        clients = [http.client.HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(CLIENTS)]
        for client in clients:
            client.connect()
        answered: Counter[bytes] = Counter()
        for client in clients:
            client.request("GET", "/")
            answered[client.getresponse().read()] += 1
        largest.append(max(answered.values()))
        for client in clients:
            client.close()
        time.sleep(0.02)
    assert sum(largest) / ROUNDS < 2.3, largest  # 2 where all goes well; taken by chance it is 3


class Sign:
    def notify(self) -> None:
        """As the file by which gunicorn sees that a process lives."""


@pytest.mark.parametrize(("seconds", "times"), [(59, 0), (61, 1)])
def test_memory_is_given_back_once_a_minute(
    monkeypatch: pytest.MonkeyPatch, seconds: int, times: int
) -> None:
    given: list[int] = []
    worker = FairWorker.__new__(FairWorker)
    worker.tmp = Sign()
    worker._tidied_at = 0.0
    monkeypatch.setattr(fair_worker, "give_back", lambda: given.append(1))
    monkeypatch.setattr(fair_worker.time, "monotonic", lambda: float(seconds))
    worker.notify()
    worker.notify()
    assert len(given) == times
