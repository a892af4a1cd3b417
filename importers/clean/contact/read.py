"""Reads a row of contact cells as people fill them in: clean values, and the reason for what was left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from importers.clean.contact.address import Address, read_address
from importers.clean.contact.cost import read_cost
from importers.clean.contact.online import Found, holds_email, holds_web, read_email, read_web
from importers.clean.contact.phones import Phones, read_phones
from importers.clean.contact.spoken import read_languages
from importers.clean.contact.street import looks_like_street
from importers.clean.contact.words import tidy
from service.written.hours.read import read_hours

REMEMBERED = 5_000  # cells of each kind
MAX_LENGTH = 2_000  # characters of a cell; a longer one is no contact
_PHONE_ONLY = re.compile(r"(?:tel|tél|gsm|t)?[.: ]*[+(]?[\d\s./()\-]{8,20}", re.IGNORECASE)

Clean = dict[str, str | list[str] | None]


@dataclass
class ContactReading:
    """``clean`` has every key; ``reject`` are "field: reason" lines, the field a key of the row."""

    clean: Clean
    reject: list[str] = field(default_factory=list)


def read_contact(raw: Mapping[str, str | None]) -> ContactReading:
    """The values of a row with the keys address, phone, email, web, price and languages. Never raises."""
    cells = {key: tidy(str(raw.get(key) or ""))[:MAX_LENGTH] for key in _KEYS}
    rejects: list[str] = []
    address = _address(cells["address"], rejects)
    phones = _phones(cells["phone"], rejects)
    email, website = _online(cells["email"], cells["web"], rejects)
    cost, problem = _cost(cells["price"])
    _note(rejects, "price", problem)
    spoken = _languages(cells["languages"])
    _note(rejects, "languages", *spoken.rejects)
    clean: Clean = {
        "street": address.street,
        "house_number": address.house_number,
        "box": address.box,
        "postal_code": address.postal_code,
        "municipality": address.municipality,
        "phones": list(phones.numbers),
        "email": email,
        "website": website,
        "cost": cost,
        "languages": list(spoken.codes),
    }
    return ContactReading(clean, rejects)


_KEYS = ("address", "phone", "email", "web", "price", "languages")
_cost = lru_cache(maxsize=REMEMBERED)(read_cost)
_languages = lru_cache(maxsize=REMEMBERED)(read_languages)
_read_address = lru_cache(maxsize=REMEMBERED)(read_address)
_read_phones = lru_cache(maxsize=REMEMBERED)(read_phones)


def forget() -> None:
    """Forget the cells read before, so that the next are read anew."""
    for each in (_cost, _languages, _read_address, _read_phones):
        each.cache_clear()


def _note(rejects: list[str], key: str, *reasons: str) -> None:
    told = [reason for reason in reasons if reason]
    if told:
        rejects.append(f"{key}: {'; '.join(told)}")


def _address(text: str, rejects: list[str]) -> Address:
    if text and _is_phone(text):
        _note(rejects, "address", "holds a telephone number")
    elif text and holds_email(text):
        _note(rejects, "address", "holds an e-mail address")
    elif text and not looks_like_street(text) and read_hours(text).osm:
        _note(rejects, "address", "holds opening hours")
    else:
        found = _read_address(text)
        _note(rejects, "address", *found.rejects)
        return found
    return Address()


def _is_phone(text: str) -> bool:
    return bool(_PHONE_ONLY.fullmatch(text)) and bool(read_phones(text).numbers)


def _phones(text: str, rejects: list[str]) -> Phones:
    if holds_email(text) and not re.search(r"\d{6}", re.sub(r"\D", "", text)):
        _note(rejects, "phone", "holds an e-mail address")
    elif looks_like_street(text) and not _is_phone(text) and _is_address(text):
        _note(rejects, "phone", "holds an address")
    else:
        found = _read_phones(text)
        _note(rejects, "phone", *found.rejects)
        return found
    return Phones()


def _is_address(text: str) -> bool:
    found = read_address(text)
    return bool(found.street and (found.house_number or found.municipality)) and not read_phones(text).numbers


def _online(email_cell: str, web_cell: str, rejects: list[str]) -> tuple[str | None, str | None]:
    """E-mail and website, each in its place also where they were swapped."""
    has_web_for_mail = bool(email_cell) and holds_web(email_cell) and read_email(email_cell).value is None
    has_mail_for_web = holds_email(web_cell) and not holds_web(web_cell)
    email = Found() if has_web_for_mail else read_email(email_cell)
    website = Found() if has_mail_for_web else read_web(web_cell)
    if has_web_for_mail:
        moved = read_web(email_cell)
        website = website if website.value else Found(moved.value, website.reject)
    if has_mail_for_web:
        moved = read_email(web_cell)
        email = email if email.value else Found(moved.value, email.reject)
    _note(rejects, "email", "holds a web address" if has_web_for_mail else email.reject)
    _note(rejects, "web", "holds an e-mail address" if has_mail_for_web else website.reject)
    return email.value, website.value
