"""What of a listing with a hidden address may leave the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from service.model.listing import Listing, Location
from service.model.provenance import Provenance

_SECRET = (
    "address.street", "address.house_number", "address.box", "address.postal_code", "address.city",
    "location.point", "location.entrance_photo",
)  # fmt: skip
_WEBSITES = ("contact.website", "organization.website")


def public(listing: Listing) -> Listing:
    """The listing as everybody may see it; one without a hidden address as it is.

    Of a hidden address the municipality is all that is left (the town as the source names it only where no
    municipality is known). A website is left when a person stated it, not when a source did. Sources keep
    their date and are not named: their page would show the address. Zones and texts stay.
    """
    if listing.location is None or not listing.location.hidden:
        return listing
    who = listing.provenance
    organization = listing.organization
    if not _is_stated("organization.website", who):
        organization = replace(organization, website=None)
    return replace(
        listing,
        organization=organization,
        location=_without_place(listing.location),
        website=listing.website if _is_stated("contact.website", who) else None,
        source_ids=(),
        provenance=_without_sources(who, listing.location.municipality is not None),
        facts={path: value for path, value in listing.facts.items() if path not in _SECRET},
    )


def is_secret(key: str, who: Provenance) -> bool:
    """Whether a claim about a hidden listing stays inside."""
    path = key.partition("@")[0]
    return path in _SECRET or (path in _WEBSITES and who.kind != "edit")


def nameless(who: Provenance) -> Provenance:
    """The provenance without naming the source."""
    if who.kind != "source":
        return who
    return replace(who, speaker="", url=None, licence=None, source_id=None)


def _is_stated(path: str, provenance: Mapping[str, Provenance]) -> bool:
    return path in provenance and provenance[path].kind == "edit"


def _without_place(location: Location) -> Location:
    return Location(
        id=location.id,
        municipality=location.municipality,
        city=None if location.municipality else location.city,
        country=location.country,
        precision="hidden",
        hidden=True,
        wheelchair=location.wheelchair,
    )


def _without_sources(provenance: Mapping[str, Provenance], has_municipality: bool) -> dict[str, Provenance]:
    return {
        key: nameless(who)
        for key, who in provenance.items()
        if not is_secret(key, who) or (key == "address.city" and not has_municipality)
    }
