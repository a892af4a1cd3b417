"""A signed stamp in a form: that it was given out by us, for this, and not just now."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from typing import Literal

from service.config import Settings
from service.home import held_secret

EARLIEST_S = 3
"""Who reads a form needs longer; a machine that fills in everything does not."""

LATEST_S = 12 * 3_600
"""A form that was left open for a day is given out again."""

Judged = Literal["good", "early", "late", "false"]


def stamp(settings: Settings, about: str, now: datetime) -> str:
    """The stamp of a form that is given out at an aware moment. Raises StorageError."""
    at = str(int(now.timestamp()))
    return f"{at}.{_sign(settings, about, at)}"


def judge(settings: Settings, about: str, text: str, now: datetime) -> Judged:
    """Whether a stamp that came back is ours, about the same, and of the right age."""
    at, _point, signed = text.partition(".")
    if not (at.isascii() and at.isdigit() and len(at) < 12):
        return "false"
    if not hmac.compare_digest(_sign(settings, about, at).encode(), signed.encode()):
        return "false"
    age_s = now.timestamp() - int(at)
    if age_s < EARLIEST_S:
        return "early"
    return "good" if age_s <= LATEST_S else "late"


def _sign(settings: Settings, about: str, at: str) -> str:
    secret = settings.secret.encode() or held_secret(settings.home)
    return hmac.new(secret, f"{at} {about}".encode(), hashlib.sha256).hexdigest()[:32]
