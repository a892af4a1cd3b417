"""Telling that something is wrong with a listing: a form without an account, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.limits import may_send
from service.catalogue.listings import Found
from service.catalogue.tasks.corrections import LONGEST_TEXT, WRONG, report
from service.database.session import writing
from service.errors import BadValue
from service.i18n.messages import N_, translator
from service.network import network_address
from service.web.leave import is_about_violence
from service.web.page import page
from service.web.shown import find, passage
from service.web.site import Site
from service.web.stamp import judge, stamp

TRAP = "website"
"""A field that nobody sees; who fills it in reads no page."""

LABELS = {
    "hours": N_("The opening hours are not right"),
    "contact": N_("The phone number or e-mail is not right"),
    "moved": N_("They have moved"),
    "closed": N_("It is closed for some time"),
    "gone": N_("It no longer exists"),
    "other": N_("Something else"),
}

_ASKED = {
    "what": N_("Choose what is wrong."),
    "text": N_("Tell in some words what is wrong, in at most %(most)s characters."),
    "contact.email": N_("This is not an e-mail address. You can leave it empty."),
    "many": N_("Many messages came from your network just now. Please send it once more in an hour."),
    "stamp": N_("The form stood open for a while, or went very fast. Please send it once more."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody filled in, and the field that something is to be done about."""

    what: str = ""
    text: str = ""
    email: str = ""
    fault: str = ""


def wrong_page(site: Site, lang: str, listing_id: str) -> BaseResponse:
    """The form; what comes back becomes a task. Raises NotFound."""
    found = find(site, listing_id)
    if found.moved_to is not None:
        return redirect(url_for("web.wrong", lang=lang, listing_id=str(found.moved_to)), 301)
    if request.method != "POST":
        return _form(site, lang, found, Told())
    given = request.form
    told = Told(given.get("what", ""), given.get("text", ""), given.get("email", ""))
    if given.get(TRAP):
        return _to_thanks(lang, found)
    judged = judge(site.settings, str(found.listing.id), given.get("stamp", ""), site.clock())
    if judged != "good":
        return _form(site, lang, found, Told(told.what, told.text, told.email, "stamp"))
    sender = network_address(request.remote_addr or "", request.headers.get("X-Forwarded-For", ""))
    try:
        with writing(site.database) as connection:
            if not may_send(connection, site.settings, sender, site.clock()):
                return _form(site, lang, found, Told(told.what, told.text, told.email, "many"))
            taken = report(connection, found.listing.id, *_words(told), site.clock())
    except BadValue as error:
        return _form(site, lang, found, Told(told.what, told.text, told.email, error.field))
    return _to_thanks(lang, found) if taken else _thanks(site, lang, found, is_enough=True)


def thanks_page(site: Site, lang: str, listing_id: str) -> BaseResponse:
    """What happens next with what somebody told. Raises NotFound."""
    return _thanks(site, lang, find(site, listing_id), is_enough=False)


def _words(told: Told) -> tuple[str, str, str | None]:
    return told.what, told.text.replace("\r\n", "\n"), told.email or None


def _form(site: Site, lang: str, found: Found, told: Told) -> Response:
    t = translator(lang)
    fault = t.gettext(_ASKED[told.fault], most=LONGEST_TEXT) if told.fault else ""
    return _page(
        site,
        lang,
        found,
        "wrong.html",
        {"": 200, "many": 429}.get(told.fault, 422),
        told=told,
        fault=fault,
        labels=[(code, t.gettext(LABELS[code])) for code in WRONG],
        longest=LONGEST_TEXT,
        trap=TRAP,
        stamp=stamp(site.settings, str(found.listing.id), site.clock()),
    )


def _to_thanks(lang: str, found: Found) -> BaseResponse:
    response = redirect(url_for("web.thanks", lang=lang, listing_id=str(found.listing.id)), 303)
    response.headers["Cache-Control"] = "no-store"
    return response


def _thanks(site: Site, lang: str, found: Found, *, is_enough: bool) -> Response:
    return _page(site, lang, found, "thanks.html", 429 if is_enough else 200, is_enough=is_enough)


def _page(site: Site, lang: str, found: Found, template: str, http_status: int, **values: object) -> Response:
    listing = found.listing
    response = page(
        site,
        lang,
        template,
        http_status,
        name=passage(listing.service.name, lang),
        listing=listing,
        back=url_for("web.listing", lang=lang, listing_id=str(listing.id)),
        leave=is_about_violence(listing.service.needs),
        **values,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
