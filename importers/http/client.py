"""Fetches one address politely: who asks is said, what is known is not asked again, all has a limit."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpcore

from importers.http.guard import PublicOnly
from service.errors import SourceError, StorageError

AGENT = "Nabij/0.1 (social map; importer)"
MAX_BYTES = 1 << 30
"""Of one answer, unpacked; the largest public feed of addresses of the country has half of that."""
MAX_SECONDS = 900.0
MAX_REDIRECTS = 5
MAX_WAIT_S = 60.0
"""Who asks us to come back later than that is left alone until the next import."""
ATTEMPTS = 4
_FIRST_WAIT_S = 1.0
_AGAIN = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_TIMEOUT = {"connect": 10.0, "read": 30.0, "write": 30.0, "pool": 10.0}  # seconds
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Known:
    """What a publisher said about the bytes that it gave before."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer whose bytes are in ``path``; none when nothing changed since what was known."""

    url: str
    path: Path | None
    known: Known
    content_type: str = ""
    next_url: str | None = None

    @property
    def is_unchanged(self) -> bool:
        """Whether the publisher says that we have it already."""
        return self.path is None


class Client:
    """Fetches from the public web; ``trusted`` as for PublicOnly, ``wait`` sleeps between attempts."""

    def __init__(
        self,
        trusted: Collection[str] = (),
        *,
        max_bytes: int = MAX_BYTES,
        max_seconds: float = MAX_SECONDS,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pool = httpcore.ConnectionPool(network_backend=PublicOnly(trusted), max_connections=2)
        self._max_bytes = max_bytes
        self._max_seconds = max_seconds
        self._wait = wait

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections that are kept open."""
        self._pool.close()

    def fetch(self, url: str, into: Path, known: Known | None = None) -> Fetched:
        """Write what the address gives into a file.

        Raises SourceError, in one sentence with the address, when it is no public web address, does not
        answer, refuses, redirects without end, or gives more than the limits; StorageError on a full disk.
        """
        pause = _FIRST_WAIT_S
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._follow(url, into, known or Known())
            except _Later as later:
                reason, asked_s = later.reason, later.wait_s
            except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
                reason, asked_s = str(error) or type(error).__name__, None
            except OSError as error:
                raise StorageError(f"{url} cannot be written: {error.strerror}.") from None
            if attempt < ATTEMPTS:
                self._wait(asked_s if asked_s is not None else pause)
                pause *= 2
        raise SourceError(f"{url} does not answer after {ATTEMPTS} attempts: {reason}.")

    def _follow(self, url: str, into: Path, known: Known) -> Fetched:
        deadline = time.monotonic() + self._max_seconds
        for _hop in range(MAX_REDIRECTS + 1):
            answer = self._once(url, into, known, deadline)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise SourceError(f"{url} redirects more than {MAX_REDIRECTS} times.")

    def _once(self, url: str, into: Path, known: Known, deadline: float) -> Fetched | str:
        """The answer, or the address to which it redirects."""
        check_address(url)
        with self._pool.stream(
            "GET", url, headers=_headers(known), extensions={"timeout": _TIMEOUT}
        ) as answer:
            headers = {
                name.decode("latin-1").lower(): text.decode("latin-1") for name, text in answer.headers
            }
            if answer.status in _MOVED and headers.get("location"):
                return urljoin(url, headers["location"])
            if answer.status == 304:
                return Fetched(url, None, known)
            if answer.status in _AGAIN:
                raise _Later(f"status {answer.status}", _asked(headers.get("retry-after")))
            if answer.status != 200:
                raise SourceError(f"{url} answers with status {answer.status} instead of data.")
            self._write(url, answer.iter_stream(), headers.get("content-encoding", ""), into, deadline)
        told = Known(headers.get("etag"), headers.get("last-modified"))
        return Fetched(url, into, told, headers.get("content-type", ""), _next(url, headers.get("link", "")))

    def _write(self, url: str, stream: Iterator[bytes], encoding: str, into: Path, deadline: float) -> None:
        size = 0
        with into.open("wb") as file:
            for piece in _unpacked(url, stream, encoding.strip().lower()):
                size += len(piece)
                if size > self._max_bytes:
                    raise SourceError(f"{url} gives more than {self._max_bytes:,} bytes; that is refused.")
                if time.monotonic() > deadline:
                    raise SourceError(f"{url} takes longer than {self._max_seconds:.0f} s; that is refused.")
                file.write(piece)


class _Later(Exception):
    """The publisher cannot answer now."""

    def __init__(self, reason: str, wait_s: float | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait_s = wait_s


def check_address(url: str) -> None:
    """Raise SourceError for what is no address of the web, or names who asks."""
    try:
        parts = urlsplit(url)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        raise SourceError(f"{url[:200]!r} is not a web address.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_right:
        raise SourceError(f"{url[:200]!r} is not a web address; http:// or https:// is read.")
    if parts.username or parts.password:
        raise SourceError("A web address with a name or password in it is not fetched.")


def _headers(known: Known) -> Mapping[bytes | str, bytes | str]:
    said: dict[bytes | str, bytes | str] = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip"}
    if known.etag:
        said["If-None-Match"] = known.etag
    if known.last_modified:
        said["If-Modified-Since"] = known.last_modified
    return said


def _unpacked(url: str, stream: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """The bytes without the packing of the way, in pieces that stay small whatever they unpack to."""
    if encoding in ("", "identity"):
        yield from stream
        return
    if encoding not in ("gzip", "x-gzip"):
        raise SourceError(f"{url} answers in the encoding {encoding!r}, which was not asked for.")
    unpack = zlib.decompressobj(wbits=31)
    try:
        for packed in stream:
            while packed:
                yield unpack.decompress(packed, _PIECE)
                packed = unpack.unconsumed_tail
        yield unpack.flush()
    except zlib.error as error:
        raise SourceError(f"{url} gives gzip that cannot be unpacked: {error}.") from None


def _asked(retry_after: str | None) -> float | None:
    """How long the publisher asks us to wait; a date is taken as long as we ever wait."""
    if not retry_after:
        return None
    wait_s = float(retry_after) if retry_after.strip().isdigit() else MAX_WAIT_S
    return min(wait_s, MAX_WAIT_S)


def _next(url: str, link: str) -> str | None:
    """The next page that a Link header names (RFC 8288)."""
    for part in link.split(","):
        target, _, rest = part.partition(";")
        if 'rel="next"' in rest.replace("'", '"') or "rel=next" in rest:
            return urljoin(url, target.strip().strip("<>"))
    return None
