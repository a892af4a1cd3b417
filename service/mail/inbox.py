"""The mailbox to which letters come back (IMAP): what is new in it, each message once."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote

from service.errors import BadSetting, NabijError
from service.mail.ways import LOOPBACK, TIMEOUT_S, address_of

MOST = 200
"""Messages of one round; the others are read in the next."""

_PORTS = {"imaps": 993, "imap": 143}


class InboxAway(NabijError):
    """The mailbox cannot be read now; nothing in it is lost."""

    code = "inbox_away"
    status = 503


def new_messages(url: str) -> Iterator[bytes]:
    """The messages that nobody has seen, oldest first; each is marked as seen when the next is asked for.

    Raises BadSetting for an address that is none, or would send a password unencrypted; InboxAway.
    """
    address = address_of("NABIJ_BOUNCE_URL", url, _PORTS)
    host, port = address.hostname or "", address.port or _PORTS[address.scheme]
    if address.scheme == "imap" and host not in LOOPBACK:
        raise BadSetting("NABIJ_BOUNCE_URL would send a password unencrypted; write imaps://.")
    folder = unquote(address.path.strip("/")) or "INBOX"
    with _explained(host):
        box = (
            imaplib.IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT_S)
            if address.scheme == "imaps"
            else imaplib.IMAP4(host, port, timeout=TIMEOUT_S)
        )
        try:
            box.login(unquote(address.username or ""), unquote(address.password or ""))
            box.select(f'"{folder}"')
            yield from _unseen(box)
        finally:
            with suppress(imaplib.IMAP4.error, OSError):
                box.logout()


def _unseen(box: imaplib.IMAP4) -> Iterator[bytes]:
    _said, numbers = box.search(None, "UNSEEN")
    for number in (numbers[0] or b"").split()[:MOST]:
        _said, parts = box.fetch(number.decode(), "(BODY.PEEK[])")
        yield next((part[1] for part in parts if isinstance(part, tuple)), b"")
        box.store(number.decode(), "+FLAGS", "(\\Seen)")


@contextmanager
def _explained(host: str) -> Iterator[None]:
    try:
        yield
    except (imaplib.IMAP4.error, OSError) as error:
        raise InboxAway(f"The mailbox at {host} cannot be read: {error}.") from None
