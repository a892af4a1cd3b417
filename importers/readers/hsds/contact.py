"""Reads telephone numbers of any country and e-mail addresses as feeds write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import phonenumbers

from importers.entry import Note
from importers.readers.hsds.staging import Item
from service.errors import BadValue
from service.model.phone import format_phone, parse_phone

_NOT_FOR_CALLS = frozenset({"fax", "tty", "tdd", "text", "textphone", "pager", "sms", "fax line", "tty/tdd"})
_NOTHING = frozenset({"n/a", "na", "none", "null", "-", "x", "tbd", "unknown"})


@dataclass(slots=True)
class Phones:
    """Numbers that can be dialled, and in words what a number alone does not say (extension, other form)."""

    numbers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def read_phones(rows: list[Item], country: str | None, notes: list[Note]) -> Phones:
    """The numbers that people can call; ``country`` is where a number without one is dialled."""
    found = Phones()
    for row in rows:
        text = row.get("number").strip("\"' ")
        kind = row.get("type").casefold()
        if not text or text.casefold() in _NOTHING or kind in _NOT_FOR_CALLS:
            continue
        number, extension = _read(text, country)
        extension = extension or row.get("extension").removesuffix(".0")
        about = row.get("department") or row.get("description")
        if number is None:
            reason = "is not a telephone number" + (f" of {country}" if country else " of a known country")
            notes.append(Note(row.file, row.row, "number", text, reason, "+32 2 512 34 56"))
            found.words.append(_in_words(text, extension, about))
            continue
        if number not in found.numbers:
            found.numbers.append(number)
        if extension:
            found.words.append(_in_words(format_phone(number), extension, about))
    return found


def is_number_of(text: str, country: str) -> bool:
    """Whether it is a number of that country as people there write it."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, country))
    except phonenumbers.NumberParseException:
        return False


def is_written_as_in(text: str, country: str) -> bool:
    """Whether it is a number of that country with the 0 before it, where numbers are dialled with one there.

    Without that (202) 540-9862 would be one of Wuppertal as well as one of Washington.
    """
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country, None)
    with_zero = metadata is not None and metadata.national_prefix == "0"
    first = next((sign for sign in text if sign.isdigit() or sign == "+"), "")
    return (first in "0+" or not with_zero) and is_number_of(text, country)


def _read(text: str, country: str | None) -> tuple[str | None, str]:
    """The number as it is dialled and its extension."""
    if country in (None, "BE"):
        try:
            return parse_phone(text), ""
        except BadValue:
            pass
    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None, ""
    if phonenumbers.is_valid_number(parsed):
        extension, parsed.extension = parsed.extension or "", None
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), extension
    return None, ""


def _in_words(number: str, extension: str, about: str) -> str:
    return " ".join(
        filter(None, (number, f"ext. {extension}" if extension else "", f"({about})" if about else ""))
    )


_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}")


def first_email(rows: list[Item]) -> str:
    """The first e-mail address among the rows; empty where there is none."""
    found = (_EMAIL.search(row.get("email")) for row in rows)
    return next((match.group().strip(".") for match in found if match), "")
