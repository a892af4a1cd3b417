"""What the pages stand on: the search, the database, the settings and the clock, handed in once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Engine

from service.config import TIMEZONE, Settings
from service.search.query.criteria import Criteria
from service.search.query.result import Results


class Search(Protocol):
    """Answers a search from the index alone."""

    def __call__(self, criteria: Criteria, now: datetime) -> Results:
        """The answer at an aware moment; raises BadParameter and IndexNotReady."""


@dataclass(frozen=True)
class Site:
    """One set of pages."""

    search: Search
    database: Engine
    settings: Settings
    clock: Callable[[], datetime]

    def today(self) -> date:
        """The day it is in Belgium."""
        return self.clock().astimezone(TIMEZONE).date()
