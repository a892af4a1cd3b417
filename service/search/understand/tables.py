"""The word lists of understanding, read from the files beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from service.model import terms
from service.search.understand.phrases import Phrase

FOLDER = Path(__file__).parent / "data"
LANGUAGES = ("nl", "fr", "en", "de")
_LABEL_WEIGHT = 3.0
_SCOPE_WEIGHT = 2.0
_LONGEST_SCOPE = 5  # words; a longer piece of a scope is a sentence about it, no name for it


def need_phrases() -> Iterator[Phrase]:
    """What names or suggests a need: its labels, its scope, and the terms people use."""
    for need in terms.needs().values():
        for language, label in need.labels.items():
            yield Phrase(label, need.code, language, _LABEL_WEIGHT)
        for part in need.scope.replace(":", ",").replace(" or ", ",").split(","):
            if 0 < len(part.split()) <= _LONGEST_SCOPE:
                yield Phrase(part.strip(), need.code, "en", _SCOPE_WEIGHT)
    for language in LANGUAGES:
        for row in rows(f"terms_{language}.csv"):
            for text in split(row["terms"]):
                yield Phrase(text, row["need"], language, float(row["weight"]))


def sign_rows() -> Iterator[dict[str, str]]:
    """The patterns of the signs about the person, of every language."""
    for path in sorted((FOLDER / "person").glob("*.csv")):
        for row in rows(f"person/{path.name}"):
            yield row | {"language": path.stem}


def rows(file_name: str) -> list[dict[str, str]]:
    """The rows of one of the files."""
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> list[str]:
    """The phrases of a cell, which are divided by semicolons."""
    return [text.strip() for text in cell.split(";") if text.strip()]
