"""The second factor at sign-in: a code of one's app, or a recovery code."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.second import pass_second
from service.accounts.tokens import form_token
from service.database.session import writing
from service.errors import TooMany
from service.web.desk.comer import door_of
from service.web.desk.cookie import give_cookie
from service.web.desk.door import COOKIE, check_form, safe_next, waiting_at
from service.web.page import page
from service.web.site import Site


def second_page(site: Site, lang: str) -> BaseResponse:
    """Where somebody gives the code of their app; the session that waited is another one after it."""
    following = safe_next(lang, request.values.get("next"))
    held, token = waiting_at(site), request.cookies.get(COOKIE, "")
    if held is None:
        return redirect(url_for("desk.sign_in", lang=lang, next=following), 303)
    word, fault = form_token(site.settings, token), ""
    if request.method == "POST":
        check_form(word)
        try:
            with writing(site.database) as connection:
                code = request.form.get("code", "")
                passed = pass_second(connection, door_of(site), token, held, code)
            if passed is not None:
                return give_cookie(site, redirect(following, 303), passed)
            fault = "wrong"
        except TooMany:
            fault = "many"
    status = {"": 200, "many": 429}.get(fault, 422)
    return page(site, lang, "desk/second.html", status, following=following, fault=fault, token=word)
