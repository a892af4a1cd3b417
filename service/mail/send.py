"""Letters go out: `post` writes one in the transaction of a change, `deliver` hands over what waits.

``post(connection: Connection, letter: Letter, now: datetime) -> UUID`` in a transaction that writes, then
after it, for a letter that somebody waits for, ``deliver(database, settings, now, only=letter.id)``; the
worker sends everything else, and what could not be sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from service.config import Settings
from service.database.bulk import AnyRow
from service.database.letters import REFUSED, SENT, WAITING
from service.database.letters import letter as table
from service.database.session import writing
from service.mail.letter import Letter, check_letter, message_of
from service.mail.marks import mark_bounced
from service.mail.ways import Away, NotNow, Refused, Way, way_of

BACK_OFF = (1, 5, 15, 60, 240)
"""Minutes until the next try after the first, second, ... that failed; the last holds from then on."""

GIVE_UP = {"sign_in": timedelta(hours=1)}
"""How long a letter is tried, where its link is of no use any more after that."""

GIVE_UP_ELSE = timedelta(days=3)

LEASE = timedelta(minutes=10)
"""Who takes a letter has it for so long; then another takes it, with the same message id."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a round: letters sent, refused for good, kept for another try; ``told`` by the last."""

    sent: int = 0
    refused: int = 0
    kept: int = 0
    told: str = ""


def post(connection: Connection, letter: Letter, now: datetime) -> UUID:
    """Write a letter into the outbox, in the transaction of what it is about; gives its id.

    Raises BadValue for an address that no server would take.
    """
    check_letter(letter)
    row = {
        "id": letter.id, "kind": letter.kind, "recipient": letter.to, "language": letter.language,
        "subject": letter.subject, "plain": letter.plain, "html": letter.html, "reply_to": letter.reply_to,
        "opt_out": letter.opt_out, "state": WAITING, "written_at": now, "due_at": now,
    }  # fmt: skip
    connection.execute(sa.insert(table).values(row))
    return letter.id


def deliver(
    database: Engine, settings: Settings, now: datetime, *, only: UUID | None = None, way: Way | None = None
) -> Delivered:
    """Hand over the letters that wait and are due, or the one named; several processes may do so at once.

    A failure is no error: what could not be sent is kept and tried later. Raises BadSetting for a server
    whose address is none, and StorageError where the mailbox of the data folder cannot be written.
    """
    done = Delivered()
    with ExitStack() as stack:
        chosen = way or stack.enter_context(way_of(settings))
        for row in _taken(database, now, only):
            state, told, is_away = _hand_over(chosen, row, settings)
            _note(database, row, state, told, now)
            done = Delivered(
                done.sent + (state == SENT),
                done.refused + (state == REFUSED),
                done.kept + (state == WAITING),
                told or done.told,
            )
            if is_away:  # for the next one too
                return done
    return done


def _taken(database: Engine, now: datetime, only: UUID | None) -> Iterator[AnyRow]:
    """Letter after letter, each ours for the time of `LEASE`."""
    due = sa.select(table).where(table.c.state == WAITING, table.c.due_at <= now)
    if only is not None:
        due = due.where(table.c.id == only)
    while True:
        with writing(database) as connection:
            row = connection.execute(due.order_by(table.c.due_at, table.c.id).limit(1)).first()
            if row is None:
                return
            mine = sa.update(table).where(table.c.id == row.id)
            connection.execute(mine.values(due_at=now + LEASE, tries=row.tries + 1))
        yield row


def _hand_over(way: Way, row: AnyRow, settings: Settings) -> tuple[str, str, bool]:
    letter = Letter(
        row.recipient, row.kind, row.subject, row.plain or "", row.html or "", row.language, row.reply_to,
        row.opt_out, row.id,
    )  # fmt: skip
    try:
        way.send(letter.id, letter.to, message_of(letter, settings, row.written_at))
    except Refused as error:
        return REFUSED, str(error), False
    except NotNow as error:
        return WAITING, str(error), isinstance(error, Away)
    return SENT, "", False


def _note(database: Engine, row: AnyRow, state: str, told: str, now: datetime) -> None:
    tries, is_refused = row.tries + 1, state == REFUSED
    if state == WAITING and now - row.written_at >= GIVE_UP.get(row.kind, GIVE_UP_ELSE):
        state = REFUSED
    changed: dict[str, object] = {"state": state, "told": told or None}
    if state == WAITING:
        changed["due_at"] = now + timedelta(minutes=BACK_OFF[min(tries, len(BACK_OFF)) - 1])
    else:
        changed |= {"ended_at": now, "plain": None, "html": None, "opt_out": None}
    with writing(database) as connection:
        connection.execute(sa.update(table).where(table.c.id == row.id).values(changed))
        if is_refused:
            mark_bounced(connection, row.recipient, told, now)
