"""Made listings in named towns, and the search over them with the real engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from service.catalogue.public import public
from service.geo.places import gazetteer
from service.model.dates import PartialDate
from service.model.listing import Listing, Location, Organization, Service
from service.search.engine.fts5.reader import Fts5Engine
from service.search.engine.fts5.writer import Fts5Writer
from service.search.index.document import document
from service.search.query.criteria import read
from service.search.query.run import SearchService
from service.search.understand.understand import Understanding
from service.search.words.analyse import Analyser
from service.search.words.lexicon import Lexicon

TODAY = date(2026, 11, 24)


@cache
def analyser(home: Path) -> Analyser:
    """One for all tests: it takes a second to read."""
    return Analyser(Lexicon(home))


@cache
def understanding(words: Analyser) -> Understanding:
    """One for all tests, as it never changes."""
    return Understanding(words, gazetteer())


def listing(
    name, town=None, *, north_m=0, hidden=False, said_on="2026-06-01", needs=("food.parcel",), **facts
):
    """A listing called ``name``; in a town it lies ``north_m`` metres north of that town's point.

    Further facts go to the field of that name of the service or of the listing.
    """
    key = uuid5(NAMESPACE_URL, name)
    location = None
    if town:
        place = gazetteer().lookup(town).place
        location = Location(
            id=key,
            street={"und": "Kerkstraat"},
            house_number="1",
            postal_code=place.postal_code,
            municipality=place.nis,
            lat=place.point.lat + north_m / 111_195,
            lon=place.point.lon,
            precision="exact",
            hidden=hidden,
            wheelchair=facts.pop("wheelchair", None),
        )
    known = set(Service.__dataclass_fields__)
    of_service = {field: value for field, value in facts.items() if field in known}
    rest = {field: value for field, value in facts.items() if field not in known}
    defaults = {"channels": ("on_site",) if town else ("phone",), "readiness": "ready"}
    service = Service(id=key, name={"nl": name}, needs=tuple(needs), **(defaults | of_service))
    made = Listing(
        id=key,
        organization=Organization(id=key, name=f"Organisatie van {name}"),
        service=service,
        location=location,
        zones=gazetteer().municipality(location.municipality).zones if location else (),
        said_on=PartialDate.parse(said_on) if said_on else None,
    )
    return replace(made, **rest)


class Town:
    """The search over some listings."""

    def __init__(self, folder: Path, words: Analyser, listings) -> None:
        self.writer = Fts5Writer(folder)
        made = (public(each) for each in listings)
        self.documents = [document(each, words.document_terms, TODAY) for each in made]
        self.writer.build(self.documents, 0)
        self.service = SearchService(Fts5Engine(folder), gazetteer(), words, understanding(words))

    def search(self, now, **parameters):
        """The results for parameters as a URL has them; a list repeats one."""
        pairs = []
        for name, value in parameters.items():
            pairs += [(name, str(one)) for one in (value if isinstance(value, list) else [value])]
        return self.service.search(read(pairs, strict=True), now)

    def names(self, now, **parameters):
        """The names of the results in their order."""
        return [result.service for result in self.search(now, **parameters).results]
