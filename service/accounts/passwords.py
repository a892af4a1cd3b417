"""Passwords: argon2 hashes, what a good one is, and a check that never tells whether there is an account."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.errors import BadValue

SHORTEST = 12
"""Characters; length is what helps (NIST SP 800-63B asks for at least 8 and no rules of composition)."""

LONGEST = 200
"""Characters; who sends more wants to keep the machine busy."""

_hasher = PasswordHasher()
"""The library's own choice: argon2id by RFC 9106 (second recommendation: 64 MiB, 3 passes, 4 lanes)."""


def hash_password(text: str, *about: str) -> str:
    """The hash of a new password. Raises BadValue for one that is too short, too long, all the same sign, or
    one of the words ``about`` its owner (name, e-mail)."""
    if not SHORTEST <= len(text) <= LONGEST:
        raise BadValue("password", "", f"has fewer than {SHORTEST} characters or more than {LONGEST}",
                       "a sentence that only you know")  # fmt: skip
    plain = text.casefold()
    if len(set(plain)) < 5 or any(word and word.casefold() in plain for word in about):
        raise BadValue("password", "", "is easy to guess", "a sentence that only you know")
    return _hasher.hash(text)


def is_password(text: str, hashed: str | None) -> bool:
    """Whether it is the password; takes as long where there is none to compare with."""
    if len(text) > LONGEST:
        return False
    try:
        return _hasher.verify(hashed or _nobodys(), text) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
