"""Leaving out of a record what is not known: nothing in an answer is ever null or an empty list of facts."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

Json = dict[str, Any]

_PRINTABLE = "%/:?#[]@!$&'()*+,;=-._~"


def known(**record: Any) -> Json:  # noqa: ANN401 (whatever a record holds)
    """The record without what nobody stated: None, an empty text, an empty list."""
    return {key: value for key, value in record.items() if value not in (None, "", [], ())}


def uri(address: str | None) -> str | None:
    """A web address in the letters that a URI may have; None where it cannot be written so."""
    if address is None or address.isascii():
        return address
    try:
        parts = urlsplit(address)
        host = parts.netloc.encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    path, query, fragment = (quote(part, safe=_PRINTABLE) for part in parts[2:])
    return urlunsplit((parts.scheme, host, path, query, fragment))
