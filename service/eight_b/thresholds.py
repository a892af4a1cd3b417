"""The numbers of the screen, each with its reason, from data/taxonomy/thresholds.csv."""

from __future__ import annotations

import csv
from functools import cache

from service.config import DATA


@cache
def threshold(name: str) -> float:
    """One number by its name. Raises KeyError for a name that is not in the file."""
    with (DATA / "taxonomy" / "thresholds.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: float(row["value"]) for row in csv.DictReader(file)}[name]
