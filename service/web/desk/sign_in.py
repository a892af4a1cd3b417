"""Signing in and out: by password, or by a link in a letter."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from threading import Thread
from uuid import UUID

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.entering import ask_for_link, enter_by_link, enter_by_password
from service.accounts.links import account_of
from service.accounts.pending import is_offered
from service.accounts.sessions import end_session
from service.database.session import reading, writing
from service.errors import NabijError, TooMany
from service.mail.letter import Letter
from service.mail.send import deliver
from service.web.desk.comer import door_of
from service.web.desk.cookie import give_cookie, take_cookie
from service.web.desk.door import COOKIE, Visit, check_origin, safe_next
from service.web.desk.letters_to_people import send_link
from service.web.desk.menu import menu
from service.web.page import page
from service.web.site import Site


def sign_in_page(site: Site, lang: str) -> BaseResponse:
    """The form for e-mail and password; right ones lead on to where one wanted to be."""
    following = safe_next(lang, request.values.get("next"))
    if request.method != "POST":
        return sign_in_form(site, lang, following)
    check_origin()
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        token = enter_by_password(site.database, door_of(site), email, password)
    except TooMany:
        return sign_in_form(site, lang, following, fault="many", email=email)
    if token is None:
        return sign_in_form(site, lang, following, fault="wrong", email=email)
    return give_cookie(site, _to(following), token)


def link_page(site: Site, lang: str) -> BaseResponse:
    """Ask for a link by mail; the answer is the same whether there is an account or not."""
    check_origin()
    email, following = request.form.get("email", ""), safe_next(lang, request.form.get("next"))
    door, letter = door_of(site), None
    try:
        with writing(site.database) as connection:
            asked = ask_for_link(connection, door, email)
            if asked is not None:
                letter = send_link(site, connection, *asked, following, door.now)
    except TooMany:
        return sign_in_form(site, lang, following, fault="many", email=email)
    if letter is not None:
        deliver_beside(site, letter, door.now)
    return page(site, lang, "desk/sent.html", email=email.strip())


def arrive_page(site: Site, lang: str, token: str) -> BaseResponse:
    """Where the link of a letter leads: a button, since programs that look at letters open links too."""
    following = safe_next(lang, request.values.get("next"))
    if request.method == "POST":
        check_origin()
        with writing(site.database) as connection:
            word = enter_by_link(connection, door_of(site), token)
        if word is not None:
            return give_cookie(site, _to(following), word)
    with reading(site.database) as connection:
        found = account_of(connection, token, "sign_in", site.clock())
    if found is None:
        return sign_in_form(site, lang, following, fault="over", http_status=410)
    return page(site, lang, "desk/arrive.html", person=found.person, following=following)


def sign_out(visit: Visit) -> BaseResponse:
    """End the session of this browser."""
    with writing(visit.site.database) as connection:
        end_session(connection, request.cookies.get(COOKIE, ""))
    return take_cookie(_to(url_for("desk.sign_in", lang=visit.lang)))


def deliver_beside(site: Site, letter: Letter, now: datetime) -> None:
    """Send a letter beside the answer, so that its time tells nothing of who has an account."""
    Thread(target=_deliver, args=(site, letter.id, now), name="letter").start()


def _deliver(site: Site, letter_id: UUID, now: datetime) -> None:
    with suppress(NabijError):  # the worker tries again
        deliver(site.database, site.settings, now, only=letter_id)


def _to(address: str) -> BaseResponse:
    return redirect(address, 303)


def sign_in_form(
    site: Site, lang: str, following: str, *, fault: str = "", email: str = "", http_status: int = 0
) -> Response:
    """The page to sign in, with what went wrong: wrong, many, over, unproven, stranger or away."""
    status = http_status or {"": 200, "many": 429, "away": 503}.get(fault, 422)
    other_way = url_for("desk.openid", lang=lang, next=following) if is_offered(site.settings) else ""
    return page(
        site,
        lang,
        "desk/sign_in.html",
        status,
        following=following,
        fault=fault,
        email=email,
        other_way=other_way,
        provider=site.settings.openid_name,
    )


def home(visit: Visit) -> BaseResponse:
    """The first room of those that somebody may enter."""
    entries = menu(visit.person, visit.lang, "")
    return _to(entries[0].address if entries else url_for("desk.me", lang=visit.lang))


ROOMS = (
    ("/in", "home", home, ("GET",), None),
    ("/sign-out", "sign_out", sign_out, ("POST",), None),
)
