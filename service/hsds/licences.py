"""What a licence allows: passing on, under which condition, or not at all."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from service.config import DATA

OPEN, SHARE_ALIKE, NOT_STATED, CLOSED = "open", "share_alike", "not_stated", "closed"
PARTS = (OPEN, SHARE_ALIKE, NOT_STATED)
"""What an export is divided into: what may be mixed with everything, what binds all that it is mixed with,
and facts whose licence nobody stated. What is closed is in no part."""


@dataclass(frozen=True, slots=True)
class Licence:
    """One row of ``data/taxonomy/licences.csv``; ``uri`` is empty where there is none."""

    code: str
    kind: str
    uri: str
    name: str


def licence_of(stated: str | None) -> Licence | None:
    """The licence that a source's words mean; None where nothing is stated or the words are not known."""
    return _found(stated) if stated else None


def is_closed(stated: str) -> bool:
    """Whether a licence does not allow passing on. Words that are not known are not taken for permission."""
    found = licence_of(stated)
    return found is None or found.kind == CLOSED


def part_of(stated: Iterable[str | None]) -> str:
    """The part of an export that a record belongs to, from the licences of all who speak in it."""
    kinds = {found.kind if (found := licence_of(each)) else NOT_STATED for each in stated}
    return SHARE_ALIKE if SHARE_ALIKE in kinds else NOT_STATED if NOT_STATED in kinds else OPEN


@lru_cache(maxsize=1_000)
def _found(stated: str) -> Licence | None:
    words = stated.casefold()
    return next((licence for form, licence in _table() if form.search(words)), None)


@cache
def _table() -> tuple[tuple[re.Pattern[str], Licence], ...]:
    with (DATA / "taxonomy" / "licences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple((re.compile(r["matches"]), Licence(r["code"], r["kind"], r["uri"], r["name"])) for r in rows)
