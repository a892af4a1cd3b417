"""What an element of OpenStreetMap says as a listing, and which of its tags nobody takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from importers.entry import Cell, without_repeats
from importers.readers.osm.element import Element
from importers.readers.osm.tables import ANY, Kind, fields_of_tags, kind_keys, places_in_table
from service.geo.tables import split
from service.model.fields import LANGUAGES, fields

NOT_KNOWN = "Beheerder niet gekend / Gestionnaire non connu"
"""Who runs a fountain that names nobody: a listing has an organization, and a guess is worse than none."""
KEPT_SECRET = "is a shelter whose address stays secret, whoever put it on a map"  # noqa: S105
_PAGE = "https://www.openstreetmap.org/"
_CLOSED = (("access", "private"), ("access", "no"), ("disused", "yes"), ("abandoned", "yes"))
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_TEXTS = {"name": "service.name", "description": "service.description", "addr:street": "address.street"}
_LANGUAGE = "language:"


def why_not(tags: Mapping[str, str], found: Sequence[Kind]) -> str:
    """Why a place is not taken (of no kind that is, secret, closed to the public); empty when it is."""
    if not found:
        return "is no kind of place that is taken"
    if any(kind.is_secret for kind in found):
        return KEPT_SECRET
    closed = next((f"{key}={value}" for key, value in _CLOSED if tags.get(key) == value), "")
    return f"is not for the public ({closed})" if closed else ""


def cells_of(element: Element, found: Sequence[Kind]) -> dict[str, Cell]:
    """The fields of a listing that the element gives; ``found`` is what kinds it is of, one at least."""
    tags = element.tags
    cells: dict[str, Cell] = {
        "service.needs": without_repeats(need for kind in found for need in kind.needs),
        "service.languages": tuple(_languages(tags)),
        "location.point": element.point,
        "url": _PAGE + element.key,
        "said_on": _said_on(element),
    }
    places = places_in_table()
    for key in sorted(places.keys() & tags.keys(), key=places.__getitem__):
        _take(key, tags, cells)
    cells |= _texts(tags)
    return cells | _named(tags, found[0], cells)


def left_over(tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The tags that say something and that neither a table nor this module takes or leaves out on purpose."""
    for key, value in tags.items():
        name, _, language = key.partition(":")
        is_text = key in _TEXTS or (key.rpartition(":")[0] in _TEXTS and key.rpartition(":")[2] in LANGUAGES)
        is_language = f"{name}:" == _LANGUAGE and language in LANGUAGES
        values = [value] if (key, ANY) in fields_of_tags() else split(value)
        is_known = all((key, each) in fields_of_tags() or (key, ANY) in fields_of_tags() for each in values)
        if not (is_text or is_language or is_known or key in kind_keys() or key.startswith("source:")):
            yield key, value


def _take(key: str, tags: Mapping[str, str], cells: dict[str, Cell]) -> None:
    value = tags.get(key, "").strip()
    if not value:
        return
    whole = fields_of_tags().get((key, ANY))
    if whole:
        target, text = whole[0], value
        if target and fields()[target].many:
            _add(cells, target, split(value))
        elif target:
            cells[target] = cells.get(target) or text
        return
    for each in split(value):
        target, text = fields_of_tags().get((key, each), ("", ""))
        if target and fields()[target].many:
            _add(cells, target, [text])
        elif target:
            cells[target] = cells.get(target) or text


def _add(cells: dict[str, Cell], target: str, texts: list[str]) -> None:
    before = cells.get(target, ())
    cells[target] = without_repeats((*((before,) if isinstance(before, str) else before), *texts))


def _texts(tags: Mapping[str, str]) -> dict[str, Cell]:
    """Texts by language; one without a language only where there are none with."""
    cells: dict[str, Cell] = {}
    for name, path in _TEXTS.items():
        own = {f"{path}@{each}": tags[f"{name}:{each}"] for each in LANGUAGES if tags.get(f"{name}:{each}")}
        cells |= own or ({path: tags[name]} if tags.get(name) else {})
    return cells


def _named(tags: Mapping[str, str], kind: Kind, cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """Who runs it, and what kind of place it is: as its name where it has none, else as its description."""
    names = {path: text for path, text in cells.items() if path.startswith("service.name")}
    has_words = any(path.startswith("service.description") for path in cells)
    field = "service.description" if names else "service.name"
    said: dict[str, Cell] = {}
    if not names or not has_words:
        said = {f"{field}@{language}": text for language, text in kind.names.items()}
    own = tags.get("name") or " / ".join(without_repeats(str(text) for text in names.values()))
    said["organization.name"] = (
        cells.get("organization.name") or (own if kind.is_organization else "") or NOT_KNOWN
    )
    return said


def _languages(tags: Mapping[str, str]) -> Iterator[str]:
    for key, value in tags.items():
        language = key.removeprefix(_LANGUAGE)
        if key.startswith(_LANGUAGE) and value in ("yes", "main", "only") and language in LANGUAGES:
            yield language


def _said_on(element: Element) -> str:
    """The day on which a mapper looked, else that of the last change."""
    looked = (element.tags.get(key, "") for key in ("check_date", "survey:date"))
    return next((day for day in looked if _DAY.fullmatch(day)), element.edited_on)
