"""The worker's look at the websites of listings: some an hour, each once a month."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from sqlalchemy.engine import Engine

from importers.http.probe import Probe
from service.catalogue.websites import (
    due_websites,
    follow_websites,
    keep_dead_links,
    note_websites,
    websites_of,
)
from service.config import Settings
from service.database.session import reading, writing
from service.errors import SourceError

EVERY = timedelta(hours=1)
MARK = "websites.looked"
"""A file of the data folder whose age says when the worker looked last."""


def look_at_websites(
    settings: Settings, database: Engine, now: datetime, stop: Event, probe: Probe | None = None
) -> str:
    """Look at the websites that are due and bring their tasks in step; empty where it is too early, or off.

    No transaction is open while a website is asked.
    """
    mark = settings.home / MARK
    if not settings.websites_an_hour or _is_early(mark, now):
        return ""
    mark.touch()
    os.utime(mark, (now.timestamp(), now.timestamp()))
    with reading(database) as connection:
        listings = websites_of(connection)
    with writing(database) as connection:
        follow_websites(connection, listings)
        due = due_websites(connection, now, settings.websites_an_hour)
    with probe or Probe() as asked:
        found = _looked(asked, due, stop)
    with writing(database) as connection:
        note_websites(connection, found, now)
        opened, closed = keep_dead_links(connection, listings, now)
    if not found:
        return ""
    broken = sum(reason is not None for reason in found.values())
    return (
        f"websites: {len(found)} looked at, {broken} do not answer, {opened} tasks opened, {closed} dropped"
    )


def _looked(probe: Probe, due: list[str], stop: Event) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for address in due:
        if stop.is_set():
            break
        try:
            found[address] = probe.look(address)
        except SourceError:  # no address of the public web: nothing is known, and it is not asked again soon
            found[address] = None
    return found


def _is_early(mark: Path, now: datetime) -> bool:
    return mark.exists() and now.timestamp() - mark.stat().st_mtime < EVERY.total_seconds()
