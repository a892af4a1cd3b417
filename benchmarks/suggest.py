"""Measures suggestions while typing on a catalogue that is there: processor time per letter, in one process.

usage: python -m benchmarks.suggest [--home var/bench] [--words 150]
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from flask.testing import FlaskClient

from service.app import create_app
from service.config import Settings
from service.geo.places import gazetteer
from service.model import terms

FEWEST_LETTERS = 2


def main() -> None:
    """Type needs, places and names of organizations letter by letter, a third of them with a slip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("var/bench"))
    parser.add_argument("--words", type=int, default=150)
    asked = parser.parse_args()
    client = create_app(Settings(home=asked.home)).test_client()
    random = np.random.default_rng(6)
    organizations = sorted({each["organization"] for each in _some_results(client)})
    kinds = {
        "needs": [need.label("nl") for need in terms.needs().values()],
        "places": sorted({place.name("nl") for place in gazetteer().places.values()}),
        "organizations": organizations,
    }
    for kind, names in kinds.items():
        chosen = random.choice(names, min(asked.words, len(names)), replace=False)
        spent = [_cpu_ms(client, typed) for typed in _typed(chosen, random)]
        p50, p95, most = np.percentile(spent, [50, 95, 100])
        told = {"cpu_p50_ms": p50, "cpu_p95_ms": p95, "cpu_most_ms": most}
        figures = {name: round(float(value), 1) for name, value in told.items()}
        print(json.dumps({"typed": kind, "letters": len(spent)} | figures))


def _some_results(client: FlaskClient) -> Iterator[dict[str, str]]:
    for page in range(1, 9):
        yield from client.get(f"/api/v1/search?per_page=50&page={page}").get_json()["results"]


def _typed(names: np.ndarray, random: np.random.Generator) -> Iterator[str]:
    for number, name in enumerate(names):
        word = str(name)
        if number % 3 == 0 and len(word) > 4:
            at = int(random.integers(2, len(word) - 1))
            word = word[:at] + word[at + 1 :]
        for end in range(FEWEST_LETTERS, min(len(word), 24) + 1):
            yield word[:end]


def _cpu_ms(client: FlaskClient, typed: str) -> float:
    begin = time.process_time()
    answer = client.post("/api/v1/suggest", data={"q": typed, "lang": "nl", "field": "question"})
    spent = (time.process_time() - begin) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{typed!r}: {answer.status_code}")
    return spent


if __name__ == "__main__":
    main()
