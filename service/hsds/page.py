"""One page of a collection in the envelope of HSDS, and where it stands among all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.hsds.known import Json
from service.hsds.parameters import PER_PAGE, Asked


@dataclass(frozen=True, slots=True)
class Window:
    """Which of ``total`` records a page shows: those from ``start``, at most ``size``."""

    total: int
    start: int
    size: int

    @property
    def stop(self) -> int:
        """Behind the last record of the page."""
        return min(self.total, self.start + self.size)

    @property
    def number(self) -> int:
        """The number of the page, from 1; that of the page that holds the first record, with a cursor."""
        return self.start // self.size + 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.size)


def window(ordered: Sequence[Any], asked: Asked) -> Window:
    """The part of ``ordered`` (ascending where it is asked for by cursor) that a request is about."""
    total = len(ordered)
    size = asked.get("per_page") or (max(1, total) if asked.get("minimal") else PER_PAGE)
    if "after" in asked:
        return Window(total, bisect_right(ordered, asked["after"]), size)
    return Window(total, min(total, (asked.get("page", 1) - 1) * size), size)


def envelope(seen: Window, contents: list[Json], asked: Asked) -> Json:
    """The page; one past the end is empty and says so."""
    number = asked.get("page", seen.number)
    return {
        "total_items": seen.total,
        "total_pages": seen.pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number <= 1,
        "last_page": number >= seen.pages,
        "empty": not contents,
        "contents": contents,
    }
