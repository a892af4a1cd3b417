"""Clean-up of addresses in a record: number and box that stand in the street, abbreviations written out."""

from __future__ import annotations

import re

from importers.clean.contact.address import read_address
from importers.clean.contact.street import full_street
from importers.clean.step import Draft
from service.model.fields import FieldKey

_NUMBER, _BOX = FieldKey("address.house_number"), FieldKey("address.box")
_COUNTRY = FieldKey("address.country")
_ENDS_IN_NUMBER = re.compile(r"\D+[\s,]\d+\w?(?:[\s/,-].*)?")
_BOX_IN_NUMBER = re.compile(r"(\d+\w?(?:-\d+\w?)?)\s*,?\s*(?:bus|bte|boîte|box)\.?\s*(\w+)", re.IGNORECASE)


def write_street_out(draft: Draft) -> bool:
    """The street in full, its number and box in their own fields where they are free; Belgium only."""
    if draft.values.get(_COUNTRY, "BE") != "BE":
        return False
    streets = {key: text for key, text in draft.values.items() if key.path == "address.street"}
    before = dict(draft.values)
    for key, text in streets.items():
        if isinstance(text, str):
            _street(draft, key, text)
    _box(draft)
    return draft.values != before


def _street(draft: Draft, key: FieldKey, text: str) -> None:
    if _ENDS_IN_NUMBER.fullmatch(text) and _NUMBER not in draft.values:
        found = read_address(text)
        if found.street and found.house_number and not found.rejects and not found.postal_code:
            draft.values[key], draft.values[_NUMBER] = found.street, found.house_number
            if found.box and _BOX not in draft.values:
                draft.values[_BOX] = found.box
            return
    if not any(letter.isdigit() for letter in text):
        draft.values[key] = full_street(text)


def _box(draft: Draft) -> None:
    number = draft.values.get(_NUMBER)
    match = _BOX_IN_NUMBER.fullmatch(number) if isinstance(number, str) else None
    if match and _BOX not in draft.values:
        draft.values[_NUMBER], draft.values[_BOX] = match[1], match[2]
