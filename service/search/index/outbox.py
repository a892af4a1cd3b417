"""Bringing the changes of the catalogue into the index, in their order and once in effect."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from service.catalogue.listings import iter_listings
from service.catalogue.outbox import first_position, last_position, prune_outbox, read_outbox
from service.database.session import reading, writing
from service.errors import IndexNotReady
from service.search.engine.base import Engine, Writer
from service.search.index.maker import Maker

KEPT = 100_000
"""Positions that stay in the outbox after they were taken, for an index on another machine that is behind."""

_PRUNED_AT_ONCE = 10_000  # so that the database is seldom written for this


def drain(database: sa.Engine, engine: Engine, writer: Writer, make: Maker) -> int:
    """Take every change that the index has not yet; gives how many positions were taken.

    A listing is read as it is now, whatever the change was: taking a change twice, or two processes at once,
    gives the same index. A new index may be switched in at any moment: it takes nothing that was read for
    another position, and what was on its way to the old one is read and written once more. Raises
    IndexNotReady where the index cannot follow any more and must be built.
    """
    taken = 0
    again: set[UUID] = set()
    while True:
        held = engine.status()
        with reading(database) as connection:
            _check(first_position(connection), last_position(connection), held.position)
            changes = read_outbox(connection, held.position)
            wanted = {listing_id for _position, listing_id in changes} | again
            documents = [make(listing) for listing in iter_listings(connection, wanted)]
        if not wanted:
            _prune(database, held.position)
            return taken
        removed = wanted - {document.id for document in documents}
        newest = changes[-1][0] if changes else held.position
        writer.update(documents, sorted(removed), newest, after=held.position)
        again = set() if engine.status().generation == held.generation else wanted
        taken += len(changes)


def _check(first: int, last: int, position: int) -> None:
    if position > last:
        raise IndexNotReady(
            "The search index is of another database than this one; `nabij index build` makes a new one."
        )
    if first > position + 1:
        raise IndexNotReady(
            "The search index is too far behind to follow; `nabij index build` makes a new one."
        )


def _prune(database: sa.Engine, position: int) -> None:
    with reading(database) as connection:
        oldest = first_position(connection)
    if oldest and oldest + KEPT + _PRUNED_AT_ONCE < position:
        with writing(database) as connection:
            prune_outbox(connection, position - KEPT)
