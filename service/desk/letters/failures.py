"""What follows when a letter to a provider does not arrive: somebody looks for the right address."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.catalogue.tasks.questions import Question, ask
from service.config import Settings
from service.database.letters import BOUNCED, REFUSED, confirmation, confirmation_listing, letter
from service.database.session import reading, writing
from service.mail.bounces import read_bounce, take_bounce
from service.mail.inbox import new_messages


def follow_failures(connection: Connection, now: datetime) -> int:
    """Open a task for each listing whose letter was refused or came back; gives how many letters."""
    failed = sa.select(confirmation.c.id, letter.c.told).join(letter, letter.c.id == confirmation.c.letter_id)
    failed = failed.where(confirmation.c.closed_at.is_(None), letter.c.state.in_((BOUNCED, REFUSED)))
    rows = connection.execute(failed).all()
    for row in rows:
        asked = sa.select(confirmation_listing.c.listing_id).where(
            confirmation_listing.c.confirmation_id == row.id, confirmation_listing.c.answer.is_(None)
        )
        about = {"told": row.told or ""}
        questions = [
            Question("bounce", f"bounce:{each}:{row.id}", each, key="contact.email", about=about)
            for each in connection.scalars(asked)
        ]
        ask(connection, questions, now)
        closing = sa.update(confirmation).where(confirmation.c.id == row.id)
        connection.execute(closing.values(closed_at=now, outcome="bounced"))
    return len(rows)


def take_report(connection: Connection, raw: bytes, now: datetime) -> bool:
    """Take one message of the mailbox to which letters come back; whether it told of a letter of ours."""
    bounce = read_bounce(raw)
    if bounce is None or not take_bounce(connection, bounce, now):
        return False
    follow_failures(connection, now)
    return True


def read_reports(database: Engine, settings: Settings, now: datetime) -> int:
    """Take what is new in the mailbox of the settings, and what servers refused; gives how many letters.

    Cheap where nothing is. Raises BadSetting and InboxAway.
    """
    taken = 0
    with reading(database) as connection:
        open_ = sa.select(sa.func.count()).select_from(confirmation).where(confirmation.c.closed_at.is_(None))
        if not connection.scalar(open_):
            return 0
    if settings.bounce_url:
        for raw in new_messages(settings.bounce_url):
            with writing(database) as connection:
                taken += take_report(connection, raw, now)
    with writing(database) as connection:
        return taken + follow_failures(connection, now)
