"""The list to call by, made to be printed."""

from __future__ import annotations

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response as BaseResponse

from service.database.session import reading
from service.desk.bulk.rounds import MOST, Call, Stop, round_of
from service.desk.bulk.selection import ids_of
from service.errors import BadParameter
from service.i18n.labels import field_label
from service.i18n.messages import translator
from service.web.desk.bulk.chosen import asked_filters
from service.web.desk.bulk.words import FRESHNESS
from service.web.desk.door import Visit, desk_page
from service.web.desk.seen import saw_each
from service.web.shown import Passage, passage, street, town


def round_page(visit: Visit) -> BaseResponse:
    """By organization what to ask, of most worth first; a secret address only when it is asked for."""
    site, lang = visit.site, visit.lang
    hidden_too = request.args.get("hidden") == "1"
    with reading(site.database) as connection:
        ids = _ids(request.args["ids"]) if "ids" in request.args else None
        filters = asked_filters(visit, request.args)
        if ids is None:
            ids = ids_of(connection, filters, site.today(), MOST)
        calls = round_of(connection, visit.person, ids, site.clock(), hidden_too=hidden_too)
    secret = [stop.listing.id for call in calls for stop in call.stops if stop.is_secret]
    if hidden_too:
        saw_each(visit, secret, "hidden_address")
    t = translator(lang)
    return desk_page(
        visit,
        "desk/bulk/round.html",
        calls=[_shown(call, lang) for call in calls],
        count=sum(len(call.stops) for call in calls),
        has_secret=bool(secret),
        hidden_too=hidden_too,
        query={name: text for name, text in request.args.items() if name != "hidden"},
        ages={code: t.gettext(words) for code, words in FRESHNESS.items()},
        today=site.today(),
    )


def _shown(call: Call, lang: str) -> tuple[Call, list[tuple[Stop, Passage, str, list[str]]]]:
    """A call with its stops: name, address where it may stand there, and the labels of what to ask."""
    stops = []
    for stop in call.stops:
        place = stop.listing.location
        where = ", ".join(filter(None, (str(street(place, lang) or ""), str(town(place, lang) or ""))))
        asked = [field_label(path, lang) for path in stop.ask]
        stops.append((stop, passage(stop.listing.service.name, lang), where, asked))
    return call, stops


def _ids(text: str) -> list[UUID]:
    try:
        return [UUID(each) for each in text.split(",") if each][:MOST]
    except ValueError:
        raise BadParameter("ids", "One of these is no offer.", "ids with commas") from None
