"""Whether the index holds what the database says, and bringing it into step where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from service.catalogue.listings import iter_listings
from service.database.session import reading
from service.search.engine.base import Engine, Writer
from service.search.index.maker import Maker


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids of listings that the index lacks, holds too many, or holds otherwise than the database."""

    missing: tuple[UUID, ...] = ()
    extra: tuple[UUID, ...] = ()
    different: tuple[UUID, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.different)


def compare(database: sa.Engine, engine: Engine, make: Maker) -> Differences:
    """Compare every listing; changes still waiting in the outbox count as differences, so drain it first."""
    held = dict(engine.digests())
    missing, different = [], []
    with reading(database) as connection:
        for listing in iter_listings(connection):
            digest = held.pop(listing.id, None)
            if digest is None:
                missing.append(listing.id)
            elif digest != make(listing).digest():
                different.append(listing.id)
    return Differences(tuple(missing), tuple(sorted(held)), tuple(different))


def repair(database: sa.Engine, engine: Engine, writer: Writer, make: Maker, found: Differences) -> int:
    """Write what the database says of the listings that differ; gives how many were written or removed."""
    if not found:
        return 0
    wanted = {*found.missing, *found.extra, *found.different}
    is_written = False
    while not is_written:  # another process may bring changes in meanwhile, and then these are older
        position = engine.status().position
        with reading(database) as connection:
            documents = [make(listing) for listing in iter_listings(connection, wanted)]
        removed = sorted(wanted - {document.id for document in documents})
        is_written = writer.update(documents, removed, position, after=position)
    return len(wanted)
