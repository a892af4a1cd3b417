"""The records of a collection for some ids, as many fields as were asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.claims import PUBLISHED
from service.database.claims import listing as listing_table
from service.hsds.attributes import attributes
from service.hsds.directory import Directory
from service.hsds.entries import BATCH, Entry, read_entries
from service.hsds.known import Json
from service.hsds.organizations import organization_of
from service.hsds.parameters import ORGANIZATIONS, PLACES, Asked
from service.hsds.services import (
    full_service,
    full_service_at_location,
    minimal_record,
    service_at_location_record,
    service_record,
)
from service.hsds.verdicts import verdicts_of

Render = Callable[[Entry], Json]


def records(
    connection: Connection,
    directory: Directory,
    collection: str,
    asked: Asked,
    today: date,
    ids: Iterable[UUID],
) -> Iterator[Json]:
    """One record per id, in their order, a batch in memory at a time."""
    if collection == ORGANIZATIONS:
        return _organizations(connection, directory, asked, today, ids)
    render = _render(collection, asked, today)
    return (render(entry) for entry in read_entries(connection, ids, today))


def _render(collection: str, asked: Asked, today: date) -> Render:
    if asked.get("minimal"):
        return minimal_record
    if collection == PLACES:
        if asked.get("full"):
            return lambda entry: full_service_at_location(entry, verdicts_of(entry.listing, today))
        return service_at_location_record
    if asked.get("full"):
        return lambda entry: full_service(entry, verdicts_of(entry.listing, today))
    return service_record


def _organizations(
    connection: Connection, directory: Directory, asked: Asked, today: date, ids: Iterable[UUID]
) -> Iterator[Json]:
    whole, whole_services = asked.get("full"), asked.get("full_service")
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        speakers = {directory.speakers[own]: own for own in batch if own in directory.speakers}
        services = (
            _services(connection, directory, batch, bool(whole_services), today)
            if (whole or whole_services)
            else {}
        )
        for entry in read_entries(connection, speakers, today):
            links = attributes(entry)["organization"] if whole or whole_services else None
            record = organization_of(entry, links)
            offered = services.get(entry.listing.organization.id)
            yield record | ({"services": offered} if offered else {})


def _services(
    connection: Connection, directory: Directory, organizations: list[UUID], whole: bool, today: date
) -> Mapping[UUID, list[Json]]:
    """The open services of each organization: whole, or what the standard asks of a service at least."""
    table = listing_table.c
    wanted = sa.select(table.id).where(table.organization_id.in_(organizations), table.state == PUBLISHED)
    ids = [each for each in connection.scalars(wanted.order_by(table.id)) if each in directory.listings]
    found: dict[UUID, list[Json]] = defaultdict(list)
    for entry in read_entries(connection, ids, today):
        record = full_service(entry, verdicts_of(entry.listing, today)) if whole else minimal_record(entry)
        found[entry.listing.organization.id].append(record)
    return found
