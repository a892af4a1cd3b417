"""Letters that come back: reading what a server of mail reports, and noting it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from service.database.letters import BOUNCED, letter
from service.mail.marks import mark_bounced

_ENVELOPE = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
_MARK = re.compile(r"\+([0-9a-f]{32})@")
_MESSAGE_ID = re.compile(r"<([0-9a-f]{32})@")


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report about one letter of ours; ``is_final``: it will not arrive, however long one waits."""

    letter: UUID
    is_final: bool
    told: str


def read_bounce(raw: bytes) -> Bounce | None:
    """The report in a message (RFC 3464); None where it is none, or names no letter.

    The letter is known by the mark in the address that it came back to, else by the message id that is
    quoted. Whom the report names as recipient is not enough: anybody can write that.
    """
    message = message_from_bytes(raw, policy=default)
    reports = (part for part in message.walk() if part.get_content_type() == "message/delivery-status")
    status = next(reports, None)
    named = _letter_of(message)
    if status is None or named is None:
        return None
    blocks = [block for block in status.get_payload() if isinstance(block, Message)]
    failed = [block for block in blocks if str(block.get("Action", "")).strip().lower() == "failed"]
    block = next(iter(failed), blocks[-1] if blocks else None)
    if block is None:
        return None
    code = str(block.get("Status", "")).strip()
    said = " ".join(str(block.get("Diagnostic-Code", "")).split())
    return Bounce(named, bool(failed) and not code.startswith("4"), f"{code} {said}".strip()[:300])


def take_bounce(connection: Connection, bounce: Bounce, now: datetime) -> bool:
    """Note a final report at its letter and its address; False where it changes nothing."""
    if not bounce.is_final:
        return False
    row = connection.execute(sa.select(letter).where(letter.c.id == bounce.letter)).first()
    if row is None or row.state == BOUNCED:
        return False
    changed = sa.update(letter).where(letter.c.id == row.id)
    gone = {"plain": None, "html": None, "opt_out": None}
    connection.execute(changed.values(state=BOUNCED, ended_at=now, told=bounce.told, **gone))
    mark_bounced(connection, row.recipient, bounce.told, now)
    return True


def _letter_of(message: EmailMessage) -> UUID | None:
    for text, pattern in _where_it_stands(message):
        found = pattern.search(text)
        if found:
            return UUID(found[1])
    return None


def _where_it_stands(message: EmailMessage) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name in _ENVELOPE:
        yield from ((str(value), _MARK) for value in message.get_all(name, ()))
    for part in message.walk():
        if part is not message and part.get("Message-ID"):
            yield str(part["Message-ID"]), _MESSAGE_ID
        if part.get_content_type() == "text/rfc822-headers":
            yield str(part.get_payload()), _MESSAGE_ID
    for name in ("In-Reply-To", "References"):
        yield str(message.get(name, "")), _MESSAGE_ID
