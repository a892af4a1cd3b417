"""Writing down that somebody saw what is not public."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from service.accounts.audit import note
from service.database.session import writing
from service.web.desk.door import Visit

Seen = Literal["hidden_address", "draft", "worker_note", "correction", "hidden_export"]
"""An address that no visitor sees, a listing that is not published, what professionals tell each other, what
a visitor wrote, a spreadsheet with such addresses."""


def saw(visit: Visit, listing: UUID | None, what: Seen) -> None:
    """Write one line of the audit, before the page is shown; a page whose line cannot be written is not."""
    with writing(visit.site.database) as connection:
        note(connection, visit.person, f"saw_{what}", visit.site.clock(), listing=listing)
