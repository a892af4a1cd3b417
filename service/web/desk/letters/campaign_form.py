"""Choosing whom a campaign asks, seeing the letter first, and starting it."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.audit import note
from service.accounts.permissions import Action, may, require
from service.database.session import reading, writing
from service.desk.letters.ask import preview
from service.desk.letters.campaigns import check_wish, go_on, start_campaign
from service.desk.letters.due import FRESHNESS as STATES
from service.desk.letters.due import Freshness, choose
from service.errors import BadValue
from service.i18n.messages import translator
from service.web.choices import options, zone_groups
from service.web.desk.door import Visit, desk_page
from service.web.desk.letters.posting import send_now
from service.web.desk.letters.words import FRESHNESS

_ACTION: Action = "write_to_provider"


def new_campaign_page(visit: Visit) -> BaseResponse:
    """The choice; with a choice in the address how many that are and the first letter; pressing starts it."""
    held = request.form if request.method == "POST" else request.args
    zone, need = held.get("zone", ""), held.get("need") or None
    state: Freshness = next((each for each in STATES if each == held.get("freshness")), "due")
    try:
        if zone:
            check_wish(zone, need, state)
    except BadValue:
        zone, need = "", None
    if zone:
        require(visit.person, _ACTION, zones=[zone])
    if request.method == "POST" and zone:
        return _start(visit, zone, need, state)
    seen = _preview(visit, zone, need, state) if zone else None
    t = translator(visit.lang)
    groups = [
        (title, own)
        for title, some in zone_groups(visit.lang)
        if (own := [each for each in some if may(visit.person, _ACTION, zones=[each.id])])
    ]
    return desk_page(
        visit,
        "desk/letters/new.html",
        groups=groups,
        themes=options("theme", visit.lang),
        states=[(code, t.gettext(FRESHNESS[code])) for code in STATES],
        zone=zone,
        need=need,
        state=state,
        seen=seen,
    )


def _start(visit: Visit, zone: str, need: str | None, state: Freshness) -> BaseResponse:
    site, now = visit.site, visit.site.clock()
    with writing(site.database) as connection:
        started = start_campaign(connection, zone, need, state, by=visit.person.by, now=now)
        note(connection, visit.person, "campaign", now, about={"zone": zone, "need": need, "state": state})
    go_on(site.database, site.settings, now, started)
    send_now(site)
    return redirect(url_for("desk.campaign", lang=visit.lang, campaign_id=str(started)), 303)


def _preview(visit: Visit, zone: str, need: str | None, state: Freshness) -> dict[str, object]:
    site, now = visit.site, visit.site.clock()
    with reading(site.database) as connection:
        asked = choose(connection, now, zone, need, state)
        letter = preview(connection, site.settings, *asked.first(1)[0], now) if asked else None
    return {
            "providers": len(asked), "listings": asked.listings, "every": asked.every,
            "subject": letter.subject if letter else "", "plain": letter.plain if letter else "",
    }  # fmt: skip
