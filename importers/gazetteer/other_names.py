"""Names in other languages and scripts, from the alternate names of GeoNames."""

from __future__ import annotations

import re

from importers.gazetteer.geonames import Entry, Finder
from service.geo.names import fold
from service.geo.tables import Row, split

COLUMNS = ("place", "name", "language", "use", "source", "as_of", "confidence")
LARGE = 15_000
"""Inhabitants from which names in Latin letters are taken: those of smaller places are misspellings."""
# Shorter names meet ordinary words of some language (Gante and gente, Halen and the Arabic for now):
# those that people do use stand in names.csv.
_ARABIC = re.compile(r"^[\u0621-\u064a\u0660-\u06d3 \u200c-]{5,}$")
_CYRILLIC = re.compile(r"^[\u0400-\u04ff' -]{5,}$")
_LATIN = re.compile(r"^[A-ZÀ-ŽȘȚ][a-zà-žșț-]{5,}$")


def other_names(tables: dict[str, list[Row]], finder: Finder, own: set[str]) -> list[Row]:
    """A row for each alternate name of each municipality, former municipality and district.

    ``own`` holds the folded names that the tables have already: they are left as they are.
    """
    found: list[Row] = []
    kinds = (
        ("municipality", "municipalities", "nis"),
        ("former_municipality", "former_municipalities", "old_nis"),
        ("district", "districts", "id"),
    )
    taken: set[int] = set()
    for kind, table, code in kinds:
        for row in tables[table]:
            names = [row["name_nl"], row["name_fr"], *split(row.get("aliases", ""))]
            entry = finder.find(names, row["nis"])
            if entry and entry.id not in taken:
                taken.add(entry.id)
                found += [_row(f"{kind}-{row[code]}", name) for name in _wanted(entry, own)]
    return found


def _wanted(entry: Entry, own: set[str]) -> list[str]:
    kept: dict[str, str] = {}
    for name in entry.names:
        is_other_script = _ARABIC.match(name) or _CYRILLIC.match(name)
        if (is_other_script or (_LATIN.match(name) and entry.population >= LARGE)) and fold(name) not in own:
            kept.setdefault(fold(name), name)
    return sorted(kept.values())


def _row(place: str, name: str) -> Row:
    script = "arab" if _ARABIC.match(name) else "cyrl" if _CYRILLIC.match(name) else "latn"
    return {
        "place": place, "name": name, "language": f"und-{script}", "use": "variant",
        "source": "geonames", "as_of": "2026-10", "confidence": "medium",
    }  # fmt: skip
