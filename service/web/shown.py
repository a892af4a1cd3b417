"""A listing in words for the pages that show it: its own page, a comparison, a list."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from service.catalogue.listings import Found, read_listing
from service.errors import NotFound
from service.geo.places import gazetteer
from service.model.listing import Location, Texts, pick_text
from service.web.cards import route
from service.web.site import Site


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a listing; ``language`` is named where it is known and another than the reader's."""

    text: str
    language: str | None

    @property
    def paragraphs(self) -> list[str]:
        """Its paragraphs, without empty ones."""
        return [part.strip() for part in self.text.split("\n") if part.strip()]


def passage(texts: Texts, lang: str) -> Passage:
    """The text for a reader, with its language where that is another than theirs."""
    text, language = pick_text(texts, lang)
    return Passage(text, None if language == lang else language)


def find(site: Site, listing_id: str) -> Found:
    """The listing with this id or alias. Raises NotFound."""
    try:
        wanted = UUID(listing_id)
    except ValueError:
        raise NotFound("There is no such listing.") from None
    with site.database.connect() as connection:
        found = read_listing(connection, wanted, now=site.clock())
    if found is None:
        raise NotFound("There is no such listing.")
    return found


def find_those(site: Site, ids: list[str]) -> list[Found]:
    """The listings with these ids, each once and in this order; those that are not there are left out."""
    found: dict[UUID, Found] = {}
    for each in ids:
        try:
            one = find(site, each)
        except NotFound:
            continue
        found.setdefault(one.listing.id, one)
    return list(found.values())


def street(place: Location | None, lang: str) -> str:
    """Street, number and box; empty where nobody said or it stays secret."""
    if place is None:
        return ""
    name, _language = pick_text(place.street, lang)
    line = " ".join(part for part in (name, place.house_number) if part)
    return f"{line} / {place.box}" if line and place.box else line


def town(place: Location | None, lang: str) -> str:
    """The municipality, else the town as the source names it."""
    if place is None:
        return ""
    known = gazetteer().municipality(place.municipality) if place.municipality else None
    return known.name(lang) if known else place.city or ""


def route_to(place: Location | None, lang: str) -> str:
    """Where a route can be asked; empty where no street is known."""
    line = street(place, lang)
    if place is None or not line:
        return ""
    point = None
    if place.precision == "exact" and place.lat is not None and place.lon is not None:
        point = (place.lat, place.lon)
    return route(f"{line}, {place.postal_code or ''} {town(place, lang)}".strip(), point)
