"""Clean-up of ways to get in touch: telephone numbers, e-mail and web addresses as they are meant."""

from __future__ import annotations

import re

_PHONE_WORD = re.compile(r"^(?:tel|tél|téléphone|telefoon|telephone|phone|gsm|t)\s*[.:]+\s*", re.IGNORECASE)
_HOST = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?=[/?#:]|$)", re.IGNORECASE)
_SCHEME_AND_HOST = re.compile(r"^([a-z]+)://([^/?#@]+)", re.IGNORECASE)


def phone(_kind: str, text: str) -> str:
    """The word before the number goes: "Tel.: 02 512 34 56" is a number too."""
    return _PHONE_WORD.sub("", text)


def email(_kind: str, text: str) -> str:
    """``mailto:`` goes, and the domain is in small letters (RFC 5321: only the part before @ may differ)."""
    if text[:7].lower() == "mailto:":
        text = text[7:].strip()
    name, at, domain = text.rpartition("@")
    return f"{name}{at}{domain.lower()}" if at else text


def url(_kind: str, text: str) -> str:
    """A web address without a scheme gets https, as browsers read it; scheme and host in small letters."""
    if "://" not in text and "@" not in text and _HOST.match(text):
        text = f"https://{text}"
    return _SCHEME_AND_HOST.sub(lambda found: found.group().lower(), text)
