"""One's own page: name, language, roles, and a password."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.entering import set_password
from service.accounts.sessions import begin_session
from service.accounts.store import organization_names
from service.database.session import reading, writing
from service.errors import BadValue
from service.web.desk.cookie import give_cookie
from service.web.desk.door import Visit, desk_page
from service.web.desk.role_names import role_namer


def me_page(visit: Visit) -> BaseResponse:
    """What is known of whoever is signed in; a new password signs out every other browser."""
    if request.method != "POST":
        return _page(visit)
    site, now = visit.site, visit.site.clock()
    try:
        with writing(site.database) as connection:
            set_password(connection, visit.person, request.form.get("password", ""), now)
            token = begin_session(connection, visit.person, "password", now)
    except BadValue:
        return _page(visit, 422, fault="password")
    done = url_for("desk.me", lang=visit.lang, done="password")
    return give_cookie(site, redirect(done, 303), token)


def _page(visit: Visit, http_status: int = 200, fault: str = "") -> BaseResponse:
    with reading(visit.site.database) as connection:
        organizations = organization_names(connection, visit.person.organizations)
    return desk_page(
        visit,
        "desk/me.html",
        http_status,
        fault=fault,
        has_second=visit.session.has_second,
        done=request.args.get("done"),
        role_name=role_namer(visit.lang, organizations),
    )


ROOMS = (("/me", "me", me_page, ("GET", "POST"), None),)
