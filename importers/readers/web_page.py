"""Finds the JSON-LD that stands in a web page."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from service.errors import SourceError

MAX_PAGE_BYTES = 32 << 20
"""Of one page with all that stands in it."""


def json_ld_of(path: Path, name: str) -> list[str]:
    """The texts of its ``<script type="application/ld+json">``; raises SourceError when it cannot be read."""
    try:
        if path.stat().st_size > MAX_PAGE_BYTES:
            raise SourceError(f"{name} is larger than {MAX_PAGE_BYTES:,} bytes; that is refused.")
        page = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {error.strerror}.") from None
    finder = _Finder()
    finder.feed(page)
    finder.close()
    return finder.found


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").partition(";")[0].strip().lower()
        self._is_inside = tag == "script" and kind == "application/ld+json"
        if self._is_inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (any end tag ends a script)
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.found[-1] += data
