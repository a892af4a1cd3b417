"""Telephone numbers as they are dialled in Belgium: E.164, or a short number without country code."""

from __future__ import annotations

import phonenumbers

from service.errors import BadValue


def parse_phone(text: str) -> str:
    """The number in E.164 (+3225123456), or a short number as it is (106, 1712).

    Raises BadValue when it is neither a possible number nor a Belgian short number.
    """
    short = text.strip().replace(" ", "")
    try:
        number = phonenumbers.parse(text, "BE")
    except phonenumbers.NumberParseException:
        raise BadValue("phone", text, "is not a telephone number", "+32 2 512 34 56 or 1712") from None
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if short.isdigit() and phonenumbers.is_possible_short_number_for_region(number, "BE"):
        return short
    raise BadValue("phone", text, "is not a telephone number", "+32 2 512 34 56 or 1712")


def format_phone(number: str) -> str:
    """The number as people read it: national form for Belgium, international form for abroad."""
    if not number.startswith("+"):
        return number
    parsed = phonenumbers.parse(number)
    style = phonenumbers.PhoneNumberFormat
    national = parsed.country_code == 32
    return phonenumbers.format_number(parsed, style.NATIONAL if national else style.INTERNATIONAL)
