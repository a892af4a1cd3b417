"""From which address of the network a request comes, also behind a proxy of our own."""

from __future__ import annotations

import ipaddress


def network_address(direct: str, forwarded: str) -> str:
    """Who asks, as an IP address; empty where nobody can say.

    ``direct`` is the other end of the connection, ``forwarded`` the header X-Forwarded-For: its last entry is
    believed where the connection is from this machine, on which only our own proxy is.
    """
    last = forwarded.rpartition(",")[2].strip()
    for each in (last, direct) if is_loopback(direct) and last else (direct,):
        try:
            return str(ipaddress.ip_address(each))
        except ValueError:
            continue
    return ""


def is_loopback(address: str) -> bool:
    """Whether it is this machine itself."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
