"""Two listings side by side, to say whether they are the same."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.catalogue.in_words import in_words
from service.database.session import reading, writing
from service.desk.editing.current import Current, read_current, require_on
from service.desk.editing.joining import Line, join, side_by_side
from service.errors import BadValue, NotFound
from service.i18n.messages import translator
from service.model.values import Value
from service.web.desk.door import Visit, desk_page
from service.web.desk.editing.form import note_view
from service.web.desk.editing.words import label_of
from service.web.desk.ids import id_in
from service.web.facts import voice
from service.web.shown import passage, street, town

_LONGEST = 300  # characters of a text in a cell


def merge_page(visit: Visit) -> BaseResponse:
    """Both in two columns (``one``, ``other``: ids or addresses of listings); a form joins them, or says that
    they are two. Raises NotFound and Forbidden."""
    given = request.form if request.method == "POST" else request.args
    one, text = _id(given.get("one", "")), given.get("other", "").strip()
    if not text:
        return _ask(visit, one, "")
    try:
        other = _id(text)
    except NotFound:
        return _ask(visit, one, translator(visit.lang).gettext("There is no offer with this address."))
    now, fault = visit.site.clock(), ""
    if request.method == "POST":
        same = request.form.get("same") == "yes"
        try:
            with writing(visit.site.database) as connection:
                stays = join(
                    connection, visit.person, one, other, same=same, why=request.form.get("why", ""), now=now
                )
            return redirect(url_for("desk.history", lang=visit.lang, listing_id=stays), 303)
        except BadValue as error:
            if error.field == "other":
                return _ask(visit, one, translator(visit.lang).gettext("These two are one already."))
            fault = translator(visit.lang).gettext("Say in some words why.")
    return _shown(visit, one, other, fault)


def _id(text: str) -> UUID:
    """An id, or the address of a listing's page that ends with it. Raises NotFound."""
    return id_in(text.strip().rstrip("/").rpartition("/")[2].partition("?")[0])


def _ask(visit: Visit, one: UUID, fault: str) -> Response:
    with reading(visit.site.database) as connection:
        current = read_current(connection, one, visit.site.clock())
    require_on(visit.person, "merge", current.listing)
    note_view(visit, current)
    return desk_page(
        visit,
        "desk/editing/merge_ask.html",
        422 if fault else 200,
        one=_head(current, visit.lang),
        fault=fault,
    )


def _shown(visit: Visit, one: UUID, other: UUID, fault: str) -> Response:
    now = visit.site.clock()
    with reading(visit.site.database) as connection:
        first, second = read_current(connection, one, now), read_current(connection, other, now)
        for each in (first, second):
            require_on(visit.person, "merge", each.listing)
        if first.listing.id == second.listing.id:
            return _ask(visit, one, translator(visit.lang).gettext("These two are one already."))
        lines = side_by_side(connection, first, second, now)
    for each in (first, second):
        note_view(visit, each)
    return desk_page(
        visit,
        "desk/editing/merge.html",
        422 if fault else 200,
        one=_head(first, visit.lang),
        other=_head(second, visit.lang),
        lines=[_line(each, visit) for each in lines],
        differing=sum(each.differs for each in lines),
        fault=fault,
        why=request.form.get("why", ""),
    )


def _head(current: Current, lang: str) -> dict[str, Any]:
    listing = current.listing
    where = ", ".join(part for part in (street(listing.location, lang), town(listing.location, lang)) if part)
    return {
        "id": listing.id,
        "name": passage(listing.service.name, lang),
        "organization": listing.organization.name,
        "where": where,
    }


def _line(line: Line, visit: Visit) -> dict[str, Any]:
    lang, path = visit.lang, line.key.partition("@")[0]

    def words(value: Value | None) -> str:
        if value is None:
            return "–"
        text = in_words(path, value, lang)
        return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"

    return {
        "label": label_of(line.key, lang),
        "one": words(line.one),
        "other": words(line.other),
        "wins": line.wins,
        "differs": line.differs,
        "who": voice(line.who, visit.site.today(), lang).speaker if line.who else "",
    }
