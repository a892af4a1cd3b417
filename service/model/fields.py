"""The one table of everything a listing can say: path, type, how it repeats, how it ages, where it goes."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from service.config import DATA
from service.errors import BadValue

LANGUAGES = ("nl", "fr", "de", "en", "ar", "tr", "uk", "es", "pl", "ro")
"""The languages that people of Brussels and Flanders are answered in."""


class FieldKey(NamedTuple):
    """What a claim is about: a field and, for texts, a language (None: the source did not say which)."""

    path: str
    language: str | None = None

    def __str__(self) -> str:
        return f"{self.path}@{self.language}" if self.language else self.path


@dataclass(frozen=True, slots=True)
class Field:
    """One row of ``data/taxonomy/fields.csv``.

    ``ages`` is how fast the fact grows old: slow, hours, or intake and wait, which expire (thresholds
    ``intake_days`` and ``wait_days``); ``hsds`` names its place in HSDS 3.1;
    ``index`` names the column of the search index that it feeds, empty when it is not searched.
    """

    path: str
    type: str
    many: bool
    per_language: bool
    ages: str
    hsds: str
    index: str
    labels: Mapping[str, str]


@cache
def fields() -> Mapping[str, Field]:
    """Every field of a listing by its path, in reading order."""
    with (DATA / "taxonomy" / "fields.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: _field(row) for row in csv.DictReader(file)}


def parse_key(text: str) -> FieldKey:
    """Read ``path`` or ``path@language``.

    Raises BadValue for an unknown field, an unknown language, or a language on a field that has none.
    """
    path, _, language = text.partition("@")
    field = fields().get(path)
    if field is None:
        raise BadValue(path, text, "is not a field of a listing", "one of " + ", ".join(fields()))
    if language and not field.per_language:
        raise BadValue(path, text, "does not differ by language", f"write {path}")
    if language and language not in LANGUAGES:
        raise BadValue(path, text, "has an unknown language", "one of " + ", ".join(LANGUAGES))
    return FieldKey(path, language or None)


def _field(row: Mapping[str, str]) -> Field:
    labels = {key.removeprefix("label_"): text for key, text in row.items() if key.startswith("label_")}
    return Field(
        row["path"],
        row["type"],
        row["many"] == "yes",
        row["per_language"] == "yes",
        row["ages"],
        row["hsds"],
        row["index"],
        labels,
    )
