"""The care zones: which there are, where they lie, and what help each has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response

from service.catalogue.composition import zone_book_of
from service.geo.places import gazetteer
from service.geo.zone_parts import ZonePart
from service.geo.zones import Zone
from service.i18n.labels import term_label
from service.model import terms
from service.search.query.criteria import Criteria
from service.search.query.result import Results
from service.web import choices
from service.web.map import map_values
from service.web.page import page
from service.web.site import Site


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality of a zone; ``postal_codes`` when only a part of it belongs to the zone."""

    nis: str
    name: str
    postal_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many listings help with one theme or need."""

    code: str
    label: str
    count: int


def zones_page(site: Site, lang: str) -> Response:
    """All zones by name, with how many listings lie in each."""
    everything = site.search(Criteria(lang=lang, per_page=1), site.clock())
    return page(
        site,
        lang,
        "zones.html",
        groups=choices.zone_groups(lang),
        counts=everything.facets.get("zone", {}),
        **map_values(site, (), None),
    )


def zone_page(site: Site, lang: str, zone_id: str) -> Response:
    """One zone: its help by need, its municipalities and its outline. Raises NotFound."""
    zone = gazetteer().zones.zone(zone_id)
    found = site.search(Criteria(lang=lang, zone=zone.id, per_page=1), site.clock())
    return page(
        site,
        lang,
        "zone.html",
        zone=zone,
        total=found.total,
        themes=_counts("theme", found, lang),
        needs=_needs_by_theme(found, lang),
        towns=_towns(site, zone, lang),
        as_of=zone.as_of,
        **map_values(site, (), None, zone.id),
    )


def _facet(found: Results, *names: str) -> Mapping[str, int]:
    return next((found.facets[name] for name in names if name in found.facets), {})


def _counts(list_name: str, found: Results, lang: str) -> list[Count]:
    counts = _facet(found, list_name)
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Count(code, term_label(list_name, code, lang), count) for code, count in order if count]


def _needs_by_theme(found: Results, lang: str) -> dict[str, list[Count]]:
    counts = _facet(found, "needs", "need")
    grouped: dict[str, list[Count]] = {}
    for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        theme = terms.needs()[code].parent if code in terms.needs() else None
        if count and theme:
            grouped.setdefault(theme, []).append(Count(code, term_label("need", code, lang), count))
    return grouped


def _towns(site: Site, zone: Zone, lang: str) -> list[Town]:
    named = [_town(part, lang) for part in zone_book_of(site.database).parts_of(zone.id)]
    return sorted(named, key=lambda town: town.name.casefold())


def _town(part: ZonePart, lang: str) -> Town:
    place = gazetteer().municipality(part.nis)
    return Town(part.nis, place.name(lang) if place else part.nis, part.postal_codes)
