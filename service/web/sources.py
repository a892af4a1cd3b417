"""The page that says where everything comes from and how old it is."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response

from service.catalogue.freshness import PublisherFigures, freshness
from service.i18n import formats
from service.i18n.labels import term_label
from service.model import terms
from service.model.dates import PartialDate
from service.web.page import page
from service.web.site import Site

FIRST = 25  # publishers shown at once; the others stand behind a fold


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher with the span of its dates in words; empty where none of its records has a date."""

    name: str
    records: int
    span: str


def sources_page(site: Site, lang: str) -> Response:
    """Show how sure the listings are, the sources, and the publishers that they name."""
    with site.database.connect() as connection:
        held = freshness(connection)
    publishers = [_publisher(each, lang) for each in held.publishers]
    return page(
        site,
        lang,
        "sources.html",
        held=held,
        readiness=[
            (code, term_label("readiness", code, lang), held.readiness.get(code, 0))
            for code in terms.values("readiness")
        ],
        first=publishers[:FIRST],
        others=publishers[FIRST:],
    )


def _publisher(held: PublisherFigures, lang: str) -> Publisher:
    dates = [
        formats.partial_date(PartialDate.parse(text), lang) for text in (held.oldest, held.newest) if text
    ]
    return Publisher(held.name, held.records, " – ".join(dict.fromkeys(dates)))
