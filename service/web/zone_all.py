"""All help of a zone on one page, by what it is about: to read through, to print, to keep."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Response

from service.geo.places import gazetteer
from service.i18n.labels import term_label
from service.model import terms
from service.search.engine.base import MAX_CANDIDATES
from service.search.query.criteria import Criteria
from service.search.query.result import Result
from service.web.leave import is_about_violence
from service.web.page import page
from service.web.site import Site

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Shelf:
    """The help of one theme."""

    code: str
    label: str
    offers: tuple[Result, ...]


def zone_all_page(site: Site, lang: str, zone_id: str) -> Response:
    """Every listing of a zone, with its number to call. Raises NotFound.

    Those about violence stay away: this page is made to be kept and printed, they are not.
    """
    zone = gazetteer().zones.zone(zone_id)
    asked = Criteria(lang=lang, zone=zone.id, per_page=AT_ONCE)
    found: list[Result] = []
    for number in range(1, MAX_CANDIDATES // AT_ONCE + 1):
        results = site.search(replace(asked, page=number), site.clock())
        found += results.results
        if number >= results.pages:
            break
    kept = [each for each in found if not is_about_violence(each.needs)]
    return page(
        site,
        lang,
        "zone_all.html",
        zone=zone,
        shelves=_shelves(kept, lang),
        shown=len(kept),
        left_over=results.total - len(found),
        has_left_out=len(kept) < len(found),
    )


def _shelves(offers: list[Result], lang: str) -> list[Shelf]:
    """By the theme of what they help with first, in the order of the list of themes."""
    held: dict[str, list[Result]] = {code: [] for code in terms.themes()}
    for each in offers:
        need = terms.needs().get(each.needs[0]) if each.needs else None
        theme = need.parent if need is not None else None
        held.setdefault(theme or "", []).append(each)
    return [
        Shelf(code, term_label("theme", code, lang) if code else "", tuple(_by_name(some)))
        for code, some in held.items()
        if some
    ]


def _by_name(offers: list[Result]) -> list[Result]:
    return sorted(offers, key=lambda each: each.service.casefold())
