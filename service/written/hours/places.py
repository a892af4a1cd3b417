"""Knows when one cell holds the hours of several places."""

from __future__ import annotations

import re
from functools import cache

from service.config import DATA
from service.geo.tables import rows_of
from service.written.words import fold

_NAME_BEFORE_COLON = re.compile(r"(?:^|[;,/|\n.(]|\s-\s)\s*([^\W\d_][^;,/|\n:.()\d]{2,40}?)\s*:")
_TABLES = {"municipalities.csv": ("name_nl", "name_fr"), "districts.csv": ("name_nl", "name_fr")}


def names_several_places(text: str) -> bool:
    """Whether two or more municipalities or districts head a part of the text each."""
    if text.count(":") < 2:
        return False
    heads = {fold(name) for name in _NAME_BEFORE_COLON.findall(text)}
    return len(heads & _known()) > 1


@cache
def _known() -> frozenset[str]:
    names = [
        row[column]
        for table, columns in _TABLES.items()
        for row in rows_of(DATA / "places" / table)
        for column in columns
    ]
    return frozenset(fold(name) for name in names if name)
