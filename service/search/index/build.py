"""Making the whole index anew from the database, beside the one in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import sqlalchemy as sa

from service.catalogue.listings import count_published, iter_listings, published_ids
from service.catalogue.outbox import last_position
from service.database.session import reading
from service.search.engine.base import Document, Writer
from service.search.index.maker import DocumentMaker, Maker
from service.search.index.processes import WORTHWHILE, made_by_processes

Progress = Callable[[int, int], None]
"""Called with how many listings are done and how many there are."""

REPORT_EVERY = 500  # listings; some eight times a second


def build_index(database: sa.Engine, writer: Writer, make: Maker, progress: Progress | None = None) -> int:
    """Build an index of every published listing and switch to it; gives how many.

    The old index answers until then and stays when anything goes wrong. What changes meanwhile is in the
    outbox behind the position that the new index starts from. Raises Busy and StorageError as the writer.
    """
    with reading(database) as connection:
        position = last_position(connection)
        total = count_published(connection)
        documents: Iterable[Document]
        if isinstance(make, DocumentMaker) and total >= WORTHWHILE:
            ids = published_ids(connection, by_place=writer.by_place)
            documents = made_by_processes(make.settings, make.today, ids)
        else:
            documents = map(make, iter_listings(connection))
        return writer.build(_counted(documents, total, progress or _silent), position)


def _counted(documents: Iterable[Document], total: int, progress: Progress) -> Iterator[Document]:
    done = 0
    progress(done, total)
    for done, document in enumerate(documents, 1):
        yield document
        if done % REPORT_EVERY == 0:
            progress(done, total)
    progress(done, total)


def _silent(_done: int, _total: int) -> None:
    pass
