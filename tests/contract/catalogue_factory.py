"""Sources, statements and imports for the tests of the catalogue, with sane defaults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from service.catalogue.claims import Statement
from service.catalogue.ids import record_id
from service.catalogue.intake import take
from service.catalogue.listings import Found, published_ids, read_listing
from service.catalogue.runs import Counts
from service.database import claims, hsds, hsds_terms
from service.database.session import reading
from service.model.dates import PartialDate
from service.model.values import Value

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Card:
    id: str = "zone-list"
    name: str = "List of the zone"
    publisher: str | None = "Zorgzone Noord"
    licence: str | None = "CC BY 4.0"
    attribution: str | None = None
    url: str | None = "https://zone.example.be"
    precedence: int = 10
    role: str | None = None


@dataclass(frozen=True)
class Reject:
    file: str = "list.csv"
    row: int = 3
    column: str = "phone"
    value: str = "02/"
    reason: str = "is not a telephone number"
    suggestion: str = "+32 2 512 34 56"


ZONE = Card()
CITY = Card("city-data", "Open data of the city", "Stad Brussel", precedence=5)


def statement(key: str = "pantry", said_on: str | None = "2026-08", **values: Value | None) -> Statement:
    """A food pantry in Laken; ``values`` by path with __ for the dot, None leaves a field out."""
    said: dict[str, Value | None] = {
        "organization.name": "De Voorraadkast",
        "service.name@nl": "Voedselpakketten",
        "service.needs": ["food.parcel"],
        "address.street@nl": "Bockstaellaan",
        "address.house_number": "12",
        "address.postal_code": "1020",
        "address.municipality": "21004",
        "phone.numbers": ["+3222123456"],
        "contact.website": "https://voorraadkast.example.be",
    }
    said |= {name.replace("__", ".").replace(".at.", "@"): value for name, value in values.items()}
    return Statement(
        key,
        {name: value for name, value in said.items() if value is not None},
        PartialDate.parse(said_on) if said_on else None,
        url=f"https://zone.example.be/{key}",
        raw={"key": key},
    )


SECRETS = ("Geheimstraat", "77bis", "bus 9", "50.8123", "4.3987", "1060", "Zuidwijk", "voorraadkast")
"""What must be read nowhere of the shelter that ``hidden_statement`` tells of."""


def hidden_statement(**more: Any) -> Statement:
    """A shelter with a secret address, told with all of it."""
    return statement(
        "shelter",
        address__hidden=True,
        address__street__at__nl="Geheimstraat",
        address__house_number="77bis",
        address__box="bus 9",
        address__postal_code="1060",
        address__municipality="21013",
        address__city="Sint-Gillis (Zuidwijk)",
        location__point=[50.8123, 4.3987],
        **more,
    )


def bring(
    engine: Engine, *statements: Statement | Reject, card: Card = ZONE, now: datetime = NOW, **options: Any
) -> Counts:
    """Import the statements as all that the source says."""
    return take(engine, card, statements, now, **options)


def listing_id(key: str = "pantry", card: Card = ZONE) -> UUID:
    return record_id(card.id, key)


def found(engine: Engine, key: str = "pantry", card: Card = ZONE, **options: Any) -> Found:
    with reading(engine) as connection:
        listing = read_listing(connection, listing_id(key, card), **options)
    assert listing is not None
    return listing


def published(engine: Engine) -> set[UUID]:
    """The ids that a search can find."""
    with reading(engine) as connection:
        return set(published_ids(connection))


DERIVED: tuple[sa.Table, ...] = (
    claims.listing, claims.listing_alias, hsds.organization, hsds.organization_identifier, hsds.service,
    hsds.location, hsds.service_at_location, hsds.address, hsds_terms.phone, hsds_terms.schedule,
    hsds_terms.service_area, hsds_terms.language, hsds_terms.cost_option, hsds_terms.required_document,
    hsds_terms.accessibility, hsds_terms.attribute,
)  # fmt: skip
"""Every table that follows from the claims."""

_OWN = {"number", "point"}
MOMENTS = {"changed_at", "last_modified", "checksum", "resolved"}
"""Columns that tell when something was last said, beside what is said."""


def derived(engine: Engine, without: Iterable[str] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that follows from the claims, by table; ``without`` names columns to leave out."""
    left_out = _OWN | set(without)
    with reading(engine) as connection:
        return {
            table.name: sorted(
                (
                    tuple(row)
                    for row in connection.execute(sa.select(*(c for c in table.c if c.name not in left_out)))
                ),
                key=repr,
            )
            for table in DERIVED
        }
