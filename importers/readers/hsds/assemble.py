"""Joins the tables of a feed into entries: one for each service at each of its places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from importers.entry import Cell, Entry, Note, Refusal
from importers.readers.hsds.around import Around
from importers.readers.hsds.conditions import access
from importers.readers.hsds.contact import first_email, read_phones
from importers.readers.hsds.facts import about_service, hours, spoken, stated_terms, wheelchair
from importers.readers.hsds.home import Home
from importers.readers.hsds.paragraphs import description
from importers.readers.hsds.place import country_of, is_secret, place_cells
from importers.readers.hsds.staging import Item, Staging
from importers.readers.hsds.stated import is_looked_up, stated
from importers.readers.hsds.words import coded

_GONE = frozenset({"inactive", "defunct", "closed", "deleted", "archived", "withdrawn"})
_LETTERS_ONLY = frozenset({"postal", "virtual", "mail", "mailing"})


class Assembly:
    """The listings of a feed that is set aside; ``home`` is what holds for the whole feed."""

    def __init__(self, staging: Staging, home: Home, today: date) -> None:
        self._staging = staging
        self._home = home
        self._today = today

    def entries(self) -> Iterator[Entry | Refusal]:
        """Every service at every place of it; what cannot be joined is refused with its reason."""
        for service in self._staging.all("service"):
            yield from self._listings(service)
        for item in self._staging.without("service_at_location", "service_id", "service"):
            named = item.get("service_id")
            keys = (f"{named} {item.get('location_id')}",) if named else ()
            yield _refusal(item, "service_id", named, "service", keys)

    def _listings(self, service: Item) -> Iterator[Entry | Refusal]:
        if not service.id:
            yield Refusal(service.file, service.row, "id", "", "is empty", "an id of its own, that stays")
            return
        status = service.get("status")
        if status.casefold() in _GONE:
            reason = "says that the service is no longer given"
            yield Refusal(service.file, service.row, "status", status, reason, is_gone=True)
            return
        places = list(self._places(service))
        for at, place, lost in places:
            if place is None:
                yield _refusal(at, "location_id", lost, "location", (f"{service.id} {lost}",))
        there = {f"{service.id} {place.id}": (at, place) for at, place, _id in places if place is not None}
        organization = self._organization(service, [place for _at, place in there.values()])
        if isinstance(organization, str):
            keys = tuple(there) or (service.id,)
            yield _refusal(service, "organization_id", organization, "organization", keys)
            return
        for key, (at, place) in there.items():
            yield self._entry(key, Around(self._staging, service, organization, at, place))
        if not there:
            yield self._entry(service.id, Around(self._staging, service, organization))

    def _places(self, service: Item) -> Iterator[tuple[Item, Item | None, str]]:
        """Each place of the service, with the row and the id that name it; None where the feed has it not."""
        for at in (*self._staging.children("service_at_location", "service_id", service.id), service):
            found = [(at, self._staging.find("location", id_), id_) for id_ in at.ids("location_id")]
            is_list = any(place for _at, place, _id in found[1:]) and found[0][1] is None
            yield from found[1:] if is_list else found[:1]

    def _organization(self, service: Item, places: list[Item]) -> Item | str:
        """The organization of a service, else that of its programme or place (as HSDS 1.0 has it).

        Only the id that is named where the feed has none with it.
        """
        program = self._staging.find("program", service.get("program_id"))
        owners = [each for each in (service, program, *places) if each and each.get("organization_id")]
        named = owners[0].ids("organization_id") if owners else ()
        found = (self._staging.find("organization", each) for each in named)
        return next(filter(None, found), None) or next(iter(named), "")

    def _entry(self, key: str, around: Around) -> Entry:
        notes: list[Note] = []
        service, place, home = around.service, around.place, self._home
        address = self._address(place)
        country = (country_of(address) if address else None) or home.country
        phones = read_phones(around.nearest("phone"), country or home.dials_in, notes)
        codes, languages = spoken(around)
        chair, accessibility = wheelchair(around)
        terms = stated_terms(around)
        own = dict(stated(around, home, notes))
        secret = own.pop("address.hidden", "") == "true" or is_secret(place, address)
        told = replace(around, place=None, at=None) if secret else around
        texts = description(told, home, phones.words, terms, languages, accessibility)
        cells: dict[str, Cell] = {"address.hidden": "yes" if secret else ""}
        cells |= dict(about_service(around, home, self._today, notes))
        cells |= dict(hours(around, self._today, notes))
        cells[home.key("service.description")] = texts
        cells["service.needs"] = coded("service.needs", terms)
        cells["service.audience"] = coded("service.audience", terms)
        cells["service.languages"] = codes
        cells["phone.numbers"] = tuple(phones.numbers)
        owners = [service, *around.nearest("contact"), *filter(None, (place, around.organization))]
        cells["contact.email"] = first_email(owners)
        cells["contact.website"] = service.get("url") or (place.get("url") if place else "")
        if place is not None and place.get("location_type").casefold() not in _LETTERS_ONLY:
            cells["location.wheelchair"] = chair
            cells |= dict(access(accessibility))
            cells |= dict(place_cells(place, None if secret else address, country, notes))
            if is_looked_up(around):
                cells.pop("location.point", None)
        return Entry(service.file, service.row, key, cells | own, notes, home.language)

    def _address(self, place: Item | None) -> Item | None:
        """Where the place can be visited, which is not its address for letters."""
        rows = self._staging.children("address", "location_id", place.id) if place else []
        visited = [row for row in rows if row.get("address_type").casefold() not in _LETTERS_ONLY]
        return next(iter(visited), None)


def _refusal(item: Item, column: str, named: str, table: str, keys: tuple[str, ...]) -> Refusal:
    reason = f"is the id of no {table} in the feed" if named else "is empty"
    return Refusal(item.file, item.row, column, named, reason, f"an id of the table {table}", keys)
