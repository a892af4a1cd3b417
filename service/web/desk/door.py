"""The door of the desk: who comes in, what every page of it needs, and refusing forged forms."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import Response, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.permissions import Action, may_somewhere
from service.accounts.person import Person
from service.accounts.sessions import Session, find_session, keep_session
from service.accounts.tokens import form_token
from service.database.session import reading, writing
from service.errors import Forbidden
from service.web.desk.menu import menu
from service.web.page import page
from service.web.site import Site

COOKIE = "nabij-desk"
_WITHOUT_SECOND = ("desk.my_second", "desk.sign_out")
TOKEN = "token"  # noqa: S105 (the name of a field)
_TOKEN_FIELD = Markup('<input type="hidden" name="token" value="{}">')


@dataclass(frozen=True)
class Visit:
    """Somebody who is signed in, at one page. ``token`` stands in every form; the door has checked it.

    ``site.database`` is the one that is written to, so that people read what they just wrote. ``session`` is
    the one of this browser.
    """

    site: Site
    lang: str
    person: Person
    token: str
    session: Session


View = Callable[..., BaseResponse]
"""A page of the desk: from a visit and the values of its address to the answer."""


def behind_the_door(site: Site, view: View, action: Action | None) -> View:
    """The view for those who are signed in and may do the action somewhere; others are led to the sign-in.

    Raises Forbidden where they may not, and for a form that is not of this session.
    """

    def visit(lang: str, **values: str) -> BaseResponse:
        token = request.cookies.get(COOKIE, "")
        held = _session(site, token) if token else None
        if held is None:
            return _to_sign_in(lang)
        if held.waits:
            return redirect(url_for("desk.second", lang=lang, next=_here()), 303)
        if _lacks_second(site, held) and request.endpoint not in _WITHOUT_SECOND:
            return redirect(url_for("desk.my_second", lang=lang), 303)
        if action is not None and not may_somewhere(held.person, action):
            raise Forbidden("This part of the desk is for other roles.")
        made = Visit(site, lang, held.person, form_token(site.settings, token), held)
        if request.method == "POST":
            check_form(made.token)
        return view(made, **values)

    return visit


def check_form(token: str) -> None:
    """Raise Forbidden where a form was not given out by this session or was sent from another site."""
    check_origin()
    if not hmac.compare_digest(request.form.get(TOKEN, "").encode(), token.encode()):
        raise Forbidden("The form is from an earlier session. Open the page again.")


def check_origin() -> None:
    """Raise Forbidden where another site sends us a form."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = urlsplit(request.headers.get("Origin", "")).netloc
    # without a Referer a browser may send the origin "null", which has no host
    if site not in ("same-origin", "none") or (origin and origin != request.host):
        raise Forbidden("The form was sent from another site.")


def desk_page(visit: Visit, template: str, http_status: int = 200, **values: Any) -> Response:  # noqa: ANN401
    """A page of the desk; its template extends ``desk/base.html``, its forms hold ``token_field()``."""
    common = {
        "person": visit.person,
        "menu": menu(visit.person, visit.lang, request.endpoint or ""),
        "token_field": partial(_TOKEN_FIELD.format, visit.token),
    }
    return page(visit.site, visit.lang, template, http_status, **common | values)


def person_at(site: Site) -> Person | None:
    """Who is signed in at this browser, on a page that visitors see too."""
    token = request.cookies.get(COOKIE, "")
    held = _session(site, token) if token else None
    return held.person if held and not held.waits else None


def safe_next(lang: str, address: str | None) -> str:
    """Where to go after signing in: a page of the desk, or its first."""
    parts = urlsplit(address or "")
    inside = f"/{lang}/desk"
    is_ours = not parts.scheme and not parts.netloc and (parts.path + "/").startswith(inside + "/")
    if not is_ours or "\\" in parts.path or ".." in parts.path or "//" in parts.path:
        return url_for("desk.home", lang=lang)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def waiting_at(site: Site) -> Session | None:
    """Who is at this browser and still has to give a code."""
    token = request.cookies.get(COOKIE, "")
    held = _session(site, token) if token else None
    return held if held and held.waits else None


def _lacks_second(site: Site, held: Session) -> bool:
    """Whether a role of theirs needs a second factor that they have not set up yet."""
    needed = site.settings.roles_with_second
    return not held.has_second and any(each.role in needed for each in held.person.grants)


def _session(site: Site, token: str) -> Session | None:
    now = site.clock()
    with reading(site.database) as connection:
        held = find_session(connection, token, now)
    if held and held.is_due:
        with writing(site.database) as connection:
            keep_session(connection, replace(held, is_due=False), now)
    return held


def _to_sign_in(lang: str) -> BaseResponse:
    return redirect(url_for("desk.sign_in", lang=lang, next=_here()), 303)


def _here() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else ""
