"""The rhythm of asking: letters when facts fall due, a reminder after three weeks, then a call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.tasks.questions import Question, ask
from service.config import TIMEZONE, Settings
from service.database.bulk import AnyRow
from service.database.letters import confirmation, confirmation_listing, zone_letters
from service.database.session import reading, writing
from service.desk.letters.answers import phone_topic
from service.desk.letters.ask import MOST, NABIJ, ask_provider
from service.desk.letters.campaigns import AT_ONCE, go_on
from service.desk.letters.due import choose
from service.mail.marks import marks_of

REMIND_AFTER = timedelta(days=21)
PHONE_AFTER = timedelta(days=14)
"""From the reminder on: as long as its link works."""

OFFICE_HOURS = range(9, 17)
"""Letters that nobody pressed a button for leave on weekdays between these hours: then they are read."""

_FRIDAY = 4  # as datetime.weekday() counts


@dataclass(slots=True)
class Done:
    """Providers asked, reminded, and listings to call about."""

    asked: int = 0
    reminded: int = 0
    to_call: int = 0

    def __bool__(self) -> bool:
        return bool(self.asked or self.reminded or self.to_call)


def keep_rhythm(database: Engine, settings: Settings, now: datetime) -> Done:
    """Do what is due; cheap where nothing is, safe to run twice. Letters wait in the outbox."""
    done = Done(to_call=_open_calls(database, now))
    local = now.astimezone(TIMEZONE)
    if local.weekday() > _FRIDAY or local.hour not in OFFICE_HOURS:
        return done
    done.asked = go_on(database, settings, now)
    done.reminded = _remind(database, settings, now)
    done.asked += _ask_by_itself(database, settings, now)
    return done


def turn_on(connection: Connection, zone: str, *, by: str, now: datetime) -> None:
    """From now on the providers of a zone are asked when their listings fall due."""
    turn_off(connection, zone)
    connection.execute(sa.insert(zone_letters).values(zone=zone, by=by, turned_on_at=now))


def turn_off(connection: Connection, zone: str) -> None:
    """Nobody is asked without a person who wants it."""
    connection.execute(sa.delete(zone_letters).where(zone_letters.c.zone == zone))


def zones_on(connection: Connection) -> list[str]:
    """The zones in which letters leave by themselves."""
    return list(connection.scalars(sa.select(zone_letters.c.zone).order_by(zone_letters.c.zone)))


def _ask_by_itself(database: Engine, settings: Settings, now: datetime) -> int:
    with reading(database) as connection:
        due = [each for zone in zones_on(connection) for each in choose(connection, now, zone).first(AT_ONCE)]
    asked: set[str] = set()
    for address, listings in due:
        if address in asked:  # with listings in two zones
            continue
        asked.add(address)
        with writing(database) as connection:
            ask_provider(connection, settings, address, listings[:MOST], by=NABIJ, now=now)
    return len(asked)


def _remind(database: Engine, settings: Settings, now: datetime) -> int:
    """Ask once more what nobody answered; who does not want letters, or gets none, is called at once."""
    count = 0
    for row in _silent(database, now - REMIND_AFTER, is_reminder=False, most=AT_ONCE):
        with writing(database) as connection:
            left, is_free = _unanswered(connection, row.id), not marks_of(connection, [row.recipient])
            if left and is_free:
                asked = ask_provider(
                    connection, settings, row.recipient, left, by=row.by, now=now, campaign=row.campaign_id,
                    reminds=row.id,
                )  # fmt: skip
                count += asked is not None
            elif left:
                _call_about(connection, row.id, left, now)
            _close(connection, row.id, "reminded" if left and is_free else "phone_round", now)
    return count


def _open_calls(database: Engine, now: datetime) -> int:
    """What no reminder brought an answer to either becomes a task to call."""
    count = 0
    for row in _silent(database, now - PHONE_AFTER, is_reminder=True, most=10 * AT_ONCE):
        with writing(database) as connection:
            left = _unanswered(connection, row.id)
            count += _call_about(connection, row.id, left, now)
            _close(connection, row.id, "phone_round", now)
    return count


def _silent(database: Engine, before: datetime, *, is_reminder: bool, most: int) -> Iterable[AnyRow]:
    table = confirmation.c
    kind = table.reminds.is_not(None) if is_reminder else table.reminds.is_(None)
    open_ = sa.select(confirmation).where(table.closed_at.is_(None), table.asked_at <= before, kind)
    with reading(database) as connection:
        return connection.execute(open_.order_by(table.asked_at).limit(most)).all()


def _unanswered(connection: Connection, question: UUID) -> list[UUID]:
    table = confirmation_listing.c
    wanted = sa.select(table.listing_id).where(table.confirmation_id == question, table.answer.is_(None))
    return list(connection.scalars(wanted.order_by(table.number)))


def _call_about(connection: Connection, question: UUID, listings: Iterable[UUID], now: datetime) -> int:
    asked = [
        Question("phone_round", phone_topic(each, question), each, about={"asked": "mail"})
        for each in listings
    ]
    return ask(connection, asked, now)


def _close(connection: Connection, question: UUID, outcome: str, now: datetime) -> None:
    closing = sa.update(confirmation).where(confirmation.c.id == question)
    connection.execute(closing.values(closed_at=now, outcome=outcome))
