"""Words that nobody can guess, and the digests of them that are kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from service.config import Settings
from service.home import held_secret

BYTES = 32
"""Of chance in a word of ours: 256 bits."""


def new_token() -> str:
    """A word for a cookie or a link."""
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """What is kept of a word of ours; it cannot be turned back, and needs no salt, since it is all chance."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed(settings: Settings, text: str) -> str:
    """A digest of something that could be guessed (an e-mail, an address), with the secret of this Nabij.

    Raises StorageError where the secret cannot be made.
    """
    secret = settings.secret.encode() or held_secret(settings.home)
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def form_token(settings: Settings, session_token: str) -> str:
    """The word in every form of a session that shows that the form was ours (against forged requests)."""
    return keyed(settings, f"form {session_token}")[:32]
