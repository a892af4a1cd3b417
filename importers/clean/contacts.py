"""Clean-up of ways to get in touch: telephone numbers, e-mail and web addresses as they are meant."""

from __future__ import annotations

import re

from importers.clean.contact.online import read_email, read_web
from importers.clean.contact.phones import read_phones
from importers.clean.contact.words import tidy

_PHONE_WORD = re.compile(r"^(?:tel|tél|téléphone|telefoon|telephone|phone|gsm|t)\s*[.:]+\s*", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"[+0][\d\s./()-]{7,20}|1\d{2,3}")
_PLAIN_MAIL = re.compile(r"[A-Za-z0-9._%+'&-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_PLAIN_URL = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?$", re.IGNORECASE)
_HOST = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?=[/?#:]|$)", re.IGNORECASE)
_SCHEME_AND_HOST = re.compile(r"^([a-z]+)://([^/?#@]+)", re.IGNORECASE)


def phone(_kind: str, text: str) -> str:
    """The number alone, without the words beside it (Tel.: 02 512 34 56 (secretariat)), its zero back."""
    bare = _PHONE_WORD.sub("", text)
    if _BARE_NUMBER.fullmatch(bare):
        return bare
    found = read_phones(tidy(text))
    return found.numbers[0] if len(found.numbers) == 1 and not found.rejects else bare


def email(_kind: str, text: str) -> str:
    """``mailto:`` goes, and the domain is in small letters (RFC 5321: only the part before @ may differ)."""
    if text[:7].lower() == "mailto:":
        text = text[7:].strip()
    if not _PLAIN_MAIL.fullmatch(text):
        found = read_email(tidy(text))
        text = found.value if found.value and not found.reject else text
    name, at, domain = text.rpartition("@")
    return f"{name}{at}{domain.lower()}" if at else text


def url(_kind: str, text: str) -> str:
    """A web address without a scheme gets https, as browsers read it; scheme and host in small letters."""
    if "://" not in text and "@" not in text and _HOST.match(text):
        text = f"https://{text}"
    elif not _PLAIN_URL.match(text):
        found = read_web(tidy(text))
        text = found.value if found.value and not found.reject else text
    return _SCHEME_AND_HOST.sub(lambda found: found.group().lower(), text)
