"""Clean-up of addresses: the postal code as written in Belgium, and whether it fits the municipality."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from importers.clean.step import Doubt, Draft
from service.config import DATA
from service.geo.tables import rows_of
from service.model.fields import FieldKey

_POSTAL_CODE = FieldKey("address.postal_code")
_MUNICIPALITY = FieldKey("address.municipality")
_COUNTRY = FieldKey("address.country")
_BELGIAN = re.compile(r"(?:be?|b-be)[ -]*(\d{4})", re.IGNORECASE)


def postal_code(_kind: str, text: str) -> str:
    """B-1080 and BE 1080 are 1080."""
    found = _BELGIAN.fullmatch(text)
    return found.group(1) if found else text


def doubt_postal_code(draft: Draft) -> bool:
    """Doubt a postal code outside the municipality; which of the two is wrong is not ours to say."""
    said = draft.values.get(_POSTAL_CODE)
    nis = draft.values.get(_MUNICIPALITY)
    if not isinstance(said, str) or not isinstance(nis, str) or draft.values.get(_COUNTRY, "BE") != "BE":
        return False
    possible = _municipalities().get(said)
    if possible is None:
        reason = f"{said} is no postal code of Brussels or Flanders, and {_name(nis)} is a municipality there"
        draft.doubts.append(Doubt(_POSTAL_CODE, reason))
    elif nis not in possible:
        where = " or ".join(_name(each) for each in possible)
        reason = f"{said} does not lie in {_name(nis)}"
        draft.doubts.append(Doubt(_POSTAL_CODE, reason, f"{said} lies in {where}"))
    return False


@cache
def _municipalities() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows_of(DATA / "places" / "postal_codes.csv"):
        found[row["postal_code"]] = (*found.get(row["postal_code"], ()), row["nis"])
    return found


def _name(nis: str) -> str:
    return f"{_names().get(nis, 'an unknown municipality')} ({nis})"


@cache
def _names() -> Mapping[str, str]:
    return {row["nis"]: row["name_nl"] for row in rows_of(DATA / "places" / "municipalities.csv")}
