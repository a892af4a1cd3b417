"""Writing down that somebody saw what is not public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal
from uuid import UUID

from service.accounts.audit import note, noted_since
from service.database.session import reading, writing
from service.web.desk.door import Visit

Seen = Literal["hidden_address", "draft", "worker_note", "correction", "hidden_export"]
"""An address that no visitor sees, a listing that is not published, what professionals tell each other, what
a visitor wrote, a spreadsheet with such addresses."""

ONCE_IN = timedelta(hours=1)
"""Who looks at the same again within this time is not written down twice."""


def saw(visit: Visit, *looks: tuple[UUID | None, Seen]) -> None:
    """Write a line of the audit for each before the page is shown; where it cannot be, the page is not."""
    if not looks:
        return
    now = visit.site.clock()
    wanted = dict.fromkeys((listing, f"saw_{what}") for listing, what in looks)
    with reading(visit.site.database) as connection:
        fresh = noted_since(connection, visit.person, now - ONCE_IN, {listing for listing, _ in wanted})
    left = [each for each in wanted if each not in fresh]
    if not left:
        return
    with writing(visit.site.database) as connection:
        for listing, action in left:
            note(connection, visit.person, action, now, listing=listing)


def saw_each(visit: Visit, listings: Iterable[UUID], what: Seen) -> None:
    """The same of several listings."""
    saw(visit, *((listing, what) for listing in listings))
