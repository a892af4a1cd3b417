"""The list of a zone's listings, and sending a selection of it to what is to be done."""

from __future__ import annotations

from math import ceil

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.permissions import may, may_somewhere
from service.catalogue.composition import moves_in_force, zone_book
from service.catalogue.overview import ASKED
from service.database.claims import DRAFT
from service.database.session import reading
from service.desk.bulk.plans import MOST
from service.desk.bulk.selection import LISTING_STATES, PER_PAGE, Line, find_lines
from service.errors import BadParameter
from service.geo.places import gazetteer
from service.i18n.alphabet import place
from service.i18n.labels import field_label, term_label
from service.i18n.messages import translator
from service.model import terms
from service.model.freshness import STATES, months_later
from service.web.choices import spoken
from service.web.desk.bulk.chosen import asked_filters, own_zones
from service.web.desk.bulk.words import FAULTS, FRESHNESS, WAYS, address_of, settable, state_word
from service.web.desk.door import Visit, desk_page
from service.web.desk.seen import saw_each

MOST_PAGES = 10_000


def listings_page(visit: Visit) -> BaseResponse:
    """One page of the listings that match. Raises BadParameter for a filter that cannot be."""
    given = request.args
    filters, number = asked_filters(visit, given), _number(given.get("page", "1"))
    today, lang = visit.site.today(), visit.lang
    with reading(visit.site.database) as connection:
        lines, total = find_lines(connection, filters, today, number)
        book = zone_book(moves_in_force(connection))
    pages = ceil(total / PER_PAGE)
    if number > max(pages, 1):
        return redirect(url_for("desk.listings", lang=lang, page=pages, **filters.as_query()), 303)
    saw_each(visit, [line.id for line in lines if line.state == DRAFT], "draft")
    t, wrong = translator(lang), given.get("fault", "")
    towns = book.municipalities_of(filters.zone) if filters.zone else ()
    zones = [filters.zone] if filters.zone else []
    can_bulk = may(visit.person, "bulk", zones=zones) if zones else may_somewhere(visit.person, "bulk")
    return desk_page(
        visit,
        "desk/bulk/listings.html",
        lines=[_shown(line, lang) for line in lines],
        total=total,
        number=number,
        pages=pages,
        filters=filters,
        query=filters.as_query(),
        zones=own_zones(visit),
        needs=_needs(lang),
        towns=sorted(((nis, _town(nis, lang)) for nis in towns), key=lambda pair: place(pair[1], lang)),
        states=[(state, state_word(state, lang)) for state in LISTING_STATES],
        ages=[(code, t.gettext(FRESHNESS[code])) for code in STATES],
        facts=[(path, field_label(path, lang)) for path in ASKED],
        can_bulk=can_bulk and total > 0,
        can_ask=can_bulk and may_somewhere(visit.person, "write_to_provider"),
        has_all=visit.person.zones is None,
        most=MOST,
        fault=t.gettext(FAULTS[wrong]) if wrong in FAULTS else "",
        settable=settable(lang) if can_bulk else [],
        spoken=spoken(lang),
        ways=[(code, t.gettext(words)) for code, words in WAYS.items() if code != "website"],
        soon=months_later(today, 1).isoformat(),
        today=today,
        address_of=address_of(visit),
    )


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) <= MOST_PAGES:
        raise BadParameter("page", "This is no page.", f"1 to {MOST_PAGES}")
    return int(text)


def _shown(line: Line, lang: str) -> tuple[Line, str, str, str, list[str]]:
    """A line with its words: place, state where it is not published, age, and what is missing."""
    t = translator(lang)
    town = _town(line.municipality, lang) if line.municipality else t.gettext("place not known")
    state = state_word(line.state, lang) if line.state != "published" else ""
    missing = [field_label(path, lang) for path in line.missing]
    return line, town, state, t.gettext(FRESHNESS[line.freshness]), missing


def _town(nis: str, lang: str) -> str:
    found = gazetteer().municipality(nis)
    return found.name(lang) if found else nis


def _needs(lang: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Themes with their needs."""
    named = [(term.parent, (code, term.label(lang))) for code, term in terms.needs().items()]
    return [
        (theme, term_label("theme", theme, lang), [pair for own, pair in named if own == theme])
        for theme in terms.themes()
    ]
