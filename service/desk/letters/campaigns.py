"""A campaign: the providers of a zone, of one need or of all, are asked about their listings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.config import Settings
from service.database.bulk import AnyRow
from service.database.letters import BOUNCED, REFUSED, WAITING, campaign, confirmation, letter
from service.database.letters import confirmation_listing as item
from service.database.session import reading, writing
from service.desk.letters.ask import ask_provider
from service.desk.letters.due import FRESHNESS, Freshness, choose
from service.errors import BadValue, NotFound
from service.geo.places import gazetteer
from service.model import terms

AT_ONCE = 20
"""Letters that are written in one go."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """What somebody wants to be asked, and how far it is."""

    id: UUID
    zone: str
    need: str | None
    freshness: Freshness
    by: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Letters of a campaign by what came of them, and listings by their answer."""

    letters: int
    waiting: int
    failed: int
    answered: int
    silent: int
    answers: dict[str, int]


def start_campaign(
    connection: Connection, zone: str, need: str | None, freshness: str, *, by: str, now: datetime
) -> UUID:
    """Note the wish; `go_on` writes the letters. Raises BadValue for a zone, need or state there is not."""
    check_wish(zone, need, freshness)
    row = {"id": uuid4(), "zone": zone, "need": need, "freshness": freshness, "by": by, "started_at": now}
    connection.execute(sa.insert(campaign).values(row))
    return UUID(str(row["id"]))


def check_wish(zone: str, need: str | None, freshness: str) -> None:
    """Raise BadValue for a zone, a need (or theme) or a state that there is not."""
    try:
        gazetteer().zones.zone(zone)
    except NotFound:
        raise BadValue("zone", zone, "is not known", "an id of data/zones/zones.csv") from None
    known = terms.needs()
    if need is not None and need not in known and not any(code.startswith(f"{need}.") for code in known):
        raise BadValue("need", need, "is not known", "a need or a theme")
    if freshness not in FRESHNESS:
        raise BadValue("freshness", freshness, "is not known", "one of " + ", ".join(FRESHNESS))


def go_on(database: Engine, settings: Settings, now: datetime, only: UUID | None = None) -> int:
    """Write the next letters of the campaigns that are not through (or of one); gives how many.

    Each provider's letter is written in a transaction of its own; what a kill leaves the next call does.
    """
    unfinished = sa.select(campaign).where(campaign.c.finished_at.is_(None)).order_by(campaign.c.started_at)
    with reading(database) as connection:
        rows = connection.execute(unfinished.where(campaign.c.id == only) if only else unfinished).all()
    return sum(_go_on(database, settings, _campaign(row), now) for row in rows)


def _go_on(database: Engine, settings: Settings, which: Campaign, now: datetime) -> int:
    with reading(database) as connection:
        left = choose(connection, now, which.zone, which.need, which.freshness)
    for address, listings in left.first(AT_ONCE):
        with writing(database) as connection:
            # somebody else may have written to them since
            if _is_free(connection, which, address, now):
                ask_provider(connection, settings, address, listings, by=which.by, now=now, campaign=which.id)
    if len(left) <= AT_ONCE:
        through = sa.update(campaign).where(campaign.c.id == which.id)
        with writing(database) as connection:
            connection.execute(through.values(finished_at=now))
    return min(len(left), AT_ONCE)


def _is_free(connection: Connection, which: Campaign, address: str, now: datetime) -> bool:
    since = sa.select(sa.func.count()).where(
        confirmation.c.recipient == address, confirmation.c.asked_at >= min(which.started_at, now)
    )
    return not connection.scalar(since)


def find_campaign(connection: Connection, campaign_id: UUID) -> Campaign:
    """Raises NotFound."""
    row = connection.execute(sa.select(campaign).where(campaign.c.id == campaign_id)).first()
    if row is None:
        raise NotFound("There is no such campaign.")
    return _campaign(row)


def campaigns(connection: Connection, zones: tuple[str, ...] | None, most: int = 50) -> list[Campaign]:
    """Those of these zones (None: of all), the last first."""
    wanted = sa.select(campaign).order_by(campaign.c.started_at.desc()).limit(most)
    if zones is not None:
        wanted = wanted.where(campaign.c.zone.in_(zones))
    return [_campaign(row) for row in connection.execute(wanted)]


def progress(connection: Connection, campaign_id: UUID) -> Progress:
    """Count the letters and the answers of a campaign; the reminders belong to the first letters."""
    of_it = confirmation.c.campaign_id == campaign_id
    first = sa.and_(of_it, confirmation.c.reminds.is_(None))
    sent = sa.select(letter.c.state, sa.func.count().label("letters")).join(
        confirmation, confirmation.c.letter_id == letter.c.id
    )
    states = {
        row.state: row.letters for row in connection.execute(sent.where(first).group_by(letter.c.state))
    }
    told = sa.select(item.c.answer, sa.func.count(item.c.listing_id.distinct()).label("listings"))
    told = told.join(confirmation, confirmation.c.id == item.c.confirmation_id).where(of_it)
    answers = {
        row.answer: row.listings for row in connection.execute(told.group_by(item.c.answer)) if row.answer
    }
    question = sa.func.coalesce(confirmation.c.reminds, confirmation.c.id)
    some = sa.select(sa.func.count(question.distinct())).select_from(confirmation)
    some = some.join(item, item.c.confirmation_id == confirmation.c.id)
    answered = connection.scalar(some.where(of_it, item.c.answer.is_not(None))) or 0
    letters, waiting = sum(states.values()), states.get(WAITING, 0)
    failed = states.get(BOUNCED, 0) + states.get(REFUSED, 0)
    return Progress(
        letters, waiting, failed, answered, max(0, letters - waiting - failed - answered), answers
    )


def _campaign(row: AnyRow) -> Campaign:
    return Campaign(row.id, row.zone, row.need, row.freshness, row.by, row.started_at, row.finished_at)
