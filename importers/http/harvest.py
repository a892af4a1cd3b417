"""Fetches all of a feed into one file: a file as it is, the pages of an API with their records in a zip."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from importers.http.client import Client, Fetched, Known
from importers.http.memory import Memory
from importers.http.paging import below, detail_url, next_page, records_of, same_host
from importers.progress import Progress
from importers.readers.archive import LIST_NAME
from service.errors import SourceError

MAX_PAGES = 20_000
MAX_PAGE_BYTES = 64 << 20
"""Of one page of an API, which is read as a whole; a whole feed in one file is streamed and may be larger."""
_FULL = (
    "service_at_locations",
    "phones",
    "schedules",
    "contacts",
    "locations",
    "regular_schedules",
    "languages",
)
_DATE = (1980, 1, 1, 0, 0, 0)  # the same bytes give the same zip


@dataclass(slots=True)
class Harvest:
    """Fetches with one client; ``memory`` is what was fetched before, ``folder`` where files go."""

    client: Client
    memory: Memory
    folder: Path
    progress: Progress
    _count: int = field(default=0)

    def all_of(self, url: str) -> Path:
        """The file with everything that the address gives. Raises what Client.fetch raises."""
        first = self._fetch(url, self.folder / "answer")
        assert first.path is not None
        answer = _parsed(first.path)
        if _is_root(answer):
            url = below(url, "services")
            first = self._fetch(url, self.folder / "answer")
            assert first.path is not None
            answer = _parsed(first.path)
        found = records_of(answer)
        if found is None or (next_page(url, answer, first.next_url) is None and not _needs_details(found)):
            return self._named(first, url)
        return self._zipped(url, first, answer)

    def _zipped(self, url: str, first: Fetched, answer: object) -> Path:
        target = self.folder / f"{_stem(url)}.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            number = 0
            for number, (page_url, path, page) in enumerate(self._pages(url, first, answer), start=1):
                found = records_of(page) or []
                in_full = _needs_details(found)
                _put(packed, f"{LIST_NAME if in_full else ''}{number:06}.json", path)
                if in_full:
                    self._details(packed, page_url, found)
                path.unlink()
            if number == MAX_PAGES:
                raise SourceError(f"{url} has more than {MAX_PAGES:,} pages; that is refused.")
        return target

    def _pages(self, url: str, first: Fetched, answer: object) -> Iterator[tuple[str, Path, object]]:
        seen: set[str] = set()
        fetched = first
        for _number in range(MAX_PAGES):
            assert fetched.path is not None
            checksum = hashlib.sha256(fetched.path.read_bytes()).hexdigest()
            if checksum in seen:
                raise SourceError(f"{url} gives a page that it gave before; its pages cannot be told apart.")
            seen.add(checksum)
            following = next_page(url, answer, fetched.next_url)
            yield url, fetched.path, answer
            if following is None or not records_of(answer):
                return
            if not same_host(url, following):
                raise SourceError(f"{url} names {following} as its next page, which is another server.")
            url = following
            fetched = self._fetch(url, self.folder / "answer")
            assert fetched.path is not None
            answer = _parsed(fetched.path)
            if records_of(answer) is None:
                raise SourceError(f"{url} is no page of records as the one before it.")

    def _details(self, packed: zipfile.ZipFile, url: str, found: list[Any]) -> None:
        for record in found:
            id_ = record.get("id") if isinstance(record, dict) else None
            if not isinstance(id_, str | int) or not str(id_):
                continue
            detail = self._fetch(detail_url(url, str(id_)), self.folder / "detail")
            assert detail.path is not None
            self._count += 1
            _put(
                packed,
                f"{self._count:06}-{hashlib.sha256(str(id_).encode()).hexdigest()[:8]}.json",
                detail.path,
            )
            self.progress.reach(self._count)

    def _fetch(self, url: str, into: Path) -> Fetched:
        """From the publisher, or what it gave before where it says that nothing changed."""
        known, kept = self.memory.recall(url)
        fetched = self.client.fetch(url, into, known if kept else Known())
        if fetched.is_unchanged and kept is not None:
            into.write_bytes(kept.read_bytes())
            return Fetched(fetched.url, into, known)
        if fetched.path is not None:
            self.memory.keep(url, fetched.known, fetched.path)
        return fetched

    def _named(self, fetched: Fetched, url: str) -> Path:
        """The file under a name whose ending says what it is."""
        assert fetched.path is not None
        return fetched.path.rename(self.folder / f"{_stem(url)}{_ending(fetched, url)}")


def _put(packed: zipfile.ZipFile, name: str, path: Path) -> None:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(info, path.read_bytes())


def _parsed(path: Path) -> object:
    """The answer as JSON, None where it is none or too large for a page."""
    if path.stat().st_size > MAX_PAGE_BYTES:
        return None
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def _is_root(answer: object) -> bool:
    """Whether it is the front page of an API of HSDS, which says its version and where its schema is."""
    return (
        isinstance(answer, dict)
        and bool(answer.keys() & {"openapi_url", "profile", "swagger"})
        and "id" not in answer
    )


def _needs_details(found: list[Any]) -> bool:
    """Whether records of services are given in short, so that each has to be asked for."""
    services = [each for each in found if isinstance(each, dict) and "name" in each and "id" in each]
    is_hsds = any({"organization", "organization_id"} & each.keys() for each in services)
    return is_hsds and not any(name in each for each in services for name in _FULL)


def _ending(fetched: Fetched, url: str) -> str:
    assert fetched.path is not None
    with fetched.path.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
    named = Path(urlsplit(url).path).suffix.lower()
    if start.startswith(b"PK"):
        return ".xlsx" if named == ".xlsx" or "spreadsheetml" in fetched.content_type else ".zip"
    if start[:1] in (b"{", b"["):
        return named if named in (".jsonld", ".jsonl", ".ndjson", ".geojson") else ".json"
    return ".html" if start[:1] == b"<" else ".csv"


def _stem(url: str) -> str:
    parts = urlsplit(url)
    return Path(parts.path).stem or (parts.hostname or "feed").replace(".", "-")
