"""Which municipality a postal code and the name of a place mean, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from importers.clean.lists import DATA as WORDS
from service.config import DATA
from service.geo.tables import rows_of, split
from service.written.words import fold

BRUSSELS_CITY = "21004"
_PLACES = DATA / "places"
_WALLOON = re.compile(r"1[34]\d\d|[4-7]\d{3}")  # codes of Wallonia, which the tables do not have
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Locality:
    """What the two say together: ``problem`` where the postal code cannot be kept."""

    postal_code: str | None
    nis: str | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The municipalities that a name can mean, and the one of which it is the official name."""

    nis: frozenset[str] = frozenset()
    official: str = ""


NOWHERE = Place()


def squeeze(text: str) -> str:
    """A name as it is compared: folded, without marks, Saint and Sint written out, spaces single."""
    words = _NOT_ALNUM.sub(" ", fold(text)).split()
    return " ".join({"st": "sint", "saint": "sint", "sainte": "sint", "ste": "sint"}.get(w, w) for w in words)


@cache
def names() -> Mapping[str, Place]:
    """Names of municipalities, districts, former municipalities and localities, to their NIS codes."""
    found: dict[str, set[str]] = {}
    for table in ("municipalities", "former_municipalities", "districts"):
        for row in rows_of(_PLACES / f"{table}.csv"):
            for name in (row["name_nl"], row["name_fr"], *split(row.get("aliases", ""))):
                found.setdefault(squeeze(name), set()).add(row["nis"])
    for row in rows_of(_PLACES / "postal_codes.csv"):
        for name in (*split(row["localities_nl"]), *split(row["localities_fr"])):
            found.setdefault(squeeze(name), set()).add(row["nis"])
    for row in rows_of(_PLACES / "names.csv"):
        if row["place"].startswith("municipality-") and row["use"] == "short":
            found.setdefault(squeeze(row["name"]), set()).add(row["place"].removeprefix("municipality-"))
    for row in rows_of(WORDS / "place_words.csv"):
        found.setdefault(squeeze(row["name"]), set()).add(row["nis"])
    found.pop("", None)
    return {name: Place(frozenset(each), _official().get(name, "")) for name, each in found.items()}


@cache
def name_of(nis: str) -> str:
    """The Dutch name of a municipality."""
    return {row["nis"]: row["name_nl"] for row in rows_of(_PLACES / "municipalities.csv")}[nis]


@cache
def codes() -> Mapping[str, tuple[str, ...]]:
    """Postal code to the municipalities it lies in."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows_of(_PLACES / "postal_codes.csv"):
        found[row["postal_code"]] = (*found.get(row["postal_code"], ()), row["nis"])
    return found


@cache
def quarters() -> Mapping[str, frozenset[str]]:
    """Names of quarters to their postal codes."""
    found: dict[str, set[str]] = {}
    for row in rows_of(_PLACES / "quarters.csv"):
        for name in (row["name_nl"], row["name_fr"], *split(row["aliases"])):
            found.setdefault(squeeze(name), set()).add(row["postal_code"])
    return {name: frozenset(each) for name, each in found.items()}


def is_code(text: str) -> bool:
    """Whether it is a postal code of Brussels or Flanders."""
    return text in codes()


def agree(code: str | None, place: Place, street: str) -> Locality:
    """The postal code and municipality that a code and a named place come to.

    The name stays where they differ. Brussels is no contradiction for any of the nineteen municipalities.
    """
    name = place.nis
    if place.official and not name & set(codes().get(code or "", ())):
        name = frozenset({place.official})
    if code is None:
        return Locality(None, _only(name), "the place named could be several" if len(name) > 1 else "")
    possible = codes().get(code)
    if possible is None:
        if _WALLOON.fullmatch(code):
            return Locality(code, None, "" if not name else f"postal code {code} is not there")
        return Locality(None, _only(name), f"postal code {code} does not exist")
    both = name & set(possible)
    says_brussels = place.official == BRUSSELS_CITY and all(each.startswith("21") for each in possible)
    if len(possible) > 1 and (not name or says_brussels):
        return Locality(code, _shared(code, street))
    if len(both) == 1:
        return Locality(code, next(iter(both)))
    if not name or says_brussels:
        return Locality(code, possible[0])
    known = name_of(next(iter(name))) if len(name) == 1 else "the place named"
    there = " or ".join(name_of(each) for each in possible)
    return Locality(None, _only(name), f"postal code {code} is {there}, not {known}")


def _only(name: frozenset[str]) -> str | None:
    return next(iter(name)) if len(name) == 1 else None


@cache
def _official() -> Mapping[str, str]:
    """Municipalities by their names in nl and fr, and short forms: they go before villages so called."""
    found = {squeeze(row["name"]): row["nis"] for row in rows_of(WORDS / "place_words.csv")}
    for row in rows_of(_PLACES / "names.csv"):
        if row["place"] == f"municipality-{BRUSSELS_CITY}" and row["use"] == "short":
            found[squeeze(row["name"])] = BRUSSELS_CITY
    for row in rows_of(_PLACES / "municipalities.csv"):
        found |= {squeeze(row[column]): row["nis"] for column in ("name_nl", "name_fr")}
    return found


@cache
def _shares() -> Mapping[str, tuple[str | None, Mapping[str, str]]]:
    """For a postal code of two municipalities: the main one, and the streets that lie in the other."""
    main: dict[str, str] = {}
    streets: dict[str, dict[str, str]] = {}
    for row in rows_of(WORDS / "shared_postal_codes.csv"):
        if row["is_main"] == "yes":
            main[row["postal_code"]] = row["nis"]
        for street in split(row["streets"]):
            streets.setdefault(row["postal_code"], {})[squeeze(street)] = row["nis"]
    return {code: (nis, streets.get(code, {})) for code, nis in main.items()}


def _shared(code: str, street: str) -> str | None:
    main, streets = _shares().get(code, (None, {}))
    parts = [squeeze(part) for part in street.split("/")]
    return next((streets[part] for part in parts if part in streets), main)
