"""Asking a server over kept connections from several processes, at as little cost of the client as can be."""

from __future__ import annotations

import socket
import time
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context


@dataclass(frozen=True, slots=True)
class Load:
    """What the clients saw: milliseconds of each request, answers that were no 200, seconds in all."""

    took_ms: tuple[float, ...]
    failed: int
    seconds: float

    @property
    def requests_per_s(self) -> float:
        """Requests answered in a second, by all clients together."""
        return len(self.took_ms) / self.seconds if self.seconds else 0.0


def ask_all(host: str, port: int, shares: Sequence[Sequence[str]]) -> Load:
    """One client process per share of the addresses, all at once."""
    with ProcessPoolExecutor(len(shares), get_context("spawn")) as pool:
        # Every client is up and has its modules before the first one asks.
        list(pool.map(time.sleep, [0.2] * len(shares)))
        begin = time.perf_counter()
        parts = list(pool.map(ask, [host] * len(shares), [port] * len(shares), shares))
        seconds = time.perf_counter() - begin
    return Load(tuple(ms for part in parts for ms in part[0]), sum(part[1] for part in parts), seconds)


def ask(
    host: str, port: int, addresses: Sequence[str], right: Collection[int] = (200,)
) -> tuple[list[float], int]:
    """Ask for the addresses one after the other; gives the milliseconds of each and how many failed: those
    whose status is none of ``right``."""
    took, failed = [], 0
    connection = socket.create_connection((host, port))
    try:
        for address in addresses:
            begin = time.perf_counter()
            status, keep = _exchange(connection, host, address)
            took.append((time.perf_counter() - begin) * 1000)
            failed += status not in right
            if not keep:
                connection.close()
                connection = socket.create_connection((host, port))
    finally:
        connection.close()
    return took, failed


def _exchange(connection: socket.socket, host: str, address: str) -> tuple[int, bool]:
    """Status of the answer, and whether the connection may be used again."""
    connection.sendall(f"GET {address} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\n\r\n".encode())
    held = b""
    while b"\r\n\r\n" not in held:
        held += _more(connection)
    head, _, body = held.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    length = int(fields[b"content-length"])
    received = len(body)
    while received < length:
        received += len(_more(connection))
    return int(head.split(b" ", 2)[1]), fields.get(b"connection") != b"close"


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(262_144)
    if not part:
        raise ConnectionError("the server closed the connection in the middle of an answer")
    return part
