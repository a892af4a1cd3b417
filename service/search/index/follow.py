"""Following the outbox: what changes in the catalogue is in the index a moment later."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import sqlalchemy as sa

from service.catalogue.outbox import last_position
from service.database.session import reading
from service.errors import IndexNotReady, NabijError, SearchAway, SearchRefused
from service.search.engine.base import Engine, Writer
from service.search.index.maker import Maker
from service.search.index.outbox import drain

LOOK_S = 0.5
"""Time between two looks at the outbox: with half a second of writing, a change is found within 2 s. A look
is one question to an index of the database and one to the search index, under a millisecond."""

REST_S = 5.0
"""Time until the next look after a failure."""


class Follower:
    """Brings changes of a database into an index whenever there are any; ``make`` is called for at the first.

    Two followers of one index are as good as one, and one that is killed leaves nothing half done: a batch of
    changes goes into the index in one step with the position that it reaches.
    """

    def __init__(
        self, database: sa.Engine, engine: Engine, writer: Writer, make: Callable[[], Maker]
    ) -> None:
        self._database, self._engine, self._writer = database, engine, writer
        self._make = make
        self._maker: Maker | None = None

    def look(self) -> int:
        """Take what has come since the last look; gives how many changes. Nothing where there is no index.

        Raises the errors of a database or an index that is away.
        """
        with reading(self._database) as connection:
            last = last_position(connection)
        try:
            # Asked each time: an index that was built meanwhile may stand before what was taken already.
            if self._engine.status().position == last:
                return 0
        except (SearchAway, SearchRefused):
            raise
        except IndexNotReady:
            return 0
        if self._maker is None:
            self._maker = self._make()
        return drain(self._database, self._engine, self._writer, self._maker)

    def keep_looking(self, stop: Event, told: Callable[[str], None]) -> None:
        """Look until ``stop`` is set; ``told`` hears of each failure once, and when it is over."""
        failure = ""
        while not stop.is_set():
            try:
                self.look()
            except NabijError as error:
                if str(error) != failure:
                    failure = str(error)
                    told(f"index: {failure}")
                stop.wait(REST_S)
                continue
            if failure:
                failure = ""
                told("index: it is followed again")
            stop.wait(LOOK_S)
