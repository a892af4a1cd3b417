"""Places and services that pages describe with schema.org in JSON-LD, as entries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from importers.entry import Cell, Entry, Note, Refusal, without_repeats
from importers.raw import RawFile
from importers.readers.hsds.words import language_codes
from importers.readers.json_stream import MAX_DEPTH, stream_records
from importers.readers.schema_hours import opening_hours
from importers.readers.taken import plain
from importers.readers.web_page import json_ld_of
from service.errors import SourceError
from service.model.fields import LANGUAGES

Node = Mapping[str, Any]

_SERVICES = frozenset({"Service", "GovernmentService", "SocialService", "HealthService", "FoodService"})
_PLACES = frozenset(
    [
        "Organization",
        "NGO",
        "LocalBusiness",
        "GovernmentOrganization",
        "GovernmentOffice",
        "CivicStructure",
        "Place",
        "Hospital",
        "Physician",
        "MedicalOrganization",
        "MedicalClinic",
        "MedicalBusiness",
        "Pharmacy",
        "Library",
        "EmploymentAgency",
        "ChildCare",
        "School",
        "Store",
        "EmergencyService",
        "EducationalOrganization",
        "CommunityHealth",
        "FoodEstablishment",
        "LegalService",
        "PublicToilet",
        "SportsActivityLocation",
    ]
)
_CARRIED = ("provider", "serviceOperator", "parentOrganization", "location", "areaServed", "availableChannel")
_HOLDERS = (
    "@graph", "mainEntity", "itemListElement", "item", "makesOffer", "itemOffered", "department", *_CARRIED
)  # fmt: skip
_KNOWN = frozenset(
    [
        "@context",
        "@id",
        "@type",
        "identifier",
        "name",
        "legalName",
        "alternateName",
        "description",
        "url",
        "sameAs",
        "telephone",
        "email",
        "address",
        "geo",
        "openingHours",
        "openingHoursSpecification",
        "specialOpeningHoursSpecification",
        "availableLanguage",
        "knowsLanguage",
        "inLanguage",
        "contactPoint",
        "isAccessibleForFree",
        "serviceType",
        "keywords",
        "image",
        "logo",
        "hasMap",
        "dateModified",
        "vatID",
        "taxID",
        "audience",
        "offers",
        "priceRange",
        "foundingDate",
        "mainEntityOfPage",
    ]
) | set(_HOLDERS)


class SchemaOrg:
    """The organizations, places and services of one page or file."""

    def __init__(self, file: RawFile, reach: Callable[[int], None]) -> None:
        self._file = file
        self._reach = reach

    def entries(self) -> Iterator[Entry | Refusal | Note]:
        """A listing for each service, and for each organization or place that gives none."""
        nodes = [node for root in self._roots() for node in _nodes(root)]
        by_id = {plain(node["@id"]): node for node in nodes if len(node) > 1 and "@id" in node}
        services = [node for node in nodes if _is_a(node, _SERVICES)]
        providers = {id(_followed(node.get(key), by_id)) for node in services for key in _CARRIED}
        for number, node in enumerate(nodes, start=1):
            is_service = _is_a(node, _SERVICES)
            if len(node) > 1 and (is_service or (_is_a(node, _PLACES) and id(node) not in providers)):
                yield self._entry(number, node, by_id, is_service)

    def _entry(self, number: int, node: Node, by_id: Mapping[str, Node], is_service: bool) -> Entry:
        name = self._file.name
        notes = [
            Note(name, number, key, plain(value)[:80], "ignored: schema.org has it, Nabij does not")
            for key, value in node.items()
            if key not in _KNOWN
        ]
        found = (_followed(node.get(key), by_id) for key in ("provider", "serviceOperator", "location"))
        others = [each for each in found if each]
        owner = others[0] if is_service and others else node
        cells = _cells(node, owner, others)
        key = (
            _first(node, "@id", "identifier", "url")
            or f"{_text(owner, 'name')} {_text(node, 'name')}".strip()
        )
        return Entry(name, number, key, cells, notes)

    def _roots(self) -> Iterator[object]:
        if self._file.name.lower().endswith((".html", ".htm")):
            for text in json_ld_of(self._file.path, self._file.name):
                try:
                    yield json.loads(text)
                except (ValueError, RecursionError) as error:
                    reason = type(error).__name__
                    raise SourceError(
                        f"{self._file.name} holds JSON-LD that cannot be read: {reason}."
                    ) from None
            return
        for _key, record in stream_records(self._file, lambda key, _before: key == "@graph", self._reach):
            yield record


def _nodes(root: object, depth: int = 0) -> Iterator[Node]:
    """The root and what it carries, the outer one first."""
    if depth > MAX_DEPTH:
        raise SourceError(f"JSON-LD that goes deeper than {MAX_DEPTH} levels is refused.")
    if isinstance(root, list):
        for each in root:
            yield from _nodes(each, depth + 1)
    elif isinstance(root, Mapping):
        if "@type" in root:
            yield root
        for key in _HOLDERS:
            yield from _nodes(root.get(key), depth + 1)


def _cells(node: Node, owner: Node, others: list[Node]) -> dict[str, Cell]:
    around = [node, *others]
    cells: dict[str, Cell] = {
        "organization.name": _text(owner, "legalName") or _text(owner, "name"),
        "organization.website": _first(owner, "url"),
        "contact.website": _first(node, "url"),
        "contact.email": _any(around, "email").removeprefix("mailto:"),
        "phone.numbers": without_repeats(_any_of(around, "telephone")),
        "service.languages": _languages(around),
        "service.audience_note": _text(_map(node.get("audience")), "audienceType"),
        "said_on": _text(node, "dateModified")[:10],
    }
    if node.get("isAccessibleForFree") is True:
        cells["cost_option.kind"] = "free"
    cells |= _texts(node, "name", "service.name") | _texts(node, "description", "service.description")
    cells |= opening_hours(next((each for each in around if "openingHours" in str(each.keys())), node))
    address = next((found for each in around if (found := _address(each))), {})
    return cells | address | _point(around)


def _texts(node: Node, key: str, path: str) -> dict[str, Cell]:
    """A text in each of its languages (``{"@language": "nl", "@value": ...}``), or in none that is said."""
    found: dict[str, Cell] = {}
    value = node.get(key)
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            language = plain(each.get("@language"))[:2]
            found[f"{path}@{language}" if language in LANGUAGES else path] = plain(each.get("@value"))
        elif each is not None:
            found.setdefault(path, plain(each))
    return found


def _address(node: Node) -> dict[str, Cell]:
    value = node.get("address")
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, str):
        return {"address.street": value}
    address = _map(value)
    country = address.get("addressCountry")
    code = _text(_map(country), "name") or plain(country) if country else ""
    cells = {
        "address.street": _text(address, "streetAddress"),
        "address.postal_code": _text(address, "postalCode"),
        "address.city": _text(address, "addressLocality"),
        "address.country": {"belgium": "BE", "belgië": "BE", "belgique": "BE"}.get(code.casefold(), code),
    }
    return {key: text for key, text in cells.items() if text}


def _point(around: list[Node]) -> dict[str, Cell]:
    for node in around:
        geo = _map(node.get("geo"))
        lat, lon = _text(geo, "latitude"), _text(geo, "longitude")
        if lat and lon:
            return {"location.point": f"{lat} {lon}"}
    return {}


def _languages(around: list[Node]) -> tuple[str, ...]:
    texts = [text for key in ("availableLanguage", "knowsLanguage") for text in _any_of(around, key)]
    return without_repeats(code for text in texts for code in language_codes(text) or [])


def _any(around: list[Node], key: str) -> str:
    return next(iter(_any_of(around, key)), "")


def _any_of(around: list[Node], key: str) -> list[str]:
    """What a node says, else its contact points, else what carries it."""
    for node in around:
        points = node.get("contactPoint")
        for each in (node, *(points if isinstance(points, list) else [points])):
            value = _map(each).get(key)
            values = value if isinstance(value, list) else [value]
            found = [
                text
                for one in values
                if (text := _text(_map(one), "name") or (plain(one) if not isinstance(one, Mapping) else ""))
            ]
            if found:
                return found
    return []


def _is_a(node: Node, kinds: frozenset[str]) -> bool:
    types = node.get("@type")
    named = types if isinstance(types, list) else [types]
    return any(str(each).rpartition("/")[2].rpartition(":")[2] in kinds for each in named)


def _followed(value: object, by_id: Mapping[str, Node]) -> Node:
    """The node itself where only its id is given."""
    value = value[0] if isinstance(value, list) and value else value
    node = _map(value)
    return by_id.get(plain(node.get("@id")), node)


def _map(value: object) -> Node:
    return value if isinstance(value, Mapping) else {}


def _first(node: Node, *keys: str) -> str:
    return next((text for key in keys if (text := _text(node, key))), "")


def _text(node: Node, key: str) -> str:
    value = node.get(key)
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, Mapping):
        return plain(value.get("@value") or value.get("value") or value.get("@id"))
    return plain(value)
