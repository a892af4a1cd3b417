"""A new listing: first what it is called, where it is and what it helps with, then what is there already."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.permissions import may
from service.accounts.store import organization_names
from service.database.session import reading, writing
from service.desk.editing.alike import Alike, alike, make
from service.desk.editing.sent import nis_of
from service.errors import BadValue
from service.geo.places import gazetteer
from service.i18n.labels import term_label
from service.i18n.messages import N_, translator
from service.model import terms
from service.model.values import Value, parse_value
from service.web.desk.door import Visit, desk_page
from service.web.desk.editing.widgets import needs_by_theme
from service.web.shown import passage, street, town

_FAULTS = {
    "name": N_("What is it called?"),
    "organization": N_("Which organization offers it?"),
    "place": N_("Municipality or postal code"),
    "need": N_("What does it help with?"),
}


def new_page(visit: Visit) -> BaseResponse:
    """The three questions; then the listings that may be the same; then, said to be new, it is made as a
    draft. Raises Forbidden."""
    if request.method != "POST":
        return _ask(visit, frozenset())
    values, faults = _read(visit.lang)
    if faults:
        return _ask(visit, faults, 422)
    now = visit.site.clock()
    with reading(visit.site.database) as connection:
        found = alike(connection, values, now)
    seen = set(request.form.getlist("seen"))
    if request.form.get("act") != "make" or not {str(each.listing.id) for each in found} <= seen:
        return _alike(visit, found)
    with writing(visit.site.database) as connection:
        made = make(connection, visit.person, values, now)
    return redirect(url_for("desk.edit", lang=visit.lang, listing_id=made), 303)


def _read(lang: str) -> tuple[dict[str, Value], frozenset[str]]:
    """The values that were filled in, and the questions without a good answer."""
    given, values, faults = request.form, dict[str, Value](), set[str]()
    texts = given.get("language") if given.get("language") in ("nl", "fr", "en") else lang
    for name, key in (("name", f"service.name@{texts}"), ("organization", "organization.name")):
        try:
            values[key] = parse_value(key.partition("@")[0], given.get(name, ""))
        except BadValue:
            faults.add(name)
    try:
        values |= _place(given.get("place", ""))
    except BadValue:
        faults.add("place")
    need = given.get("need", "")
    if need in terms.needs():
        values["service.needs"] = [need]
    else:
        faults.add("need")
    return values, frozenset(faults)


def _place(text: str) -> dict[str, Value]:
    """A municipality by name, or a postal code that there is. Raises BadValue."""
    code = text.strip()
    known = [nis for postal, nis in gazetteer().postal_points() if postal == code]
    if known:
        found: dict[str, Value] = {"address.postal_code": code}
        return {**found, "address.municipality": known[0]} if len(known) == 1 else found
    return {"address.municipality": nis_of(text)}


def _ask(visit: Visit, faults: frozenset[str], status: int = 200) -> Response:
    t = translator(visit.lang)
    return _page(
        visit,
        "desk/editing/new.html",
        status,
        faults=[(n, t.gettext(w)) for n, w in _FAULTS.items() if n in faults],
    )


def _alike(visit: Visit, found: list[Alike]) -> Response:
    return _page(visit, "desk/editing/alike.html", 200, found=[_row(each, visit) for each in found])


def _page(visit: Visit, template: str, status: int, **values: Any) -> Response:  # noqa: ANN401
    options = tuple((code, term_label("need", code, visit.lang)) for code in terms.needs())
    filled = {
        name: request.values.get(name, "") for name in ("name", "organization", "place", "need", "language")
    }
    if not filled["organization"] and visit.person.organizations:
        with reading(visit.site.database) as connection:
            named = organization_names(connection, visit.person.organizations)
        filled["organization"] = next(iter(named.values()), "")
    return desk_page(
        visit, template, status, filled=filled, themes=needs_by_theme(options, visit.lang), **values
    )


def _row(each: Alike, visit: Visit) -> dict[str, Any]:
    """A listing that may be the same, as far as one needs it to see whether it is."""
    listing, lang = each.listing, visit.lang
    place = listing.location
    hidden = place is not None and place.hidden
    where = ", ".join(part for part in ("" if hidden else street(place, lang), town(place, lang)) if part)
    zones = (*listing.zones, *listing.serves)
    return {
        "id": listing.id,
        "name": passage(listing.service.name, lang),
        "organization": listing.organization.name,
        "where": where,
        "phone": listing.phones[0] if listing.phones else "",
        "needs": [term_label("need", code, lang) for code in listing.service.needs],
        "state": listing.state,
        "may_edit": may(visit.person, "edit", zones=zones, organization=listing.organization.id),
    }
