"""What a browser holds, signed, while its owner signs in with another provider."""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime

from service.accounts.tokens import keyed
from service.config import Settings
from service.errors import NotProven

LASTS_S = 600
"""How long somebody may be at the provider."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What a browser holds while its owner is at the provider; what comes back has to belong to it."""

    state: str
    nonce: str
    verifier: str
    following: str
    at: int


def is_offered(settings: Settings) -> bool:
    """Whether people can sign in with another provider."""
    return bool(settings.openid_issuer)


def seal(settings: Settings, held: Pending) -> str:
    """What is pending, for a cookie, signed. Raises StorageError."""
    text = base64.urlsafe_b64encode(json.dumps(asdict(held)).encode()).decode()
    return f"{text}.{_sign(settings, text)}"


def unseal(settings: Settings, cookie: str, state: str, now: datetime) -> Pending:
    """What is pending at this browser, where ``state`` came back with it. Raises NotProven."""
    text, _point, signed = cookie.partition(".")
    if not hmac.compare_digest(_sign(settings, text).encode(), signed.encode()):
        raise NotProven("This browser did not begin to sign in.")
    held = Pending(**json.loads(base64.urlsafe_b64decode(text)))
    if not hmac.compare_digest(held.state.encode(), state.encode()):
        raise NotProven("What came back belongs to another sign-in.")
    if now.timestamp() - held.at > LASTS_S:
        raise NotProven("The sign-in took too long.")
    return held


def _sign(settings: Settings, text: str) -> str:
    return keyed(settings, f"openid {text}")
