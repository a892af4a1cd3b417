"""One's own second factor: setting it up with a QR code, new recovery codes, and taking it away."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.second import (
    address_for_app,
    is_code,
    new_recovery_codes,
    new_secret,
    recovery_codes_left,
    turn_off,
    turn_on,
)
from service.database.session import reading, writing
from service.errors import BadValue, TooMany
from service.i18n.messages import N_, translator
from service.web.desk.comer import door_of
from service.web.desk.door import Visit, desk_page
from service.web.share import qr


def my_second_page(visit: Visit) -> BaseResponse:
    """What one can do about one's second factor; every step of it is a form."""
    if request.method != "POST":
        return _page(visit)
    do, code = request.form.get("do", ""), request.form.get("code", "")
    try:
        if do == "begin" and not visit.session.has_second:
            return _set_up(visit, new_secret())
        if do == "confirm" and not visit.session.has_second:
            return _confirm(visit, request.form.get("secret", ""), code)
        if do == "codes" and visit.session.has_second:
            return _new_codes(visit, code)
        if do == "off" and visit.session.has_second:
            return _off(visit, code)
    except TooMany:
        return _page(visit, 429, fault="many")
    except BadValue:
        return _page(visit, 422, fault="wrong")
    return redirect(url_for("desk.my_second", lang=visit.lang), 303)


def _set_up(visit: Visit, secret: str, http_status: int = 200, fault: str = "") -> BaseResponse:
    title = translator(visit.lang).gettext(N_("QR code for your app"))
    picture = qr(address_for_app(visit.person, secret), title)
    written = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return desk_page(
        visit,
        "desk/second_set_up.html",
        http_status,
        secret=secret,
        written=written,
        picture=picture,
        fault=fault,
    )


def _confirm(visit: Visit, secret: str, code: str) -> BaseResponse:
    try:
        with writing(visit.site.database) as connection:
            codes = turn_on(connection, door_of(visit.site), visit.session, secret, code)
    except TooMany:
        return _set_up(visit, secret, 429, "many")
    if codes is None:
        return _set_up(visit, secret, 422, "wrong")
    return desk_page(visit, "desk/recovery.html", codes=codes, is_new=True)


def _new_codes(visit: Visit, code: str) -> BaseResponse:
    with writing(visit.site.database) as connection:
        is_right = is_code(connection, door_of(visit.site), visit.person, code)
        settings = visit.site.settings
        codes = new_recovery_codes(connection, settings, visit.person.id) if is_right else ()
    if not codes:
        return _page(visit, 422, "wrong")
    return desk_page(visit, "desk/recovery.html", codes=codes, is_new=False)


def _off(visit: Visit, code: str) -> BaseResponse:
    with writing(visit.site.database) as connection:
        is_off = turn_off(connection, door_of(visit.site), visit.person, code)
    if not is_off:
        return _page(visit, 422, "wrong")
    return redirect(url_for("desk.my_second", lang=visit.lang, done="off"), 303)


def _page(visit: Visit, http_status: int = 200, fault: str = "") -> BaseResponse:
    with reading(visit.site.database) as connection:
        left = recovery_codes_left(connection, visit.person.id)
    needed = visit.site.settings.roles_with_second
    return desk_page(
        visit,
        "desk/my_second.html",
        http_status,
        is_on=visit.session.has_second,
        is_needed=any(each.role in needed for each in visit.person.grants),
        left=left,
        fault=fault,
        done=request.args.get("done"),
    )


ROOMS = (("/me/second", "my_second", my_second_page, ("GET", "POST"), None),)
