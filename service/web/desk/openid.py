"""Signing in with the account of a region: going to its provider, and coming back."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.entering import enter_by_openid
from service.accounts.pending import LASTS_S, is_offered, seal, unseal
from service.database.session import writing
from service.errors import NotFound, NotProven, ProviderAway, TooMany
from service.web.desk.comer import door_of
from service.web.desk.cookie import give_cookie
from service.web.desk.door import check_origin, safe_next
from service.web.desk.sign_in import sign_in_form
from service.web.language import language_of
from service.web.page import page
from service.web.site import Site

COOKIE = "nabij-openid"
_PATH = "/"
_TOLD = ("code", "state", "iss", "error")
_LONGEST = 4_000  # characters of what a provider sends along


def to_provider(site: Site, lang: str) -> BaseResponse:
    """Go to the provider; the browser holds what the answer has to fit."""
    from service.accounts.openid import begin  # takes 0.4 s, and only who offers this needs it

    _require_offer(site)
    following = safe_next(lang, request.args.get("next"))
    try:
        address, held = begin(site.settings, _back(site), following, site.clock())
    except ProviderAway:
        return sign_in_form(site, lang, following, fault="away")
    response = redirect(address, 303)
    response.set_cookie(
        COOKIE,
        seal(site.settings, held),
        max_age=LASTS_S,
        secure=site.settings.address.startswith("https://"),
        httponly=True,
        samesite="Strict",
        path=_PATH,
    )
    return response


def back_from_provider(site: Site, lang: str) -> BaseResponse:
    """Where the provider leads back to: a button, since a cookie that no other site can make travel does not
    come along on the way from another site; with the button it does, and looking at an address changes
    nothing."""
    from service.accounts.openid import email_from  # see above

    _require_offer(site)
    given = {name: request.values[name][:_LONGEST] for name in _TOLD if name in request.values}
    if "code" not in given:
        return _refused(site, lang, "unproven")
    if request.method != "POST":
        return page(site, lang, "desk/back.html", given=given, provider=site.settings.openid_name)
    check_origin()
    now = site.clock()
    try:
        held = unseal(site.settings, request.cookies.get(COOKIE, ""), given.get("state", ""), now)
        email = email_from(site.settings, _back(site), held, given, now)
        with writing(site.database) as connection:
            word = enter_by_openid(connection, door_of(site), email)
    except NotProven:
        return _refused(site, lang, "unproven")
    except ProviderAway:
        return _refused(site, lang, "away")
    except TooMany:
        return _refused(site, lang, "many")
    if word is None:
        return _refused(site, lang, "stranger")
    following = safe_next(lang, held.following)
    return _forget(give_cookie(site, redirect(following, 303), word))


def back_without_language(site: Site) -> BaseResponse:
    """The one address that the provider knows; onward in the language of the browser."""

    _require_offer(site)
    given = {name: request.args[name][:_LONGEST] for name in _TOLD if name in request.args}
    return redirect(url_for("desk.back", lang=language_of(request), **given), 303)  # type: ignore[arg-type]


def _refused(site: Site, lang: str, fault: str) -> BaseResponse:
    return _forget(sign_in_form(site, lang, safe_next(lang, ""), fault=fault))


def _forget(response: Response | BaseResponse) -> BaseResponse:
    response.delete_cookie(COOKIE, path=_PATH, httponly=True, samesite="Strict")
    return response


def _back(site: Site) -> str:
    return site.settings.address + url_for("desk.back_unprefixed")


def _require_offer(site: Site) -> None:
    if not is_offered(site.settings):
        raise NotFound("This Nabij has no other sign-in.")
