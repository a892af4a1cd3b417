"""Lets a fetch reach public addresses only: what was looked up and checked is what is called."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection, Iterable

import httpcore

from service.errors import SourceError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


class PublicOnly(httpcore.NetworkBackend):
    """Connects as httpcore does, to addresses that anybody can reach.

    ``trusted`` names what is reached all the same, as ``host:port``: a server of a test.
    """

    def __init__(self, trusted: Collection[str] = ()) -> None:
        self._trusted = frozenset(trusted)
        self._wrapped = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host; raises SourceError when one of them is not public."""
        address = host if f"{host}:{port}" in self._trusted else self._public(host, port)
        return self._wrapped.connect_tcp(address, port, timeout, local_address, socket_options)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002 (the interface of httpcore)
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Never: a source is not on this machine."""
        raise SourceError(f"{path} is no web address.")

    def sleep(self, seconds: float) -> None:
        """Wait, as httpcore asks it."""
        self._wrapped.sleep(seconds)

    def _public(self, host: str, port: int) -> str:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} is not found ({error})") from None
        addresses = [str(each[4][0]).partition("%")[0] for each in found]
        if not all(is_public(ipaddress.ip_address(each)) for each in addresses):
            raise SourceError(
                f"{host} is not a public address; sources are fetched from the public web only."
            )
        return addresses[0]


def is_public(address: _Address) -> bool:
    """Whether anybody can reach it, also when it stands in another one (RFC 4291, 6052, 3056)."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            inner = address.teredo[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if int(address) >> 32 == 0:  # ::a.b.c.d, out of use
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
