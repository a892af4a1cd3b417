"""Sending what waits right away, as well as it goes; the worker sends the rest."""

from __future__ import annotations

from service.errors import NabijError
from service.mail.send import deliver
from service.web.site import Site


def send_now(site: Site) -> None:
    """Hand over what waits; a failure here is no failure of what somebody did."""
    try:
        deliver(site.database, site.settings, site.clock())
    except NabijError:
        return  # the letters stay, and the worker tells what is wrong
