"""Who says what a preview would change, and when."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.engine import Connection

from service.desk.bulk.compare import Change
from service.desk.bulk.taken import take
from service.web.desk.door import Visit
from service.web.facts import voice


def voices(connection: Connection, visit: Visit, changes: Sequence[Change]) -> dict[tuple[UUID, str], str]:
    """By listing and key who says what is there now, and when they said it, in words."""
    found = {}
    wanted = {(each.listing, each.key) for each in changes}
    today, lang = visit.site.today(), visit.lang
    for each in take(connection, dict.fromkeys(listing for listing, _key in wanted)):
        for key, who in each.provenance.items():
            if (each.id, key) in wanted:
                said = voice(who, today, lang)
                found[each.id, key] = f"{said.speaker}, {said.said}"
    return found
