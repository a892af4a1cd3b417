"""The closed lists that values come from: needs, themes and the coded values, with their labels."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from service.config import DATA


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a closed list; ``labels`` are by language code, ``parent`` is a need's theme."""

    code: str
    labels: Mapping[str, str]
    parent: str | None = None
    scope: str = ""

    def label(self, language: str) -> str:
        """The label in ``language``, else in English, else the code itself."""
        return self.labels.get(language) or self.labels.get("en") or self.code


@cache
def needs() -> Mapping[str, Term]:
    """The needs taxonomy by code, in its own order."""
    rows = _rows("needs.csv")
    return {r["code"]: Term(r["code"], _labels(r), r["theme"], r["scope"]) for r in rows}


@cache
def values(list_name: str) -> Mapping[str, Term]:
    """A closed list by code, in its own order. Raises KeyError for a list that does not exist."""
    found = {r["code"]: Term(r["code"], _labels(r)) for r in _rows("values.csv") if r["list"] == list_name}
    if not found:
        raise KeyError(list_name)
    return found


def themes() -> Mapping[str, Term]:
    """The thirteen themes that needs are grouped under."""
    return values("theme")


def _labels(row: Mapping[str, str]) -> dict[str, str]:
    labels = {key.removeprefix("label_"): text for key, text in row.items() if key.startswith("label_")}
    return {language: text for language, text in labels.items() if text}


@cache
def _rows(file_name: str) -> tuple[Mapping[str, str], ...]:
    with (DATA / "taxonomy" / file_name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
