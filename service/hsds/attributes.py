"""What HSDS has no property for, as attributes: coded facts with their terms, other languages, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from service.hsds.entries import Entry
from service.hsds.ids import PartIds
from service.hsds.known import Json, uri
from service.hsds.taxonomies import NEED, SITUATION, ZONE, B, term_of
from service.model.fields import Field, fields
from service.model.listing import pick_text
from service.model.values import Value

INTERNAL = ("service.remark",)
"""Fields that are written for coordinators and published nowhere."""

HOME = "nl"
"""HSDS has one language per record; where a text has several, it is the one a Dutch-speaking reader gets."""

_DIRECT = frozenset(
    (
        "organization.name", "organization.alternate_names", "organization.enterprise_number",
        "organization.website", "service.name", "service.alternate_names", "service.description",
        "service.audience_note", "service.minimum_age", "service.maximum_age", "service.languages",
        "service.required_documents", "cost_option.note", "schedule.opening_hours", "schedule.description",
        "phone.numbers", "contact.email", "contact.website", "address.street", "address.house_number",
        "address.box", "address.postal_code", "address.city", "address.country", "location.point",
    )
)  # fmt: skip
"""Fields that have a property of their own; every other field, one of tomorrow too, is an attribute."""

Links = Mapping[str, list[Json]]


def attributes(entry: Entry, verdicts: Iterable[tuple[str, str]] = ()) -> Links:
    """Attributes by what they hang on: service, location or organization.

    ``verdicts`` are codes of the lists `b` and `situation` that hold of the service.
    """
    made: dict[str, list[Json]] = {"service": [], "location": [], "organization": []}
    own = entry.listing
    has_place = own.location is not None
    for key, value in entry.values.items():
        plan = _plan(key, has_place)
        if plan is None:
            continue
        field, entity, language = plan
        for code, label in _said(field, value, language, entry):
            made[entity].append(_attribute(entry.ids, entity, field.path, code, label))
    for list_name, code in verdicts:
        made["service"].append(_attribute(entry.ids, "service", list_name, code, None))
    made["service"] += _sources(entry)
    return made


@cache
def list_of_field(path: str) -> str | None:
    """The taxonomy that the codes of a field are from."""
    kind = fields()[path].type if path in fields() else path
    if kind in (NEED, ZONE, B, SITUATION):
        return kind
    return kind.partition(":")[2] or None


@cache
def _entity(path: str, has_place: bool) -> str:
    room = path.partition(".")[0]
    if room == "organization":
        return room
    return "location" if has_place and room in ("address", "location") else "service"


@cache
def _plan(key: str, has_place: bool) -> tuple[Field, str, str] | None:
    """Field, entity and language of a key that can become an attribute; None for any other."""
    path, _, language = key.partition("@")
    field = fields().get(path)
    if field is None or path in INTERNAL or (path in _DIRECT and not (field.per_language and language)):
        return None
    return field, _entity(path, has_place), language


def _said(field: Field, value: Value, language: str, entry: Entry) -> Iterator[tuple[str, str | None]]:
    """What an attribute would say of a value, with its label."""
    if field.path in _DIRECT:
        if _shown_in(field.path, entry) != language:
            yield str(value), language
        return
    if field.type == "yes_no":
        if value is True or field.path != "address.hidden":
            yield ("true" if value else "false"), None
        return
    for each in value if isinstance(value, list) else [value]:
        yield str(each), language or None


def _shown_in(path: str, entry: Entry) -> str | None:
    """The language in which the record itself has this text."""
    listing = entry.listing
    if path == "address.street":
        return pick_text(listing.location.street, HOME)[1] if listing.location else None
    return pick_text(listing.service.name if path == "service.name" else listing.service.description, HOME)[1]


def _attribute(ids: PartIds, entity: str, path: str, value: str, label: str | None) -> Json:
    return {
        "id": ids.attribute(f"{path}@{label}" if label else path, value),
        **_content(entity, path, value, label),
    }


@lru_cache(maxsize=20_000)
def _content(entity: str, path: str, value: str, label: str | None) -> Json:
    """An attribute without its id: of a coded fact there are few."""
    made: Json = {"link_type": path, "link_entity": entity, "value": value}
    if label:
        made["label"] = label
    list_name = list_of_field(path)
    term = term_of(list_name, value) if list_name else None
    if term is not None:
        made["taxonomy_term_id"] = term["id"]
        made["taxonomy_term"] = term
    return made


def _sources(entry: Entry) -> Iterator[Json]:
    """Who said what is in the record, each once, with the licence; a hidden address names nobody."""
    own = entry.listing
    seen: set[tuple[str, str | None]] = set()
    for who in own.provenance.values():
        if who.kind != "source" or not who.speaker or (who.speaker, who.licence) in seen:
            continue
        seen.add((who.speaker, who.licence))
        value = uri(who.url) or who.speaker
        yield _attribute(entry.ids, "service", "source", value, who.speaker)
        if who.licence:
            yield _attribute(entry.ids, "service", "licence", who.licence, who.speaker)
