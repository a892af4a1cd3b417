"""How many requests one address may send in a minute to the interfaces for machines."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from flask import Response, request

from service.api.errors import error_json
from service.network import is_loopback, network_address

MINUTE_S = 60
_MOST_ADDRESSES = 50_000  # held at once; beyond it those that rest are forgotten


class Limit:
    """A bucket per address that fills evenly: short bursts pass, a flood does not.

    Addresses are held in memory only, for a minute, and written nowhere. This machine itself is not limited;
    behind a proxy on this machine the address is the last that it forwards for.
    """

    def __init__(
        self, per_minute: int, paths: tuple[str, ...], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_minute = per_minute
        self._paths = paths
        self._clock = clock
        self._lock = Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def check(self) -> Response | None:
        """429 with Retry-After for an address whose bucket is empty, else nothing."""
        if not request.path.startswith(self._paths):
            return None
        wait_s = self._take(_address())
        if wait_s <= 0:
            return None
        allowed = f"{self._per_minute} a minute"
        response = error_json(
            429, "too_many_requests", "Too many requests from your address.", allowed=allowed
        )
        response.headers["Retry-After"] = str(int(wait_s) + 1)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    def _take(self, address: str) -> float:
        """Take one; the seconds to wait where there is none left."""
        if not address or is_loopback(address):
            return 0.0
        now, rate = self._clock(), self._per_minute / MINUTE_S
        with self._lock:
            left, since = self._left.get(address, (float(self._per_minute), now))
            left = min(float(self._per_minute), left + (now - since) * rate)
            if left < 1:
                return (1 - left) / rate
            self._forget(now)
            self._left[address] = (left - 1, now)
        return 0.0

    def _forget(self, now: float) -> None:
        if len(self._left) >= _MOST_ADDRESSES:
            self._left = {who: held for who, held in self._left.items() if now - held[1] < MINUTE_S}


def _address() -> str:
    return network_address(request.remote_addr or "", request.headers.get("X-Forwarded-For", ""))
