"""In which language, or which two, a provider is written to."""

from __future__ import annotations

from collections.abc import Iterable

from service.geo.places import gazetteer
from service.model.listing import Listing

_OF_REGION = {"flanders": ("nl",), "wallonia": ("fr",)}
_BOTH = ("nl", "fr")


def languages_of(listing: Listing) -> tuple[str, ...]:
    """That of the region; in Brussels, or where no place is known, the one that they write in, else both."""
    place = listing.location
    town = gazetteer().municipality(place.municipality) if place and place.municipality else None
    if town is not None and town.region in _OF_REGION:
        return _OF_REGION[town.region]
    written = [code for code in _BOTH if listing.service.name.get(code)]
    return tuple(written) if len(written) == 1 else _BOTH


def languages_of_all(listings: Iterable[Listing]) -> tuple[str, ...]:
    """Those of several listings in one letter, each once."""
    found = {code for listing in listings for code in languages_of(listing)}
    return tuple(code for code in _BOTH if code in found)
