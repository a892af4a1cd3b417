"""Where somebody comes from who knocks at the door."""

from __future__ import annotations

from flask import request

from service.accounts.entering import Door
from service.network import network_address
from service.web.site import Site


def door_of(site: Site) -> Door:
    """The address of the network and the moment of this request."""
    address = network_address(request.remote_addr or "", request.headers.get("X-Forwarded-For", ""))
    return Door(site.settings, address, site.clock())
