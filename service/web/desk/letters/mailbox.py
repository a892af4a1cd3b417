"""The mailbox of the data folder as pages: for an administrator, and in the demo for whoever sits there."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.errors import NotFound
from service.mail.mailbox import kept_letter, kept_letters
from service.mail.ways import LOOPBACK
from service.web.desk.door import person_at
from service.web.page import page
from service.web.site import Site


def mailbox_page(site: Site, lang: str) -> BaseResponse:
    """The letters. Raises NotFound where letters go to a server, or to those who may not read them."""
    refused = _refused(site, lang)
    if refused is not None:
        return refused
    return page(site, lang, "desk/letters/mailbox.html", letters=kept_letters(site.settings.home))


def kept_letter_page(site: Site, lang: str, name: str) -> BaseResponse:
    """One letter with its links. Raises NotFound."""
    refused = _refused(site, lang)
    if refused is not None:
        return refused
    return page(site, lang, "desk/letters/kept.html", letter=kept_letter(site.settings.home, name))


def is_open(site: Site) -> bool:
    """Whether this very request may read the mailbox without signing in.

    Only in the demo, which says so in its settings; only where Nabij listens to this machine alone; only
    from this machine; and only under its own name, so that no site elsewhere has a browser read it (DNS
    rebinding).
    """
    settings = site.settings
    return (
        settings.mailbox == "open"
        and settings.host in LOOPBACK
        and _is_this_machine(request.remote_addr or "")
        and not request.headers.get("X-Forwarded-For")
        and (urlsplit(f"//{request.host}").hostname or "") in LOOPBACK
    )


def _refused(site: Site, lang: str) -> BaseResponse | None:
    if site.settings.mail_url:
        raise NotFound("Letters go to a server of mail.")
    if is_open(site):
        return None
    person = person_at(site)
    if person is None:
        return redirect(url_for("desk.sign_in", lang=lang, next=request.path), 303)
    if not person.is_administrator:
        raise NotFound("The mailbox is for administrators.")
    return None


def _is_this_machine(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


OPEN_ROOMS = (
    ("/mailbox", "mailbox", mailbox_page, ("GET",)),
    ("/mailbox/<name>", "kept_letter", kept_letter_page, ("GET",)),
)
"""Pages that settle for themselves who may see them."""
