"""Where the link of an invitation leads: one chooses a password, or signs in by letters alone."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.entering import enter_by_link, set_password
from service.accounts.links import account_of
from service.accounts.pending import is_offered
from service.accounts.person import Person
from service.database.session import reading, writing
from service.errors import BadValue
from service.web.desk.comer import door_of
from service.web.desk.cookie import give_cookie
from service.web.desk.door import check_origin
from service.web.desk.role_names import role_namer_of
from service.web.page import page
from service.web.site import Site


def welcome_page(site: Site, lang: str, token: str) -> BaseResponse:
    """Take up one's account; its link works once, when the form is sent."""
    if request.method == "POST":
        check_origin()
    with reading(site.database) as connection:
        found = account_of(connection, token, "invitation", site.clock())
    if found is None:
        return page(site, lang, "desk/welcome_over.html", 410)
    if request.method != "POST":
        return _form(site, lang, found.person)
    password, now = request.form.get("password", ""), site.clock()
    try:
        with writing(site.database) as connection:
            if request.form.get("way") != "letters":
                set_password(connection, found.person, password, now)
            word = enter_by_link(connection, door_of(site), token, "invitation")
    except BadValue:
        return _form(site, lang, found.person, 422, "password")
    if word is None:  # taken at the same moment in another window
        return page(site, lang, "desk/welcome_over.html", 410)
    return give_cookie(site, redirect(url_for("desk.home", lang=lang), 303), word)


def _form(site: Site, lang: str, person: Person, http_status: int = 200, fault: str = "") -> Response:
    with reading(site.database) as connection:
        role_name = role_namer_of(connection, lang, person)
    offered = url_for("desk.openid", lang=lang) if is_offered(site.settings) else ""
    return page(
        site,
        lang,
        "desk/welcome.html",
        http_status,
        person=person,
        role_name=role_name,
        fault=fault,
        other_way=offered,
        provider=site.settings.openid_name,
    )
