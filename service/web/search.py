"""The page of a search: what was understood, the results as list and map, and the ways onward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from service.errors import BadParameter
from service.i18n.formats import listed
from service.i18n.labels import language_name, term_label
from service.i18n.messages import translator
from service.search.query.criteria import Criteria
from service.search.query.result import Result, Results
from service.web import choices, paper
from service.web.addresses import is_personal, search_url
from service.web.asked import FENCES, read_asked, without_place
from service.web.cards import Card, card
from service.web.chips import chips
from service.web.desks import desks
from service.web.explained import explained, part_words
from service.web.facets import facets, stands
from service.web.form import person_form
from service.web.leave import is_about_violence
from service.web.map import map_values, spots_of
from service.web.notices import Told, fence_without_centre, place_unknown, told
from service.web.page import page
from service.web.person import carried
from service.web.readings import readings
from service.web.share import qr
from service.web.site import Site
from service.web.situations import ticked


@dataclass(frozen=True, slots=True)
class Lane:
    """Results that stand together under one title; the first ``on_paper`` of them are printed."""

    code: str
    title: str
    hint: str
    cards: tuple[Card, ...]
    on_paper: int


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """Another reading of the place that was named."""

    name: str
    criteria: Criteria


def search_page(site: Site, lang: str) -> BaseResponse:
    """Answer a search; nothing of it is stored, and no cache may keep the page.

    A form comes in the body of a request. What says nothing about the person goes on to its own address,
    so that it can be kept and passed on; what does is answered here and stands in no address.
    """
    criteria = read_asked(request, lang)
    if request.method == "POST" and not is_personal(criteria):
        response: BaseResponse = redirect(search_url(lang, criteria), 303)
    else:
        results, extra = _answer(site, criteria, lang)
        response = page(site, lang, "search.html", **_values(site, results, extra, lang))
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(site: Site, criteria: Criteria, lang: str) -> tuple[Results, list[Told]]:
    """The answer; what a person cannot know to be wrong (a place we do not know) is left out and said."""
    try:
        return site.search(criteria, site.clock()), []
    except BadParameter as error:
        if error.parameter in FENCES:
            extra = fence_without_centre(lang)
        elif error.parameter == "near" and criteria.near:
            extra = place_unknown(criteria.near, lang)
        else:
            raise
    return site.search(without_place(criteria), site.clock()), [extra]


def _values(site: Site, results: Results, extra: list[Told], lang: str) -> dict[str, Any]:
    criteria = results.criteria
    lanes = _lanes(site, results, lang)
    shown = [each for lane in lanes for each in lane.cards]
    spots = spots_of(shown)
    centre = (results.centre.lat, results.centre.lon) if results.centre else None
    return {
        "private": is_personal(criteria),
        "code": _code(criteria, lang),
        "leave": is_about_violence(
            _asked_needs(results), [reading.topic for reading in results.understood.crisis]
        ),
        "criteria": criteria,
        "results": results,
        "chips": chips(results, lang),
        "alternatives": _alternatives(results),
        "readings": readings(results),
        "explained": explained(results, lang),
        **person_form(criteria, ticked(criteria, results.understood), lang),
        "notices": extra + told(results, lang),
        "desks": desks(results, site.today(), lang),
        "lanes": lanes,
        "beyond_paper": results.total - sum(min(each.on_paper, len(each.cards)) for each in lanes),
        "carried": carried(results),
        "part_words": lambda name: part_words(name, lang),
        "asked_needs": _asked_needs(results),
        "facets": facets(results, lang),
        "stands": stands(results, lang),
        "previous": replace(criteria, page=results.page - 1) if results.page > 1 else None,
        "next": replace(criteria, page=results.page + 1) if results.page < results.pages else None,
        "now": site.clock(),
        "spots": spots,
        "has_centre": centre is not None,
        "replace": replace,
        "language_names": lambda codes: listed((language_name(code, lang) for code in codes), lang),
        **map_values(site, spots, centre, criteria.zone),
        **_options(criteria, lang),
    }


def _code(criteria: Criteria, lang: str) -> Markup | None:
    """The QR code of the whole list on paper; none where the search says something about the person."""
    if is_personal(criteria):
        return None
    link = request.host_url.rstrip("/") + search_url(lang, criteria)
    return qr(link, translator(lang).gettext("This page"))


def _options(criteria: Criteria, lang: str) -> dict[str, Any]:
    used = ("zone", "channel", "language", "open_at", "minutes", "b", "mode")
    return {
        "open_filters": any(getattr(criteria, name) for name in used),
        "themes": choices.options("theme", lang),
        "channels": choices.options("channel", lang),
        "bs": choices.options("b", lang),
        "chosen_bs": [f"b:{code}" for code in criteria.b],
        "spoken": choices.spoken(lang),
        "modes": choices.modes(lang),
        "reach": choices.reach(lang),
        "zone_groups": choices.zone_groups(lang),
        "term_mode": lambda mode: choices.mode_name(mode, lang),
    }


def _asked_needs(results: Results) -> frozenset[str]:
    return frozenset(results.criteria.need) | {need.code for need in results.understood.needs}


def _lanes(site: Site, results: Results, lang: str) -> list[Lane]:
    """Help at a place, what people do for one another there, then help for a whole region.

    Each lane is in the order its results came; numbers are as they stand.
    """
    t = translator(lang)
    titles = {
        "around": (t.gettext("Places you can go to"), ""),
        "informal": (term_label("provision", "informal", lang), ""),
        "wide": (
            t.gettext("By phone or online"),
            t.gettext("You can call or write to these from anywhere."),
        ),
    }
    asked, today = _asked_needs(results), site.today()
    mode = results.criteria.mode
    rows = paper.ROWS_BESIDE_DANGER if results.crisis else paper.ROWS
    number = (results.page - 1) * results.per_page
    lanes = []
    for code, (title, hint) in titles.items():
        here = [each for each in results.results if _lane(each) == code]
        cards = [card(number + i, each, asked, mode, today, lang) for i, each in enumerate(here, 1)]
        number += len(cards)
        if cards:
            lanes.append(Lane(code, title, hint, tuple(cards), rows[code]))
    spare = sum(rows.values()) - sum(each.on_paper for each in lanes)
    return [replace(each, on_paper=each.on_paper + (0 if i else spare)) for i, each in enumerate(lanes)]


def _lane(result: Result) -> str:
    return "informal" if result.lane == "around" and result.provision == "informal" else result.lane


def _alternatives(results: Results) -> Sequence[OtherPlace]:
    criteria, read = results.criteria, results.understood
    return [
        OtherPlace(place.name, replace(criteria, near=place.name, lat=None, lon=None, page=1))
        for place in read.alternatives
    ]
