"""Parsers of single parameter values: text in, a typed and valid value out, or BadParameter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

from service.config import TIMEZONE
from service.errors import BadParameter

Parse = Callable[[str, str], object]
Now = Literal["now"]

_INTEGER = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,400})?")
_EUROS = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,2})?")
_YES, _NO = ("true", "1", "yes"), ("false", "0", "no")
_YEARS = (2000, 2100)  # outside it a time is a slip of the keyboard


def text(longest: int) -> Callable[[str, str], str]:
    """A text of at most ``longest`` characters, white space made single blanks; no control characters."""

    def parse(name: str, raw: str) -> str:
        plain = " ".join(raw.split())
        if any(unicodedata.category(c) in ("Cc", "Cs") or c == "\ufffd" for c in plain):
            raise BadParameter(name, f"{name} holds characters that are no text.", "text in UTF-8")
        if len(plain) > longest:
            raise BadParameter(name, f"{name} has {len(plain)} characters.", f"at most {longest} characters")
        return plain

    return parse


def one_of(codes: Callable[[], Iterable[str]], allowed: str = "") -> Callable[[str, str], str]:
    """One code of a closed list; ``allowed`` says where the list is, when it is too long to be shown."""

    def parse(name: str, raw: str) -> str:
        known = codes()
        if raw not in known:
            raise BadParameter(name, f"{_shown(raw)} is not a known {name}.", allowed or ", ".join(known))
        return raw

    return parse


def whole(low: int, high: int) -> Callable[[str, str], int]:
    """A whole number from ``low`` to ``high``."""

    def parse(name: str, raw: str) -> int:
        if not _INTEGER.fullmatch(raw) or not low <= int(raw) <= high:
            raise BadParameter(name, f"{_shown(raw)} is not a whole number in range.", f"{low} to {high}")
        return int(raw)

    return parse


def degrees(limit: int) -> Callable[[str, str], float]:
    """A coordinate in decimal degrees from -``limit`` to ``limit``."""

    def parse(name: str, raw: str) -> float:
        if not _DECIMAL.fullmatch(raw) or abs(float(raw)) > limit:
            raise BadParameter(name, f"{_shown(raw)} is not a {name} in degrees.", f"-{limit} to {limit}")
        return float(raw)

    return parse


def write_degrees(value: float) -> str:
    """A coordinate without exponent, so that it reads back as the very same number."""
    return f"{Decimal(repr(value)):f}"


def euros(most: int) -> Callable[[str, str], float]:
    """An amount in euro from 0 to ``most``, with cents behind a point or a comma."""

    def parse(name: str, raw: str) -> float:
        found = _EUROS.fullmatch(raw)
        if found is None or float(raw.replace(",", ".")) > most:
            raise BadParameter(name, f"{_shown(raw)} is not an amount in euro.", f"0 to {most}, as in 12.50")
        return float(raw.replace(",", "."))

    return parse


def write_euros(value: float) -> str:
    """The amount with cents where it has any."""
    return f"{value:.2f}".removesuffix(".00")


def yes_no(name: str, raw: str) -> bool:
    """A yes or a no."""
    if raw.lower() in _YES:
        return True
    if raw.lower() in _NO:
        return False
    raise BadParameter(name, f"{_shown(raw)} is neither true nor false.", "true or false")


def write_yes_no(value: bool) -> str:
    """``true`` or ``false``."""
    return "true" if value else "false"


def moment(name: str, raw: str) -> datetime | Now:
    """``now`` or an ISO 8601 time with date; without an offset it is a time in Brussels."""
    if raw == "now":
        return "now"
    allowed = "now, or a date and time as 2026-11-22T19:30 (Brussels time) or 2026-11-22T18:30:00Z"
    try:
        if "T" not in raw:
            raise ValueError(raw)
        given = datetime.fromisoformat(raw)
        aware = given if given.tzinfo else given.replace(tzinfo=TIMEZONE)
        local = aware.astimezone(UTC).astimezone(TIMEZONE)  # an hour that the clock skips becomes the next
        if not _YEARS[0] <= local.year < _YEARS[1]:
            raise ValueError(raw)
    except (ValueError, OverflowError):
        raise BadParameter(name, f"{_shown(raw)} is not a time.", allowed) from None
    return local.replace(microsecond=0)


def write_moment(value: datetime | Now) -> str:
    """The time with its offset, or ``now``."""
    return value if isinstance(value, str) else value.isoformat()


def pattern(form: str, allowed: str) -> Callable[[str, str], str]:
    """A text of a fixed form, a regular expression."""
    compiled = re.compile(form)

    def parse(name: str, raw: str) -> str:
        if not compiled.fullmatch(raw):
            raise BadParameter(name, f"{_shown(raw)} is not a {name}.", allowed)
        return raw

    return parse


def _shown(raw: str) -> str:
    # An error message repeats little of what was typed, and nothing that is not printable.
    return "'" + "".join(c for c in raw[:40] if c.isprintable()) + "'"
