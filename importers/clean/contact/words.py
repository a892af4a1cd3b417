"""The lists of words that people write in contact cells, folded for comparison."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from importers.clean.lists import DATA
from service.geo.tables import rows_of, split
from service.written.words import fold, unmangled

_SPACES = re.compile(r"\s+")


def tidy(text: str) -> str:
    """The cell with its letters put right, entities read, single spaces, and no quotes around it."""
    text = unmangled(text).replace("\u00a0", " ").replace("\u202f", " ").replace("\u200b", "")
    text = text.replace("\u2019", "'").replace("\r", "\n")
    return _SPACES.sub(" ", text.replace("\n", " \n ")).strip(" \t'\"") if "\n" not in text else _lines(text)


def _lines(text: str) -> str:
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line).strip(" \t'\"")


@cache
def phrases(table: str, *kinds: str) -> tuple[str, ...]:
    """The folded words of these kinds in a table, the longest first."""
    found = [
        fold(word)
        for row in rows_of(DATA / f"{table}.csv")
        if row["kind"] in kinds
        for word in split(row["words"])
    ]
    return tuple(sorted(dict.fromkeys(found), key=len, reverse=True))


@cache
def pattern(table: str, *kinds: str) -> re.Pattern[str]:
    """Finds any of these words as a word of its own in a folded text."""
    words = "|".join(re.escape(word) for word in phrases(table, *kinds))
    return re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])")


@cache
def _nothing() -> Mapping[str, frozenset[str]]:
    rows = rows_of(DATA / "nothing_words.csv")
    return {row["field"]: frozenset(fold(word) for word in split(row["words"])) for row in rows}


def is_nothing(field: str, text: str) -> bool:
    """Whether the cell is empty or holds a word for nothing."""
    folded = fold(text).strip(" .!()[]")
    words = _nothing()["any"] | _nothing().get(field, frozenset())
    return not folded or folded in words or fold(text).strip() in words
