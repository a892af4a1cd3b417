"""Listings that somebody chose: side by side, or as a list of their own to keep, print and pass on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Request, Response, request, url_for

from service.i18n.messages import translator
from service.search.query.criteria import Criteria, write
from service.web.addresses import is_personal
from service.web.asked import read_asked
from service.web.form import person_form
from service.web.leave import is_about_violence
from service.web.outline import Outline, outline
from service.web.page import page
from service.web.share import qr, share
from service.web.shown import find_those
from service.web.site import Site
from service.web.situations import ticked_in

MOST_COMPARED = 4  # columns that fit on paper
_WHERE_AND_WHAT = ("lat", "lon", "near", "need", "minutes", "mode")
MOST_LISTED = 30  # an address of this many ids has 1,200 characters, which every browser takes


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing of a list, with the lists that it would be without it, or moved up or down by one."""

    outline: Outline
    without: str
    up: str
    down: str


def compare_page(site: Site, lang: str) -> Response:
    """Two to four listings side by side, for the person whom the request describes."""
    criteria = read_asked(request, lang)
    shown = _outlines(site, criteria, lang)
    response = page(
        site,
        lang,
        "compare.html",
        shown=shown[:MOST_COMPARED],
        left_over=len(shown) - MOST_COMPARED,
        criteria=criteria,
        kept=[pair for pair in write(criteria) if pair[0] in _WHERE_AND_WHAT],
        ids=[each.id for each in shown[:MOST_COMPARED]],
        bs=list(zip(*(each.signs for each in shown[:MOST_COMPARED]), strict=True)),
        leave=any(is_about_violence(each.needs) for each in shown),
        **person_form(criteria, ticked_in(criteria), lang),
    )
    return _unkept(response, criteria)


def shortlist_page(site: Site, lang: str) -> Response:
    """A list of one's own: its address is the list, and nothing of it is kept here."""
    criteria = read_asked(request, lang)
    shown = _outlines(site, criteria, lang)
    ids = [each.id for each in shown]
    link = _address(lang, ids, external=True)
    entries = [
        Entry(
            each,
            _address(lang, [other for other in ids if other != each.id]),
            _address(lang, _moved(ids, i, -1)) if i else "",
            _address(lang, _moved(ids, i, 1)) if i + 1 < len(ids) else "",
        )
        for i, each in enumerate(shown)
    ]
    names = [
        f"{i}. {each.name.text}: {', '.join(each.phones) or each.where}" for i, each in enumerate(shown, 1)
    ]
    t = translator(lang)
    response = page(
        site,
        lang,
        "shortlist.html",
        entries=entries,
        ids=ids,
        link=link,
        shared=share((*names, link), t.gettext("My list")),
        qr=qr(link, t.gettext("This page")),
        leave=any(is_about_violence(each.needs) for each in shown),
    )
    return _unkept(response, criteria)


def read_ids(given: Request) -> list[str]:
    """The ids of a request, repeated or with commas between; what is no id is dropped."""
    said = [part for value in given.values.getlist("ids") for part in value.split(",")]
    return list(dict.fromkeys(each for part in said if (each := _id(part))))[:MOST_LISTED]


def _id(text: str) -> str | None:
    try:
        return str(UUID(text.strip()))
    except ValueError:
        return None


def _outlines(site: Site, criteria: Criteria, lang: str) -> list[Outline]:
    return [outline(site, each, criteria, lang) for each in find_those(site, read_ids(request))]


def _moved(ids: list[str], at: int, by: int) -> list[str]:
    moved = list(ids)
    moved[at], moved[at + by] = moved[at + by], moved[at]
    return moved


def _address(lang: str, ids: list[str], *, external: bool = False) -> str:
    return url_for("web.shortlist", lang=lang, ids=",".join(ids) or None, _external=external).replace(
        "%2C", ","
    )


def _unkept(response: Response, criteria: Criteria) -> Response:
    if is_personal(criteria) or request.method == "POST":
        response.headers["Cache-Control"] = "no-store"
    return response
