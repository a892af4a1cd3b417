"""Listings that somebody makes at the desk: source records of a source of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.catalogue.claims import Statement
from service.catalogue.edits import check_person
from service.catalogue.ground import Ground, ground_of
from service.catalogue.groups import Group
from service.catalogue.ids import record_id
from service.catalogue.project import project
from service.catalogue.records import Incoming, insert_records
from service.catalogue.state import STATE
from service.catalogue.terms import store_terms
from service.config import TIMEZONE
from service.database.claims import DRAFT, source
from service.model.dates import PartialDate
from service.model.fields import parse_key
from service.model.provenance import PROVIDER
from service.model.values import Value, parse_value


@dataclass(frozen=True, slots=True)
class HandCard:
    """The source that such records are of; what somebody of the zone says is believed before a file."""

    id: str = "desk"
    name: str = "Zone coordinators"
    publisher: str | None = "Zone coordinators"
    licence: str | None = None
    attribution: str | None = None
    url: str | None = None
    precedence: int = 80
    role: str | None = "zone"


DESK = HandCard()
PROVIDERS = HandCard("desk-providers", "Providers themselves", "Providers themselves", role=PROVIDER)
"""The same where who offers the help makes the listing."""


def add_by_hand(
    connection: Connection,
    values: Mapping[str, object],
    *,
    by: str,
    now: datetime,
    role: str = "coordinator",
    ground: Ground | None = None,
) -> UUID:
    """Make a listing, in a transaction that writes; gives its id. It is a draft until somebody publishes it.

    Raises BadValue for a field or value that cannot be, or when nobody is named.
    """
    check_person(by=by)
    card = PROVIDERS if role == PROVIDER else DESK
    said: dict[str, Value] = {STATE: DRAFT}
    for key, raw in values.items():
        field_key = parse_key(key)
        said[str(field_key)] = parse_value(field_key.path, raw)
    day, own_key = now.astimezone(TIMEZONE).date(), uuid4().hex
    statement = Statement(own_key, said, PartialDate(day.year, day.month, day.day), raw={"by": by})
    _keep_card(connection, card)
    store_terms(connection)
    incoming = Incoming.of(record_id(card.id, own_key), card.id, statement)
    insert_records(connection, [incoming], now)
    group = Group([incoming.record(card, now)])
    project(connection, [incoming.id], now, ground or ground_of(connection), new={incoming.id: group})
    return incoming.id


def _keep_card(connection: Connection, card: HandCard) -> None:
    if connection.scalar(sa.select(source.c.id).where(source.c.id == card.id)) is None:
        connection.execute(sa.insert(source).values(asdict(card)))
