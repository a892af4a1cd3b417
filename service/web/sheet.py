"""The sheet that somebody takes along: chosen listings in the client's language beside the worker's."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Response, request, url_for

from service.i18n import formats
from service.i18n.locales import LOCALES, interface
from service.i18n.messages import translator
from service.search.query.criteria import Criteria
from service.web.chosen import read_ids
from service.web.desk.notes.shown import Tip, tips_for_visitor
from service.web.leave import is_about_violence
from service.web.outline import outline
from service.web.page import page
from service.web.share import qr, share
from service.web.sheet_lines import Column, column
from service.web.shown import find_those
from service.web.site import Site

LONGEST_REMARK = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing of a sheet, in one language or in two, with what somebody wrote beside it."""

    id: str
    columns: tuple[Column, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below a sheet in one language."""

    language: str
    direction: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as page and PDF have it; ``link`` is the list in the language of who takes it along."""

    heads: tuple[Head, ...]
    entries: tuple[Entry, ...]
    ids: tuple[str, ...]
    beside: str
    link: str
    about_violence: bool


def sheet_page(site: Site, lang: str) -> Response:
    """A sheet to look at, print or send; remarks come in the body of a request and are not kept."""
    made = read_sheet(site, lang)
    tips = _tips(site, lang, made)
    reader = made.beside or lang
    texts = [
        "\n".join((each.columns[-1].name, *(line.text for line in each.columns[-1].lines)))
        for each in made.entries
    ]
    response = page(
        site,
        lang,
        "sheet.html",
        sheet=made,
        offered_beside=[each for each in interface() if each.code != lang],
        longest=LONGEST_REMARK,
        shared=share((*texts, made.link), translator(reader).gettext("Help that we chose together")),
        qr=qr(made.link, translator(lang).gettext("This list in the chosen language")),
        leave=made.about_violence,
        tips=tips,
        tips_of={
            str(tip.note.listing): [one for one in tips if one.note.listing == tip.note.listing]
            for tip in tips
        }
        if tips
        else {},
    )
    if tips is not None:
        response.headers["Cache-Control"] = "no-store"
    return _unkept(response, made)


def sheet_pdf(site: Site, lang: str) -> Response:
    """The same sheet as a PDF."""
    # The fonts and what shapes them take a third of a second and are needed on few visits.
    from service.web.pdf import draw

    made = read_sheet(site, lang)
    response = Response(draw(made, site.clock()), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="nabij.pdf"'
    return _unkept(response, made)


def read_sheet(site: Site, lang: str) -> Sheet:
    """The sheet of the request: its ids, its second language and its remarks."""
    asked = request.values.get("beside", "")
    beside = asked if asked in LOCALES and LOCALES[asked].complete and asked != lang else ""
    languages = (lang, beside) if beside else (lang,)
    found = find_those(site, read_ids(request))
    entries = tuple(
        Entry(
            str(each.listing.id),
            tuple(column(outline(site, each, Criteria(lang=code), code), code) for code in languages),
            request.form.get(f"remark-{each.listing.id}", "").strip()[:LONGEST_REMARK],
        )
        for each in found
    )
    ids = tuple(each.id for each in entries)
    link = url_for("web.shortlist", lang=beside or lang, ids=",".join(ids) or None, _external=True)
    return Sheet(
        tuple(_head(site, code) for code in languages),
        entries,
        ids,
        beside,
        link.replace("%2C", ","),
        any(is_about_violence(each.listing.service.needs) for each in found),
    )


def _tips(site: Site, lang: str, made: Sheet) -> list[Tip] | None:
    """Tips of colleagues where a professional chose to take them along; None for who may read none."""
    ids = [UUID(each.id) for each in made.entries]
    return tips_for_visitor(site, ids if request.values.get("tips") == "1" else [], lang)


def _head(site: Site, lang: str) -> Head:
    t = translator(lang)
    note = t.gettext(
        "As we knew it on %(date)s. Call before you go: it may have changed.",
        date=formats.day(site.today(), lang),
    )
    return Head(lang, LOCALES[lang].direction, t.gettext("Help that we chose together"), note)


def _unkept(response: Response, made: Sheet) -> Response:
    if request.method == "POST" or made.about_violence:
        response.headers["Cache-Control"] = "no-store"
    return response
