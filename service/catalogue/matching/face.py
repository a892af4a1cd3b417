"""The face of a record: what of it is compared with others, as short as can be."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from service.catalogue.ground import Ground
from service.catalogue.matching.names import fold, plain, town_words
from service.model.fields import LANGUAGES
from service.model.values import Value

_NUMBER = re.compile(r"\d+\s*[a-z]?")


@dataclass(frozen=True, slots=True)
class Face:
    """Names in plain words, contacts and place; empty where nobody said.

    ``organizations`` and ``services`` are all their names in all languages; ``streets`` are by language,
    ``und`` where it was not said.
    """

    organizations: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    email: str = ""
    website: str = ""
    enterprise_number: str = ""
    nis: str = ""
    postal_code: str = ""
    streets: tuple[tuple[str, str], ...] = ()
    house_number: str = ""
    needs: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """Every word of every name, once."""
        return " ".join(
            sorted({word for name in (*self.organizations, *self.services) for word in name.split()})
        )

    @property
    def signature(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Equal for two records that call everything the same."""
        return self.organizations, self.services

    def as_json(self) -> dict[str, Any]:
        """What is known of it, to be kept."""
        return {name: value for name in _FIELDS if (value := getattr(self, name))}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Face:
        """What `as_json` gave; equal parts of many are held once."""
        streets = _one(tuple((_one(language), _one(street)) for language, street in kept.get("streets", ())))
        return cls(**{
            name: _one(tuple(map(_one, value))) if isinstance(value, list) else _one(value)
            for name, value in kept.items() if name != "streets"
        } | {"streets": streets})  # fmt: skip


_FIELDS = tuple(each.name for each in fields(Face))


_Part = TypeVar("_Part", bound=Hashable)
_held: dict[Hashable, Any] = {}
_MOST_HELD = 100_000


def _one(part: _Part) -> _Part:
    """The part itself, or the equal one that was met before: towns, streets and needs come back often."""
    if len(_held) > _MOST_HELD:
        _held.clear()
    found: _Part = _held.setdefault(part, part)
    return found


def face_of(values: Mapping[str, Value], ground: Ground) -> Face:
    """The face of a record that says these values."""
    postal_code = _text(values, "address.postal_code")
    nis = _text(values, "address.municipality") or ground.municipality_of(postal_code) or ""
    town = town_words(nis)
    street = {key: fold(text) for key, text in _said(values, "address.street")}
    return Face(
        organizations=_names(values, "organization", town),
        services=_names(values, "service", town),
        phones=_list(values, "phone.numbers"),
        email=_text(values, "contact.email").casefold(),
        website=_page(_text(values, "contact.website")),
        enterprise_number=_text(values, "organization.enterprise_number"),
        nis=nis,
        postal_code=postal_code,
        streets=tuple(sorted((key.partition("@")[2] or "und", text) for key, text in street.items())),
        house_number=_number(_text(values, "address.house_number")),
        needs=_list(values, "service.needs"),
    )


def block_of(values: Mapping[str, Value], face: Face) -> str:
    """Who is compared: the municipality; abroad the postal code or town; empty for who has no place."""
    country = _text(values, "address.country")
    if country and country != "BE":
        return f"{country}:{face.postal_code or fold(_text(values, 'address.city'))}"
    return face.nis


def _names(values: Mapping[str, Value], whose: str, town: frozenset[str]) -> tuple[str, ...]:
    said = [text for _key, text in _said(values, f"{whose}.name")]
    names = {plain(text, town) for text in (*said, *_list(values, f"{whose}.alternate_names"))}
    return tuple(sorted(names))


def _said(values: Mapping[str, Value], path: str) -> list[tuple[str, str]]:
    """What is said of a path in each language."""
    return [(key, value) for key in _keys_of(path) if isinstance(value := values.get(key), str)]


@cache
def _keys_of(path: str) -> tuple[str, ...]:
    return (path, *(f"{path}@{language}" for language in LANGUAGES))


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _list(values: Mapping[str, Value], key: str) -> tuple[str, ...]:
    value = values.get(key)
    return tuple(sorted(map(str, value))) if isinstance(value, list) else ()


def _number(text: str) -> str:
    """The first house number: 12-14 and 12 are the same door."""
    found = _NUMBER.search(text.casefold())
    return found[0].replace(" ", "") if found else ""


def _page(url: str) -> str:
    """Host and path, however it is reached."""
    if not url:
        return ""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}"
