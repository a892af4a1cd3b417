"""The parameters of a search as OpenAPI has them, read off the table of filters and their parsers."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping

from service.api.schemas import Json, list_of
from service.geo.place import Place
from service.geo.places import gazetteer
from service.model import terms
from service.search.index.fields import LANGUAGE_CODES
from service.search.query.filters.base import Filter
from service.search.query.filters.table import FILTERS
from service.search.query.left_out import ALONE

WHERE = ("near", "lat", "lon", "within_m", "minutes")
"""Parameters that depend on one another: a centre is said in one way, a fence needs a centre."""

NO_CONTROL = "^[^\\x00-\\x08\\x0E-\\x1B\\x7F-\\x84\\x86-\\x9F\\uFFFD]*$"
_DAYS = (
    "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
    "T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?(Z|[+-]0[0-9]:[0-5][0-9])?"
)
_MOMENT = f"^(now|20[0-8][0-9]-{_DAYS})$"
_YES_NO = ("true", "false", "1", "0", "yes", "no")
_CENTRE: Json = {"anyOf": [{"required": ["near"]}, {"required": ["lat"]}]}
_RULES: Json = {
    "dependentRequired": {"lat": ["lon"], "lon": ["lat"]},
    "allOf": [
        {"not": {"required": ["near", "lat"]}},
        {"not": {"required": ["within_m", "minutes"]}},
        {
            "if": {"required": ["within_m"]},
            "then": {"anyOf": [{"required": ["near"]}, {"required": ["lat"]}]},
        },
        {"if": {"required": ["minutes"]}, "then": {"anyOf": [{"required": ["near"]}, {"required": ["lat"]}]}},
    ],
}


def query_parameters() -> list[Json]:
    """Every parameter of a search in an address; those of a place together, with what they depend on."""
    plain = [_parameter(each) for name, each in FILTERS.items() if name not in WHERE]
    where = {
        "name": "where",
        "in": "query",
        "style": "form",
        "explode": True,
        "description": "Where, each as a parameter of its own: " + ", ".join(WHERE),
        "schema": {
            "type": "object",
            "properties": {name: _described(FILTERS[name], in_body=False) for name in WHERE},
            "additionalProperties": False,
            **_RULES,
        },
    }
    return [*plain, where]


def body_schema() -> Json:
    """The same as one JSON object."""
    properties = {name: _described(each, in_body=True) for name, each in FILTERS.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False, **_RULES}


def bare_in_json() -> frozenset[str]:
    """The parameters that are numbers, or true or false, in a JSON body; they may be texts there too."""
    return frozenset(name for name, each in FILTERS.items() if _kind(each) in ("whole", "degrees", "yes_no"))


def _kind(each: Filter) -> str:
    return each.parse.__qualname__.partition(".")[0]


def _parameter(each: Filter) -> Json:
    made: Json = {
        "name": each.name,
        "in": "query",
        "description": each.doc,
        "schema": _schema(each, in_body=False),
    }
    made["example"] = [each.example] if each.repeatable else each.example
    return made | ({"style": "form", "explode": True} if each.repeatable else {})


def _described(each: Filter, *, in_body: bool) -> Json:
    return {"description": each.doc, **_schema(each, in_body=in_body)}


def _schema(each: Filter, *, in_body: bool) -> Json:
    if each.name == "near":
        return {
            "enum": _place_names(),
            "description": f"{each.doc} Other spellings of these are understood too.",
        }
    if each.name == "municipality":
        return {"enum": sorted(town.nis for town in _municipalities() if town.nis)}
    one = _of_parser(each, in_body)
    if not each.repeatable:
        return one
    return list_of(one) if in_body else {**list_of(one), "minItems": 1}


def _of_parser(each: Filter, in_body: bool) -> Json:
    """What a parser takes. Raises KeyError for a parser that is not known here."""
    kind = _kind(each)
    given = inspect.getclosurevars(each.parse).nonlocals
    if kind == "text":
        return {"type": "string", "maxLength": given["longest"], "pattern": NO_CONTROL}
    if kind == "one_of":
        return {"enum": list(given["codes"]())}
    if kind == "whole":
        return {"type": "integer", "minimum": given["low"], "maximum": given["high"]}
    if kind == "degrees":
        return _degrees(given["limit"], in_body)
    if kind == "euros":
        return {"type": "string", "pattern": "^[0-9]{1,3}(\\.[0-9]{1,2})?$"}
    if kind == "yes_no":
        return {"enum": [True, False, 0, 1, *_YES_NO]} if in_body else {"type": "boolean"}
    if kind == "pattern":
        return {"type": "string", "pattern": f"^{given['compiled'].pattern}$"}
    if kind == "parse_left_out":
        return {"enum": _readings()}
    return dict(_OTHERS[kind])


_OTHERS: Mapping[str, Json] = {"moment": {"type": "string", "pattern": _MOMENT}}


def _readings() -> list[str]:
    """Every reading that can be left out: those a question has one of, the others by kind and code."""
    coded: Mapping[str, Iterable[str]] = {
        "need": terms.needs(),
        "speaks": LANGUAGE_CODES,
        "situation": terms.values("situation"),
        "audience": terms.values("audience"),
    }
    return [*ALONE, *(f"{kind}:{code}" for kind, codes in coded.items() for code in codes)]


def _degrees(limit: int, in_body: bool) -> Json:
    if in_body:
        return {"type": "number", "minimum": -limit, "maximum": limit}
    # in an address a number is a text, and has no exponent here
    whole = "[0-8]?[0-9]" if limit == 90 else "(1[0-7][0-9]|[0-9]{1,2})"
    return {"type": "string", "pattern": f"^-?({whole}(\\.[0-9]{{1,12}})?|{limit})$"}


def _place_names() -> list[str]:
    """Postal codes, and municipalities in both languages."""
    codes = {place.postal_code for place in gazetteer().places.values() if place.postal_code}
    return sorted(codes) + sorted(
        {name for town in _municipalities() for name in (town.name_nl, town.name_fr)}
    )


def _municipalities() -> list[Place]:
    return [place for place in gazetteer().places.values() if place.kind == "municipality"]
