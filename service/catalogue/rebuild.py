"""Making every resolved value again from what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.ground import Ground, ground_of
from service.catalogue.identity_store import regroup
from service.catalogue.project import project
from service.catalogue.terms import store_terms
from service.database.claims import link, listing, source_record
from service.database.hsds import organization
from service.database.session import reading, writing

BATCH = 1_000


def rebuild(
    engine: Engine,
    now: datetime,
    *,
    ground: Ground | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Resolve and write every listing again, a thousand in a transaction; gives how many.

    What comes out is what was there, unless a rule or the data behind it changed since; such listings go
    into the outbox. Readers see the old or the new state of each listing meanwhile.
    """
    known = ground or ground_of(engine)
    with writing(engine) as connection:
        store_terms(connection)
        regroup(connection, _linked(connection), now, known)
    done = 0
    with reading(engine) as connection:
        ids = iter(sorted(_every_id(connection)))
    while batch := list(islice(ids, BATCH)):
        with writing(engine) as connection:
            project(connection, batch, now, known, force=True)
        done += len(batch)
        if progress:
            progress(done)
    with writing(engine) as connection:
        named = sa.select(listing.c.organization_id)
        connection.execute(sa.delete(organization).where(organization.c.id.not_in(named)))
    return done


def _linked(connection: Connection) -> list[UUID]:
    return [each for row in connection.execute(sa.select(link.c.record_a, link.c.record_b)) for each in row]


def _every_id(connection: Connection) -> Iterator[UUID]:
    """Listings that should be there and listings that are."""
    should = connection.scalars(sa.select(source_record.c.listing_id).distinct())
    return iter({*should, *connection.scalars(sa.select(listing.c.id))})
