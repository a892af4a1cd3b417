"""Looks whether a website answers, politely: one question, nothing read but its first line and headers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import TracebackType
from urllib.parse import urljoin

import httpcore

from importers.http.client import MAX_REDIRECTS, check_address
from importers.http.guard import PublicOnly

AGENT = "Nabij/0.1 (social map; looks once a month whether a website still answers)"
GONE = frozenset({404, 410})
"""What says that a page is not there. Whoever asks for a name, refuses machines or is busy is there."""

_MOVED = frozenset({301, 302, 303, 307, 308})
_NOT_FOR_HEAD = frozenset({400, 403, 404, 405, 501})
_TIMEOUT = {"connect": 10.0, "read": 15.0, "write": 10.0, "pool": 10.0}  # seconds


class Probe:
    """Looks at websites of the public web; ``trusted`` as for PublicOnly."""

    def __init__(self, trusted: Collection[str] = ()) -> None:
        self._pool = httpcore.ConnectionPool(network_backend=PublicOnly(trusted), max_connections=2)

    def __enter__(self) -> Probe:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def look(self, url: str) -> str | None:
        """Why a website does not answer, None where it does.

        Raises SourceError for what is no address of the public web: nothing is known of that.
        """
        try:
            for _hop in range(MAX_REDIRECTS + 1):
                answer = self._asked(url)
                if answer is None or answer.startswith("status "):
                    return answer
                url = answer
        except httpcore.UnsupportedProtocol:
            return "leads to no web address"
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            return _reason(error)
        return "redirects without end"

    def _asked(self, url: str) -> str | None:
        """Where it leads to, "status" with a number where nothing is there, None where something is."""
        check_address(url)
        status, leads_to = self._once("HEAD", url)
        if status in _NOT_FOR_HEAD:
            status, leads_to = self._once("GET", url)
        if status in _MOVED and leads_to:
            return urljoin(url, leads_to)
        return f"status {status}" if status in GONE or status >= 500 else None

    def _once(self, method: str, url: str) -> tuple[int, str]:
        asked: Mapping[bytes | str, bytes | str] = {"User-Agent": AGENT, "Accept": "text/html,*/*"}
        with self._pool.stream(method, url, headers=asked, extensions={"timeout": _TIMEOUT}) as answer:
            headers = {name.lower(): text for name, text in answer.headers}
            return answer.status, headers.get(b"location", b"").decode("latin-1")


def _reason(error: Exception) -> str:
    if isinstance(error, httpcore.TimeoutException):
        return "does not answer in time"
    return str(error)[:200] or type(error).__name__
