"""The columns of the spreadsheet of a zone: which fields it has, what stands above them, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from service.errors import BadValue
from service.i18n.labels import field_label, language_name
from service.model import terms
from service.model.fields import Field, fields, parse_key

ID, VERSION = "id", "version"
"""The first two columns: which listing a row is about, and how it stood when it was taken out."""

TEXT_LANGUAGES = (None, "nl", "fr", "en", "de")
"""A text that differs by language has a column for each, and one for what nobody named the language of."""

LEFT_OUT = frozenset((
    "organization.other_names", "service.other_names", "service.identifiers", "service.readiness",
    "service.state", "address.hidden", "location.zone",
))  # fmt: skip
"""What follows by a rule, what decides who sees a listing, and its zone: changed on its page."""

_NAMED = re.compile(r"\[([a-z_.@]+)\]\s*$")


@dataclass(frozen=True, slots=True)
class Column:
    """One field, in one language where it is a text that differs by language."""

    key: str
    field: Field


@cache
def columns() -> Mapping[str, Column]:
    """Every column of a field by its key, in reading order."""
    return {
        key: Column(key, field)
        for path, field in fields().items()
        if path not in LEFT_OUT
        for key in ([f"{path}@{each}" if each else path for each in TEXT_LANGUAGES]
                    if field.per_language else [path])
    }  # fmt: skip


def title_of(key: str, language: str) -> str:
    """What stands above a column: the label for people, and the key for the way back."""
    path, _, told = key.partition("@")
    label = field_label(path, language)
    named = f" ({language_name(told, language)})" if told else ""
    return f"{label}{named} [{key}]"


def key_of(title: str) -> str | None:
    """The key of a column by what stands above it, `ID` and `VERSION` too; None for one that is not ours."""
    found = _NAMED.search(title)
    key = (found[1] if found else title).strip()
    if key in (ID, VERSION):
        return key
    path, _, language = key.partition("@")
    field = fields().get(path)
    if field is None or path in LEFT_OUT:
        return None
    try:
        return str(parse_key(f"{path}@{language}" if language else path))
    except BadValue:
        return None


def choices_of(field: Field) -> Mapping[str, terms.Term]:
    """The closed list that values of the field are of; empty where there is none."""
    kind, _, list_name = field.type.partition(":")
    if kind == "need":
        return terms.needs()
    return terms.values(list_name) if kind == "code" else {}
