"""What else the link of a letter can do: bring a new link to the same address, or stop the letters."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.database.session import primary_of, writing
from service.desk.letters.ask import renew
from service.mail.marks import clear_marks, mark_declined
from service.mail.send import deliver
from service.web.confirm import masked, open_link, wrong_link
from service.web.page import page
from service.web.site import Site


def renew_page(site: Site, lang: str, token: str) -> BaseResponse:
    """Send a new link to the address that the old one was sent to, and to no other."""
    link = open_link(site, token)
    if link is None:
        return wrong_link(site, lang)
    if request.method != "POST":
        return redirect(url_for("web.confirm", lang=lang, token=token), 303)
    database, now = primary_of(site.database), site.clock()
    with writing(database) as connection:
        sent = renew(connection, site.settings, link, now)
    if sent is not None:
        deliver(database, site.settings, now, only=sent)
    response = page(site, lang, "confirm/sent.html", is_sent=sent is not None, masked=masked(link.recipient))
    response.headers["Cache-Control"] = "no-store"
    return response


def stop_page(site: Site, lang: str, token: str) -> BaseResponse:
    """No letters to this address any more, or again; a mail program may press this button by itself.

    (RFC 8058; opening the address alone changes nothing.)
    """
    link = open_link(site, token)
    if link is None:
        return wrong_link(site, lang)
    done = ""
    if request.method == "POST":
        done = "again" if request.form.get("again") else "stopped"
        with writing(primary_of(site.database)) as connection:
            if done == "again":
                clear_marks(connection, link.recipient)
            else:
                mark_declined(connection, link.recipient, site.clock())
    response = page(site, lang, "confirm/stop.html", token=token, done=done, masked=masked(link.recipient))
    response.headers["Cache-Control"] = "no-store"
    return response
