"""The conditions of help that HSDS has a place for: room, waiting, papers, interpreters, parts of access."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from importers.entry import Cell, without_repeats
from importers.readers.hsds.around import Around
from importers.readers.hsds.staging import Item
from importers.readers.hsds.weekly import date_of
from importers.readers.hsds.words import coded

_COUNT = re.compile(r"(\d{1,6})(?:\.0+)?")
_SPAN = re.compile(r"(\d{1,3}) (\w+)")
_ITEMS = re.compile(r"\s*[,;|\n]\s*")
_PARTS = ("location.lift", "location.toilet", "location.parking", "location.pram")


def conditions(around: Around, said_on: str) -> Iterator[tuple[str, Cell]]:
    """What is told under which condition help is given; ``said_on`` is the day of the record, if known."""
    service = around.service
    yield from _room(around.of_service("service_capacity"), said_on)
    yield "service.wait_start", _days(service.get("wait_time"))
    yield "service.documents", _all_coded("service.documents", documents(around))
    yield "service.interpreter", _all_coded("service.interpreter", [service.get("interpretation_services")])
    ways = [service.get("application_process"), *_ITEMS.split(service.get("attending_access"))]
    yield "service.referral_required", _one("service.referral_required", ways)
    yield (
        "organization.legal_form",
        _one("organization.legal_form", [around.organization.get("legal_status")]),
    )
    accredited = [service.get("accreditations"), around.organization.get("accreditations")]
    yield "organization.recognised_by", next((text for text in accredited if is_told(text)), "")


def access(texts: Sequence[str]) -> Iterator[tuple[str, Cell]]:
    """The parts of a place that can be used without steps, where a whole text says just that."""
    for field in _PARTS:
        yield field, _one(field, texts)


def documents(around: Around) -> list[str]:
    """What one brings along, each in the words of the feed."""
    listed = _ITEMS.split(around.service.get("documents").strip(" []{}"))
    said = [row.get("document") for row in around.of_service("required_document")]
    return list(without_repeats([*said, *listed]))


def is_told(text: str) -> bool:
    """Whether a text says more than that there is nothing to say."""
    return text.strip(" .").casefold() not in _NOTHING


def _room(rows: Sequence[Item], said_on: str) -> Iterator[tuple[str, Cell]]:
    """Places, where one row counts them. How many are free only where that is as recent as the record:
    there is one date for all that it says."""
    if len(rows) != 1:
        return
    maximum, available = (_COUNT.fullmatch(rows[0].get(name)) for name in ("maximum", "available"))
    yield "service.places", maximum[1] if maximum else ""
    updated = date_of(rows[0].get("updated"))
    if available and updated and said_on and updated.isoformat() >= said_on:
        yield "service.places_free", available[1]


def _days(text: str) -> str:
    """A waiting time that is one number of days or weeks; "2 to 3 weeks" stays words."""
    if none := coded("service.wait_start", [text]):
        return none[0]
    span = _SPAN.fullmatch(text.strip(" .").casefold())
    unit = coded("days_in", [span[2]]) if span else ()
    return str(int(span[1]) * int(unit[0])) if span and unit else ""


def _all_coded(field: str, texts: Sequence[str]) -> tuple[str, ...]:
    """The codes, where every text has one: a list that is not whole would say that the rest is not asked."""
    told = [text for text in texts if is_told(text)]
    found = [coded(field, [text]) for text in told]
    return tuple(dict.fromkeys(code for codes in found for code in codes)) if all(found) else ()


def _one(field: str, texts: Sequence[str]) -> str:
    codes = coded(field, texts)
    return codes[0] if len(codes) == 1 else ""


_NOTHING = frozenset({"", "none", "n/a", "na", "null", "no", "geen", "aucun", "aucune", "keine"})
