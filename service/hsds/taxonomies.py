"""The closed lists, the needs, the zones and the 8 B's as published HSDS taxonomies and their terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from service.catalogue.ids import taxonomy_id
from service.database.json_text import checksum_of
from service.geo.places import gazetteer
from service.hsds.ids import term_id
from service.i18n.labels import field_label
from service.model import terms
from service.model.fields import fields

Json = dict[str, Any]

NEED, ZONE, B, SITUATION = "need", "zone", "b", "situation"
VERDICTS = ("fits", "attention", "barrier", "unknown")
_LABEL = "en"
_ABOUT: Mapping[str, str] = {
    NEED: "What somebody needs help with; the parent of a need is its theme.",
    "theme": "The themes that needs are grouped under.",
    ZONE: "Care zones of Brussels and primary-care zones of Flanders.",
    B: "The eight B's: how a service stands on each for a person of whom nothing is known.",
    SITUATION: "What matters about a person; a service has a term when it is known to suit it.",
}


@cache
def taxonomies() -> Mapping[str, Json]:
    """Every taxonomy by the name of its list, in their order; its version tells two states apart."""
    named = {
        name: [(code, dict(term["labels"])) for code, term in held.items()] for name, held in _all().items()
    }
    return {
        name: {
            "id": str(taxonomy_id(name)),
            "name": name,
            "description": _ABOUT.get(name) or _described(name),
            "version": checksum_of(content)[:12],
        }
        for name, content in named.items()
    }


@cache
def taxonomy_terms() -> Mapping[str, Json]:
    """Every term by its id, those of one taxonomy together in their own order."""
    return {term["id"]: term for name in _all() for code in _all()[name] if (term := term_of(name, code))}


@cache
def term_of(list_name: str, code: str) -> Json | None:
    """The term of a code as HSDS has it; None for a code or list that is not published."""
    held = _all().get(list_name, {}).get(code)
    if held is None:
        return None
    term = {
        "id": str(term_id(list_name, code)),
        "code": code,
        "name": held["labels"].get(_LABEL) or code,
        "description": held["about"],
        "taxonomy": list_name,
        "taxonomy_id": str(taxonomy_id(list_name)),
        "language": _LABEL,
        "parent_id": held["parent"],
    }
    return {key: value for key, value in term.items() if value}


@cache
def term_labels(list_name: str, code: str) -> Mapping[str, str]:
    """The labels of a published term by language."""
    labels: Mapping[str, str] = _all()[list_name][code]["labels"]
    return labels


@cache
def code_of(term: str) -> tuple[str, str] | None:
    """List and code of a term's id; None for an id of no term."""
    found = taxonomy_terms().get(term)
    return (found["taxonomy"], found["code"]) if found else None


@cache
def list_of(taxonomy: str) -> str | None:
    """The name of the list of a taxonomy's id."""
    return next((name for name, each in taxonomies().items() if each["id"] == taxonomy), None)


@cache
def _all() -> Mapping[str, Mapping[str, Json]]:
    return {name: dict(_terms(name)) for name in _names()}


def _names() -> list[str]:
    coded = [each.type.partition(":")[2] for each in fields().values() if each.type.startswith("code:")]
    return list(dict.fromkeys(("theme", NEED, *coded, ZONE, B, SITUATION)))


def _terms(name: str) -> Iterator[tuple[str, Json]]:
    if name == NEED:
        for code, need in terms.needs().items():
            parent = str(term_id("theme", need.parent)) if need.parent else ""
            yield code, _term(need.labels, need.scope, parent)
    elif name == ZONE:
        for zone in gazetteer().zones.zones:
            labels = {"nl": zone.name_nl, "fr": zone.name_fr}
            yield zone.id, _term(labels | {_LABEL: zone.name_nl}, f"{zone.kind}, as of {zone.as_of}")
    else:
        for code, term in terms.values(name).items():
            yield code, _term(term.labels)
            if name == B:
                yield from _verdicts(code, term)


def _verdicts(b: str, term: terms.Term) -> Iterator[tuple[str, Json]]:
    for verdict in VERDICTS:
        labels = {language: f"{label}: {verdict}" for language, label in term.labels.items()}
        yield f"{b}.{verdict}", _term(labels, "", str(term_id(B, b)))


def _term(labels: Mapping[str, str], about: str = "", parent: str = "") -> Json:
    others = "; ".join(f"{language}: {text}" for language, text in labels.items())
    return {"labels": labels, "about": about or others, "parent": parent}


def _described(name: str) -> str:
    field = next((each for each in fields().values() if each.type == f"code:{name}"), None)
    return f"{field_label(field.path, _LABEL)} (closed list of Nabij)" if field else name
