"""The room of letters: what was sent, campaigns, and asking about one listing."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.audit import note
from service.accounts.permissions import Action, may, require
from service.accounts.store import names_of
from service.catalogue.listings import read_listing
from service.database.session import reading, writing
from service.desk.letters.ask import ask_about
from service.desk.letters.board import sent_letters
from service.desk.letters.campaigns import campaigns, find_campaign, go_on, progress
from service.desk.letters.rhythm import turn_off, turn_on, zones_on
from service.errors import BadValue, NotFound
from service.geo.places import gazetteer
from service.geo.zones import Zone
from service.i18n.labels import term_label
from service.i18n.messages import translator
from service.model import terms
from service.web.choices import zone_groups
from service.web.desk.door import View, Visit, desk_page, safe_next
from service.web.desk.ids import id_in
from service.web.desk.letters.campaign_form import new_campaign_page
from service.web.desk.letters.posting import send_now
from service.web.desk.letters.words import ANSWERS, FRESHNESS, REFUSED, STANDS

ACTION: Action = "write_to_provider"


def letters_page(visit: Visit) -> BaseResponse:
    """The zones of whoever looks, their campaigns, and the last letters."""
    zones = visit.person.zones
    with reading(visit.site.database) as connection:
        sent = sent_letters(connection, zones)
        held = campaigns(connection, zones, 20)
        automatic = set(zones_on(connection))
        names = names_of(connection, {*(each.by for each in sent), *(each.by for each in held)})
    own = [zone for _title, some in zone_groups(visit.lang) for zone in some if _may(visit, zone)]
    return desk_page(
        visit,
        "desk/letters/letters.html",
        sent=sent,
        campaigns=[(each, gazetteer().zones.zone(each.zone), _need(each.need, visit.lang)) for each in held],
        own=own,
        automatic=automatic,
        names=names,
        words=_words(visit),
        done=request.args.get("done", ""),
    )


def campaign_page(visit: Visit, campaign_id: str) -> BaseResponse:
    """How far a campaign is; pressing the button writes and sends the next letters. Raises NotFound."""
    site, number = visit.site, id_in(campaign_id)
    with reading(site.database) as connection:
        held = find_campaign(connection, number)
    require(visit.person, ACTION, zones=[held.zone])
    if request.method == "POST":
        go_on(site.database, site.settings, site.clock(), number)
        send_now(site)
        return redirect(url_for("desk.campaign", lang=visit.lang, campaign_id=campaign_id), 303)
    with reading(site.database) as connection:
        told = progress(connection, number)
        sent = sent_letters(connection, None, campaign=number, most=200)
        names = names_of(connection, {held.by, *(each.by for each in sent)})
    return desk_page(
        visit,
        "desk/letters/campaign.html",
        campaign=held,
        zone=gazetteer().zones.zone(held.zone),
        need=_need(held.need, visit.lang),
        told=told,
        sent=sent,
        names=names,
        words=_words(visit),
    )


def automatic_page(visit: Visit) -> BaseResponse:
    """Letters of a zone leave by themselves when listings fall due, or not any more. Raises NotFound."""
    zone = gazetteer().zones.zone(request.form.get("zone", ""))
    require(visit.person, ACTION, zones=[zone.id])
    is_on, now = bool(request.form.get("on")), visit.site.clock()
    with writing(visit.site.database) as connection:
        if is_on:
            turn_on(connection, zone.id, by=visit.person.by, now=now)
        else:
            turn_off(connection, zone.id)
        note(connection, visit.person, "letters_on" if is_on else "letters_off", now, about={"zone": zone.id})
    return redirect(url_for("desk.letters", lang=visit.lang, done="on" if is_on else "off"), 303)


def ask_page(visit: Visit, listing_id: str) -> BaseResponse:
    """Send the letter about one listing, then go back to where one was. Raises NotFound and Forbidden."""
    site, now, number = visit.site, visit.site.clock(), id_in(listing_id)
    try:
        with writing(site.database) as connection:
            found = read_listing(connection, number)
            if found is None:
                raise NotFound(f"There is no listing {number}.")
            seen = found.listing
            require(
                visit.person, ACTION, zones=(*seen.zones, *seen.serves), organization=seen.organization.id
            )
            ask_about(connection, site.settings, seen.id, by=visit.person.by, now=now)
            note(connection, visit.person, "ask_provider", now, listing=seen.id)
    except BadValue as error:
        told = translator(visit.lang).gettext(REFUSED.get(error.reason, REFUSED["no_address"]))
        return desk_page(visit, "desk/letters/not_asked.html", 409, told=told, listing_id=listing_id)
    send_now(site)
    return redirect(safe_next(visit.lang, request.form.get("next")), 303)


def _may(visit: Visit, zone: Zone) -> bool:
    return may(visit.person, ACTION, zones=[zone.id])


def _need(code: str | None, lang: str) -> str:
    if code is None:
        return ""
    return term_label("need" if code in terms.needs() else "theme", code, lang)


def _words(visit: Visit) -> dict[str, dict[str, str]]:
    t = translator(visit.lang)
    lists = {"freshness": FRESHNESS, "stands": STANDS, "answers": ANSWERS}
    return {name: {code: t.gettext(text) for code, text in held.items()} for name, held in lists.items()}


ROOMS: tuple[tuple[str, str, View, tuple[str, ...], Action | None], ...] = (
    ("/letters", "letters", letters_page, ("GET",), ACTION),
    ("/letters/new", "campaign_new", new_campaign_page, ("GET", "POST"), ACTION),
    ("/letters/automatic", "letters_automatic", automatic_page, ("POST",), ACTION),
    ("/letters/<campaign_id>", "campaign", campaign_page, ("GET", "POST"), ACTION),
    ("/ask/<listing_id>", "ask", ask_page, ("POST",), ACTION),
)
