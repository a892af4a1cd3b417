"""The two ways of a letter: a server that takes mail (SMTP), or files in a mailbox of the data folder."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

from service.config import Settings
from service.errors import BadSetting
from service.home import storage_error
from service.mail.letter import sender_of

TIMEOUT_S = 15
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = {"smtp": 587, "smtps": 465}
_OUR_FAULT = (421, 530, 534, 535, 538, 554)  # the server refuses us or the content of all, not this address


class NotNow(Exception):
    """The letter could not be handed over this time; the message says what the other side told."""


class Away(NotNow):
    """No letter can be handed over now: the server does not answer, or not to us."""


class Refused(Exception):
    """Nobody will ever take this letter; the message says what the other side told."""


class Way(Protocol):
    """Hands over one message."""

    def send(self, letter_id: UUID, to: str, message: EmailMessage) -> None:
        """Raises NotNow, Away or Refused."""


@contextmanager
def way_of(settings: Settings) -> Iterator[Way]:
    """The way of the settings; a connection to a server is opened with the first letter and closed after.

    Raises BadSetting for an address that is none of a server.
    """
    if not settings.mail_url:
        yield Mailbox(settings.home)
        return
    server = Server(settings)
    try:
        yield server
    finally:
        server.close()


class Mailbox:
    """Every letter a file that its owner alone reads; the same letter is the same file."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "mailbox"

    def send(self, letter_id: UUID, to: str, message: EmailMessage) -> None:  # noqa: ARG002
        """Write it whole or not at all. Raises StorageError."""
        draft = self._folder / f".{letter_id.hex}.{os.getpid()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(message.as_bytes())
            draft.rename(self._folder / f"{letter_id.hex}.eml")
        except OSError as error:
            raise storage_error(self._folder, error) from None


class Server:
    """A server of mail; nothing goes to it unencrypted, unless it is this machine."""

    def __init__(self, settings: Settings) -> None:
        self._address = address_of("NABIJ_MAIL_URL", settings.mail_url, _PORTS)
        self._settings = settings
        self._open: smtplib.SMTP | None = None

    def send(self, letter_id: UUID, to: str, message: EmailMessage) -> None:
        """Hand one message over; a connection that broke is opened anew for the next."""
        try:
            self._open = self._open or self._connect()
            self._open.send_message(message, self._envelope(letter_id), [to])
        except smtplib.SMTPRecipientsRefused as error:
            self._reset()
            raise _judged(*next(iter(error.recipients.values()))) from None
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused) as error:
            self.close()
            raise Away(_told(error.smtp_code, error.smtp_error)) from None
        except smtplib.SMTPResponseException as error:
            self.close()
            raise _judged(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPNotSupportedError as error:
            self.close()
            raise Away(str(error)) from None
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Away(f"{type(error).__name__}: {error}") from None

    def close(self) -> None:
        """Say goodbye, when anybody listens."""
        if self._open is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._open.quit()
            self._open = None

    def _connect(self) -> smtplib.SMTP:
        host, port = self._address.hostname or "", self._address.port or _PORTS[self._address.scheme]
        tls = ssl.create_default_context()
        if self._address.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=tls)
        else:
            server = smtplib.SMTP(host, port, timeout=TIMEOUT_S)
            server.ehlo()
            if host not in LOOPBACK or server.has_extn("starttls"):
                server.starttls(context=tls)
                server.ehlo()
        if self._address.username:
            server.login(unquote(self._address.username), unquote(self._address.password or ""))
        return server

    def _reset(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            if self._open is not None:
                self._open.rset()

    def _envelope(self, letter_id: UUID) -> str:
        """Where it comes back to; with a mark, so that what comes back is known by its address alone."""
        if not self._settings.bounce_address:
            return parseaddr(sender_of(self._settings))[1]
        name, _at, host = self._settings.bounce_address.rpartition("@")
        return f"{name}+{letter_id.hex}@{host}"


def address_of(name: str, text: str, schemes: dict[str, int]) -> SplitResult:
    """The parts of the address of a server. Raises BadSetting, without showing a password."""
    try:
        parts = urlsplit(text)
        usable = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        example = next(iter(schemes))
        raise BadSetting(f"{name} is no address of a server, as in {example}://user:password@host.")
    return parts


def _judged(code: int, text: bytes | str) -> Exception:
    if 500 <= code < 600 and code not in _OUR_FAULT:
        return Refused(_told(code, text))
    return NotNow(_told(code, text))


def _told(code: int, text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(said.split())}"[:300]
