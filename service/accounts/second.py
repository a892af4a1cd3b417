"""The second factor: codes of an app (TOTP), each works once, and recovery codes for a lost phone."""

from __future__ import annotations

import hmac
import re
import secrets
from datetime import datetime
from uuid import UUID

import pyotp
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.accounts.audit import note
from service.accounts.entering import Door
from service.accounts.limits import WRONG_CODE, count_try, forgive, is_over
from service.accounts.person import Person
from service.accounts.sessions import Session, begin_session, end_other_sessions, end_session
from service.accounts.store import find_account
from service.accounts.tokens import keyed
from service.config import Settings
from service.database.accounts import account, recovery_code
from service.errors import BadValue, TooMany

STEP_S = 30
"""How long a code is shown (RFC 6238 recommends 30 seconds)."""

DRIFT = 1
"""Steps that a clock may be off, either way."""

COUNT = 10
"""Recovery codes that are given out at a time."""

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike on paper
_LENGTH = 10  # 31 signs, ten times: 49 bits, and five tries in a quarter of an hour
_SECRET = re.compile("[A-Z2-7]{32}")  # 160 bits, as RFC 4226 recommends


def new_secret() -> str:
    """A secret to share with an app, in base 32."""
    return pyotp.random_base32()


def address_for_app(person: Person, secret: str) -> str:
    """What the QR code says to an app that makes codes (otpauth://)."""
    return pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=person.email, issuer_name="Nabij")


def turn_on(
    connection: Connection, door: Door, held: Session, secret: str, code: str
) -> tuple[str, ...] | None:
    """Ask for codes from now on, where the code shows that the app has the secret; None where it does not.

    Gives the recovery codes, which nobody sees again; other browsers are signed out. Raises BadValue for a
    secret that is none of ours, and TooMany.
    """
    if not _SECRET.fullmatch(secret):
        raise BadValue("secret", "", "is no secret of ours", "the one on the page")
    mark = _count(connection, door, held.person.id)
    step = _step(secret, code, None, door.now)
    if step is None:
        return None
    forgive(connection, WRONG_CODE, mark)
    mine = sa.update(account).where(account.c.id == held.person.id)
    connection.execute(mine.values(totp=secret, totp_step=step))
    end_other_sessions(connection, held)
    note(connection, held.person, "second_on", door.now)
    return new_recovery_codes(connection, door.settings, held.person.id)


def turn_off(connection: Connection, door: Door, person: Person, code: str) -> bool:
    """Ask for no codes any more; it takes one. Raises TooMany."""
    if not is_code(connection, door, person, code):
        return False
    forget_second(connection, person.id)
    note(connection, person, "second_off", door.now)
    return True


def forget_second(connection: Connection, account_id: UUID) -> None:
    """Take away the second factor of an account, with its recovery codes."""
    nothing = {"totp": None, "totp_step": None}
    connection.execute(sa.update(account).where(account.c.id == account_id).values(nothing))
    connection.execute(sa.delete(recovery_code).where(recovery_code.c.account_id == account_id))


def is_code(connection: Connection, door: Door, person: Person, code: str) -> bool:
    """Whether it is a code of their app, or a recovery code, that was not used before; now it is.

    Raises TooMany after five wrong ones in a quarter of an hour.
    """
    mark = _count(connection, door, person.id)
    row = connection.execute(
        sa.select(account.c.totp, account.c.totp_step).where(account.c.id == person.id)
    ).one()
    step = _step(row.totp, code, row.totp_step, door.now) if row.totp else None
    if step is not None:
        connection.execute(sa.update(account).where(account.c.id == person.id).values(totp_step=step))
    elif not _use_recovery_code(connection, door, person, code):
        return False
    forgive(connection, WRONG_CODE, mark)
    return True


def pass_second(connection: Connection, door: Door, token: str, held: Session, code: str) -> str | None:
    """The word for the cookie of somebody whose session waited for a code; None for a wrong one.

    The word that waited opens nothing from then on. Raises TooMany.
    """
    if not is_code(connection, door, held.person, code):
        return None
    end_session(connection, token)
    return begin_session(connection, held.person, held.way, door.now)


def new_recovery_codes(connection: Connection, settings: Settings, account_id: UUID) -> tuple[str, ...]:
    """Ten new ones in the place of those that there were; only their digests are kept."""
    made = tuple("".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)) for _ in range(COUNT))
    connection.execute(sa.delete(recovery_code).where(recovery_code.c.account_id == account_id))
    rows = [{"digest": _digest(settings, account_id, each), "account_id": account_id} for each in made]
    connection.execute(sa.insert(recovery_code), rows)
    return tuple(f"{each[:5]}-{each[5:]}" for each in made)


def recovery_codes_left(connection: Connection, account_id: UUID) -> int:
    """How many were not used yet."""
    count = sa.select(sa.func.count()).select_from(recovery_code)
    return connection.scalar(count.where(recovery_code.c.account_id == account_id)) or 0


def has_second(connection: Connection, person: Person) -> bool:
    """Whether codes are asked of them."""
    return find_account(connection, person.id).totp is not None


def _count(connection: Connection, door: Door, account_id: UUID) -> str:
    mark = keyed(door.settings, f"code {account_id}")
    if door.is_limited and is_over(connection, WRONG_CODE, mark, door.now):
        raise TooMany("Too many codes. Try again in a quarter of an hour.")
    count_try(connection, WRONG_CODE, mark, door.now)
    return mark


def _step(secret: str, code: str, used: int | None, now: datetime) -> int | None:
    """The step of time that a code is of; None for a wrong one, and for a step that was used or is past."""
    given = "".join(code.split())
    if not (given.isascii() and given.isdigit() and len(given) == 6):
        return None
    app, current = pyotp.TOTP(secret, interval=STEP_S), int(now.timestamp()) // STEP_S
    for step in range(current - DRIFT, current + DRIFT + 1):
        is_it = hmac.compare_digest(app.generate_otp(step), given)
        if is_it and (used is None or step > used):
            return step
    return None


def _use_recovery_code(connection: Connection, door: Door, person: Person, code: str) -> bool:
    given = re.sub(r"[\s-]", "", code).lower()
    mark = _digest(door.settings, person.id, given)
    gone = connection.execute(sa.delete(recovery_code).where(recovery_code.c.digest == mark))
    if not gone.rowcount:
        return False
    note(connection, person, "recovery_code", door.now)
    return True


def _digest(settings: Settings, account_id: UUID, code: str) -> str:
    return keyed(settings, f"recovery {account_id} {code}")
