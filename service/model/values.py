"""Reading one value of a field strictly: what comes out is typed and valid, what does not fit says why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import urlsplit

from stdnum.be import vat

from service.errors import BadValue
from service.model import terms
from service.model.fields import Field, fields
from service.model.phone import parse_phone
from service.model.schedule import parse_hours

Scalar = str | int | bool
Value = str | int | bool | list[str] | list[float]
"""A claim's value, as JSON holds it: a text, a number, yes or no, several texts, or [lat, lon]."""

MAX_TEXT = 20_000  # characters; the longest description of the sources seen has under 6,000
MAX_AGE = 120  # years
WHOLE = {
    "age": (MAX_AGE, "an age in years"),
    "days": (3_650, "a number of days"),
    "count": (100_000, "a number"),
}
"""Types that hold a whole number from 0: the most it can be and what it is."""

_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}")
_AMOUNT = re.compile(r"(?:€|EUR)? ?([0-9]{1,5})(?:[.,]([0-9]{1,2}))? ?(?:€|EUR|euro)?")
_CODE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_PLAIN_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[!-~]*)?")  # most of them; read in a tenth
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")  # all but tab and line feed


def parse_value(path: str, raw: object) -> Value:
    """Check and normalise a value for the field at ``path``; lists may repeat nothing.

    Raises BadValue naming the field, the value, what is wrong and what would be right.
    """
    field = fields().get(path)
    if field is None:
        raise BadValue(path, raw, "is not a field of a listing", "see data/taxonomy/fields.csv")
    if field.type == "point":
        return _point(path, raw)
    if not field.many:
        return _scalar(field, raw)
    if not isinstance(raw, list | tuple):
        raise BadValue(path, raw, "holds several values", "a list")
    return list(dict.fromkeys(str(_scalar(field, each)) for each in raw))


def _scalar(field: Field, raw: object) -> Scalar:
    kind, _, list_name = field.type.partition(":")
    if kind == "code":
        return _one_of(field.path, raw, terms.values(list_name))
    if kind == "need":
        return _one_of(field.path, raw, terms.needs())
    if kind == "yes_no":
        if not isinstance(raw, bool):
            raise BadValue(field.path, raw, "is neither true nor false", "true or false")
        return raw
    if kind in WHOLE:
        most, meaning = WHOLE[kind]
        if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= most:
            raise BadValue(field.path, raw, f"is not {meaning}", f"0 to {most}")
        return raw
    if not isinstance(raw, str) or not raw.strip():
        raise BadValue(field.path, raw, "is empty or no text", "a text; leave the field out when unknown")
    return _TEXTS[kind](field.path, raw.strip())


def _one_of(path: str, raw: object, allowed: Mapping[str, object]) -> str:
    if not isinstance(raw, str) or raw not in allowed:
        raise BadValue(path, raw, "is not a known code", "one of " + ", ".join(allowed))
    return raw


def _point(path: str, raw: object) -> list[float]:
    try:
        lat, lon = (float(part) for part in raw)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        raise BadValue(path, raw, "is not a point", "[lat, lon] in degrees") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadValue(path, raw, "lies outside the earth", "lat -90 to 90, lon -180 to 180")
    return [lat, lon]


def _text(path: str, text: str) -> str:
    if len(text) > MAX_TEXT:
        raise BadValue(path, text[:80] + "…", "is too long", f"at most {MAX_TEXT} characters")
    if _CONTROL.search(text):
        raise BadValue(path, text[:80], "holds control characters", "plain text")
    return text


def _url(path: str, text: str) -> str:
    if _PLAIN_URL.fullmatch(text):
        return text
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or "." not in host or parts.scheme not in ("http", "https") or " " in text:
        raise BadValue(path, text, "is not a web address", "https://example.be")
    return text


def _matching(form: re.Pattern[str], reason: str, suggestion: str) -> Callable[[str, str], str]:
    def check(path: str, text: str) -> str:
        if not form.fullmatch(text):
            raise BadValue(path, text, reason, suggestion)
        return text

    return check


def _hours(path: str, text: str) -> str:
    try:
        parse_hours(text)
    except BadValue as error:
        raise BadValue(path, text, error.reason, error.suggestion) from None
    return text


def _phone(path: str, text: str) -> str:
    try:
        return parse_phone(text)
    except BadValue as error:
        raise BadValue(path, text, error.reason, error.suggestion) from None


def _amount(path: str, text: str) -> str:
    """Euros with a point and two decimals where there are cents: 12 or 12.50."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise BadValue(path, text, "is not an amount in euro", "12 or 12.50")
    cents = (found[2] or "").ljust(2, "0")
    euros = str(int(found[1]))
    return euros if cents == "00" else f"{euros}.{cents}"


def _date(path: str, text: str) -> str:
    try:
        if len(text) != len("2026-08-13"):
            raise ValueError(text)
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadValue(path, text, "is not a day", "2026-08-13") from None


def _enterprise_number(path: str, text: str) -> str:
    if not vat.is_valid(text):
        raise BadValue(path, text, "is not a Belgian enterprise number", "0403.170.701")
    return str(vat.compact(text))


_TEXTS: Mapping[str, Callable[[str, str], str]] = {
    "text": _text,
    "url": _url,
    "email": _matching(_EMAIL, "is not an e-mail address", "name@example.be"),
    "phone": _phone,
    "language": _matching(_CODE, "is not a language code", "ISO 639-1, as in nl, fr, ar"),
    "country": _matching(_COUNTRY, "is not a country code", "ISO 3166-1, as in BE"),
    "postal_code": _matching(re.compile(r"[0-9A-Za-z][0-9A-Za-z -]{2,9}"), "is not a postal code", "1080"),
    "nis": _matching(re.compile(r"\d{5}"), "is not a NIS code", "five digits, as in 21012"),
    "zone": _matching(re.compile(r"(bxl|elz)-[a-z0-9-]+"), "is not a zone", "an id of data/zones/zones.csv"),
    "opening_hours": _hours,
    "amount": _amount,
    "date": _date,
    "enterprise_number": _enterprise_number,
}
