"""A letter: to whom, in which language, what it says in plain text and in HTML; and as a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Literal
from uuid import UUID, uuid4

from service.config import Settings
from service.errors import BadValue
from service.model.values import parse_value

Kind = Literal["sign_in", "invitation", "confirm", "remind"]
"""What a letter is for: opening the desk, inviting somebody to it, asking a provider, asking once more."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to one address; ``html`` says the same as ``plain``.

    ``opt_out`` is an address (URL) at which one press stops letters of this kind.
    """

    to: str
    kind: Kind
    subject: str
    plain: str
    html: str
    language: str
    reply_to: str | None = None
    opt_out: str | None = None
    id: UUID = field(default_factory=uuid4)


def check_letter(letter: Letter) -> None:
    """Refuse a letter that no server would take. Raises BadValue."""
    _address("to", letter.to)
    if letter.reply_to is not None:
        _address("reply_to", letter.reply_to)


def message_of(letter: Letter, settings: Settings, written_at: datetime) -> EmailMessage:
    """The letter as it is handed over; the same letter has the same message id, however often it is tried."""
    message = EmailMessage(policy=SMTP)
    name, sender = parseaddr(sender_of(settings))
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = _address("to", letter.to)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(written_at)
    message["Message-ID"] = message_id(letter.id, settings)
    message["Auto-Submitted"] = "auto-generated"  # no holiday message answers it (RFC 3834)
    message["Content-Language"] = letter.language
    if letter.reply_to:
        message["Reply-To"] = _address("reply_to", letter.reply_to)
    if letter.opt_out:
        message["List-Unsubscribe"] = f"<{letter.opt_out}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(letter.plain)
    message.add_alternative(letter.html, subtype="html")
    return message


def sender_of(settings: Settings) -> str:
    """Who a letter is from, with a name where there is one."""
    return settings.mail_from or "Nabij <nabij@localhost.localdomain>"


def message_id(letter_id: UUID, settings: Settings) -> str:
    """The id of its message; a letter that comes back is known by it."""
    _name, sender = parseaddr(sender_of(settings))
    return f"<{letter_id.hex}@{sender.rpartition('@')[2]}>"


def _address(name: str, text: str) -> Address:
    try:
        return Address(addr_spec=str(parse_value("contact.email", text)))
    except (ValueError, IndexError):  # the standard library's answers to what it cannot read
        raise BadValue(name, text, "is not an e-mail address", "name@example.be") from None
