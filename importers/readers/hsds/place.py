"""Reads an address of any country: street, town with its state, postal code, country, point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale

from importers.entry import Cell, Note
from importers.readers.hsds.staging import Item
from service.config import DATA
from service.geo.tables import rows_of

_US_STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "DC",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "PR",
        "GU",
        "VI",
        "AS",
        "MP",
    ]
)
_CANADA = frozenset(["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"])
_FORMS = (
    ("GB", re.compile(r"(GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})", re.IGNORECASE)),
    ("CA", re.compile(r"[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d", re.IGNORECASE)),
)
"""Postal codes whose form no other country has (Universal Postal Union, addressing systems)."""
_ZIP = re.compile(r"\d{5}(-\d{4})?")
_POSTAL_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{2,9}")
_SECRET = re.compile(
    r"\W*(confidential|undisclosed|private|secret|geheim(e)?|vertrouwelijk"
    r"|(adresse )?confidentiel(le)?)"
    r"(\W+(address|location|adres|site|shelter|place))?\W*",
    re.IGNORECASE,
)
_BELGIAN_STREET = re.compile(
    r"(?P<street>\D+?),?\s+(?P<number>\d+\s?[a-zA-Z]?(?:[-/]\d+)?)(?:\s*(?:bus|bte|boîte|box)\s*(?P<box>\w+))?"
)


def country_of(address: Item) -> str | None:
    """The country that an address is in, by its name or code, its state, or the form of its postal code."""
    said = address.get("country")
    if said:
        return said.upper() if len(said) == 2 and said.isalpha() else _countries().get(said.casefold())
    code, state = address.get("postal_code"), address.get("state_province").upper()
    for country, form in _FORMS:
        if form.fullmatch(code):
            return country
    if _is_belgian(code, address.get("city")):
        return "BE"
    if state in _US_STATES and (not code or _ZIP.fullmatch(code)):
        return "US"
    return "CA" if state in _CANADA and not code else None


def _is_belgian(code: str, city: str) -> bool:
    return city.casefold() in _belgian_towns().get(code, ())


@cache
def _belgian_towns() -> Mapping[str, frozenset[str]]:
    """The names that a town of each postal code of Brussels and Flanders goes by."""
    names = {
        row["nis"]: (row["name_nl"], row["name_fr"])
        for row in rows_of(DATA / "places" / "municipalities.csv")
    }
    found: dict[str, frozenset[str]] = {}
    for row in rows_of(DATA / "places" / "postal_codes.csv"):
        towns = [*names[row["nis"]], *row["localities_nl"].split(";"), *row["localities_fr"].split(";")]
        code = row["postal_code"]
        found[code] = found.get(code, frozenset()) | {town.casefold() for town in towns if town}
    return found


@cache
def _countries() -> Mapping[str, str]:
    """Names of countries in the languages of Belgium, English and Spanish, with some that people write."""
    found = {"usa": "US", "u.s.a.": "US", "u.s.": "US", "uk": "GB", "england": "GB", "scotland": "GB",
             "wales": "GB", "northern ireland": "GB", "great britain": "GB", "holland": "NL"}  # fmt: skip
    for language in ("en", "nl", "fr", "de", "es"):
        names = Locale(language).territories
        found |= {name.casefold(): code for code, name in names.items() if len(code) == 2}
    return found


def is_secret(location: Item | None, address: Item | None) -> bool:
    """Whether the feed says, where a name or a street would stand, that nobody may know the address."""
    said = [location.get("name") if location else "", address.get("address_1") if address else ""]
    return any(_SECRET.fullmatch(text) for text in said)


def place_cells(
    location: Item, address: Item | None, country: str | None, notes: list[Note]
) -> Iterator[tuple[str, Cell]]:
    """The fields of a place; ``country`` is where it lies, as far as it can be told."""
    point = _point(location, notes)
    if point:
        yield "location.point", point
    if country:
        yield "address.country", country
    if address is None:
        return
    yield from _street(address, country)
    town = [address.get("city") or address.get("region")]
    state = address.get("state_province")
    if state and country != "BE":
        town.append(state)
    code = address.get("postal_code")
    # Four digits without a country would be taken for a Belgian code.
    is_code = bool(_POSTAL_CODE.fullmatch(code)) and not (country is None and len(code) == 4)
    if is_code:
        yield "address.postal_code", code
    elif code:
        town.append(code)
    if any(town):
        yield "address.city", ", ".join(filter(None, town))


def _street(address: Item, country: str | None) -> Iterator[tuple[str, Cell]]:
    lines = [address.get(f"address_{number}") for number in range(1, 5)]
    street = ", ".join(filter(None, lines))
    parts = _BELGIAN_STREET.fullmatch(street) if country == "BE" else None
    if parts is None:
        yield "address.street", street
        return
    yield "address.street", parts["street"]
    yield "address.house_number", parts["number"]
    yield "address.box", parts["box"] or ""


def _point(location: Item, notes: list[Note]) -> str:
    lat, lon = location.get("latitude"), location.get("longitude")
    if not lat and not lon:
        return ""
    try:
        numbers = float(lat), float(lon)
    except ValueError:
        numbers = None
    reason = ""
    if numbers is None or not (-90 <= numbers[0] <= 90 and -180 <= numbers[1] <= 180):
        reason = "is not a point on the earth"
    elif numbers == (0, 0):
        reason = "is the point 0, 0 in the sea, which stands for none"
    if reason:
        notes.append(Note(location.file, location.row, "latitude", f"{lat}, {lon}", reason, "degrees"))
        return ""
    return f"{lat} {lon}"
