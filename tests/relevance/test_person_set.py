"""Who asks, said in few words in ten languages: nearly all of it is understood, and not much else."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from service.config import TIMEZONE
from service.geo.places import gazetteer
from service.search.understand.understand import Understanding
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon

NOON = datetime(2026, 11, 24, 12, tzinfo=TIMEZONE)
TASTE = {"urgent", "low_income", "adult"}
FOLLOWS = {"woman", "family", "child"}
"""Groups that follow from others (a pregnancy, a child of one's own): to say so is a matter of taste."""


@pytest.fixture(scope="module")
def read(lexicon_home):
    line = Understanding(Analyser(Lexicon(lexicon_home)), gazetteer())
    with (Path(__file__).parent / "person_set.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row, line.understand(row["question"], row["language"], NOON)) for row in rows]


@pytest.mark.parametrize("kind", ["audience", "situation"])
def test_what_is_said_is_understood(read, kind):
    wanted = {(row["question"], code) for row, _ in read for code in row[kind].split(";") if code}
    found = {(row["question"], code) for row, said in read for code in getattr(said, kind)}
    recall = len(wanted & found) / len(wanted)
    print(f"{kind}: recall {recall:.3f} of {len(wanted)}")
    assert recall >= 0.95


@pytest.mark.parametrize("kind", ["audience", "situation"])
def test_not_much_else_is_understood(read, kind):
    wanted = {(row["question"], code) for row, _ in read for code in row[kind].split(";") if code}
    found = {
        (row["question"], code) for row, said in read for code in set(getattr(said, kind)) - TASTE - FOLLOWS
    }
    precision = len(wanted & found) / len(found)
    print(f"{kind}: precision {precision:.3f} of {len(found)}")
    assert precision >= 0.9
