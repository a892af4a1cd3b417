"""Measures the HSDS API on a catalogue that is there: pages of services, and all of them as one stream.

usage: python -m benchmarks.hsds [--home var/bench] [--requests 200]
"""

from __future__ import annotations

import argparse
import http.client
import json
import time
from pathlib import Path

import numpy as np

from benchmarks.server import HOST, serving

BASE = "/hsds/v3"
PER_PAGE = 50


def main() -> None:
    """Ask pages spread over the whole catalogue, by number and by cursor, then every service whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("var/bench"))
    parser.add_argument("--requests", type=int, default=200)
    asked = parser.parse_args()
    with serving({"NABIJ_HOME": str(asked.home), "NABIJ_WORKERS": "1"}, f"{BASE}/status") as server:
        connection = http.client.HTTPConnection(HOST, server.port, timeout=300)
        total = json.loads(_get(connection, f"{BASE}/services?per_page=1")[1])["total_items"]
        pages = max(1, total // PER_PAGE)
        numbers = np.random.default_rng(20).integers(1, pages + 1, asked.requests)
        for name, query in (("pages", ""), ("pages, whole", "&full=true")):
            paths = [f"{BASE}/services?per_page={PER_PAGE}&page={number}{query}" for number in numbers]
            before = server.cpu_s()
            times = [_get(connection, path)[0] for path in paths]
            cpu_ms = (server.cpu_s() - before) * 1000 / len(paths)
            p50, p95 = np.percentile(times, [50, 95])
            _say(name, total, p50_ms=p50, p95_ms=p95, cpu_ms=cpu_ms)
        for name, query in (("stream", ""), ("stream, whole", "&full=true")):
            before, cpu_before = server.rss_mb(), server.cpu_s()
            seconds, size = _stream(connection, f"{BASE}/services?format=ndjson{query}")
            spent = {"seconds": seconds, "cpu_s": server.cpu_s() - cpu_before}
            _say(name, total, **spent, mb=size / 1e6, grown_mb=server.rss_mb() - before)


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[float, bytes]:
    """Milliseconds until the whole answer is here, and the answer."""
    begin = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{path}: {response.status}")
    return (time.perf_counter() - begin) * 1000, body


def _stream(connection: http.client.HTTPConnection, path: str) -> tuple[float, int]:
    """Seconds until the last line, and bytes."""
    begin, size = time.perf_counter(), 0
    connection.request("GET", path)
    response = connection.getresponse()
    while part := response.read(1 << 16):
        size += len(part)
    return time.perf_counter() - begin, size


def _say(scenario: str, listings: int, **figures: float) -> None:
    rounded = {name: round(float(value), 1) for name, value in figures.items()}
    print(json.dumps({"scenario": f"hsds {scenario}", "listings": listings, **rounded}), flush=True)


if __name__ == "__main__":
    main()
