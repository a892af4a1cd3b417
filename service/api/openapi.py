"""The OpenAPI 3.1 description of everything under /api/v1, made from what the code takes and gives."""

from __future__ import annotations

from functools import cache

from service.api.asking import NO_CONTROL, body_schema, query_parameters
from service.api.openapi_records import (
    TEXT,
    UUID_TEXT,
    WHOLE,
    answer_schema,
    error_schema,
    listing_schema,
    place_schema,
    result_schema,
    zone_schema,
)
from service.api.schemas import Json, list_of, or_null, record
from service.api.suggest import FIELDS
from service.model.fields import LANGUAGES
from service.search.query.filters.table import LONGEST_QUESTION

VERSION = "1.0"
_JSON = "application/json"
BEGINNING = "^(?=.*\\S)" + NO_CONTROL[1:]
EXAMPLES = {
    "search": "/api/v1/search?q=voedselpakket&near=1080&per_page=1",
    "zones": "/api/v1/zones",
    "zone": "/api/v1/zones/bxl-noord",
    "suggest": "/api/v1/suggest?q=voedsel",
    "places": "/api/v1/places?q=mole",
    "status": "/api/v1/status",
}
"""Per operation an address whose answer is shown as its example."""


@cache
def openapi() -> Json:
    """The whole description, without the address of a server."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Nabij API v1",
            "version": VERSION,
            "summary": "Social help in Brussels and Flanders that is really within reach",
            "description": "Takes no key. Keys are added to answers, never renamed or removed. "
            "What is not known is null, never a guess.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": {
            "/api/v1/search": {"get": _search(), "post": _post_search()},
            "/api/v1/listings/{listing_id}": {"get": _listing()},
            "/api/v1/zones": {"get": _zones()},
            "/api/v1/zones/{zone_id}": {"get": _zone()},
            "/api/v1/suggest": {"get": _suggest(), "post": _post_suggest()},
            "/api/v1/places": {"get": _places()},
            "/api/v1/status": {"get": _status()},
        },
        "components": {
            "schemas": {
                "Answer": answer_schema(),
                "Result": result_schema(),
                "Listing": listing_schema(),
                "Zone": zone_schema(),
                "Place": place_schema(),
                "Error": error_schema(),
            }
        },
    }


def _search() -> Json:
    return _operation("search", "Search", "Answer", ("422", "503")) | {"parameters": query_parameters()}


def _post_search() -> Json:
    about = "A situation that should not stand in addresses and logs travels in the body."
    body = {"content": {_JSON: {"schema": body_schema()}}}
    operation = _operation("search", "Search", "Answer", ("400", "413", "415", "422", "503"))
    return operation | {"operationId": "post_search", "description": about, "requestBody": body}


def _listing() -> Json:
    made = _operation("listing", "One listing with who says so behind every value", "Listing", ("404", "422"))
    made["responses"]["301"] = {"description": "It was joined to another: Location says to which."}
    made["responses"]["410"] = _error("Its sources do not mention this offer any more.")
    own = {"name": "listing_id", "in": "path", "required": True, "schema": UUID_TEXT}
    return made | {"parameters": [own, _lang()]}


def _zones() -> Json:
    made = _operation("zones", "The care zones", None, ("422",))
    schema = record({"zones": list_of({"$ref": "#/components/schemas/Zone"})})
    made["responses"]["200"]["content"][_JSON]["schema"] = schema
    made["responses"]["200"]["links"] = _link("zone", "zone_id", "zones/0/id")
    return made


def _zone() -> Json:
    own = {"name": "zone_id", "in": "path", "required": True, "schema": TEXT, "example": "bxl-noord"}
    made = _operation(
        "zone", "One zone: its municipalities and its indicative outline", "Zone", ("404", "422")
    )
    return made | {"parameters": [own]}


def _places() -> Json:
    made = _operation("places", "At most ten places whose name begins so", None, ("422",))
    schema = record({"places": list_of({"$ref": "#/components/schemas/Place"})})
    made["responses"]["200"]["content"][_JSON]["schema"] = schema
    typed = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": BEGINNING}
    q = {"name": "q", "in": "query", "required": True, "schema": typed, "example": "mole"}
    return made | {"parameters": [q]}


def _suggest() -> Json:
    made = _operation("suggest", "At most eight suggestions for what is typed so far", None, ("422",))
    one = record({"kind": TEXT, "text": TEXT, "detail": or_null(TEXT)})
    made["responses"]["200"]["content"][_JSON]["schema"] = record({"suggestions": list_of(one)})
    given = _suggest_parameters().items()
    return made | {
        "parameters": [
            {"name": name, "in": "query", "required": name == "q", "schema": each} for name, each in given
        ]
    }


def _post_suggest() -> Json:
    properties = _suggest_parameters()
    schema = {"type": "object", "properties": properties, "required": ["q"], "additionalProperties": False}
    made = _suggest()
    del made["parameters"]
    made["responses"] |= {status: _error(_FAILURES[status]) for status in ("400", "413", "415")}
    body = {"required": True, "content": {_JSON: {"schema": schema}}}
    return made | {"operationId": "post_suggest", "requestBody": body}


def _suggest_parameters() -> Json:
    q = {"type": "string", "maxLength": LONGEST_QUESTION, "pattern": NO_CONTROL}
    return {"q": q, "lang": {"enum": list(LANGUAGES)}, "field": {"enum": list(FIELDS)}}


def _status() -> Json:
    made = _operation("status", "Whether the API answers, and how much it knows", None, ("422", "503"))
    content = record(
        {"status": {"enum": ["ok"]}, "version": TEXT, "published": WHOLE, "index": {"enum": ["ok", "away"]}}
    )
    made["responses"]["200"]["content"][_JSON]["schema"] = content
    return made


def _operation(name: str, summary: str, schema: str | None, failures: tuple[str, ...]) -> Json:
    content: Json = {"schema": {"$ref": f"#/components/schemas/{schema}"}} if schema else {}
    if name in EXAMPLES:
        content["examples"] = {"real": {"summary": "A real answer", "externalValue": EXAMPLES[name]}}
    responses: Json = {"200": {"description": summary, "content": {_JSON: content}}}
    responses |= {status: _error(_FAILURES[status]) for status in failures}
    return {"operationId": name, "summary": summary, "responses": responses}


_FAILURES = {
    "400": "The body is no JSON object.",
    "404": "There is nothing with this id.",
    "413": "The body is over 64 kB.",
    "415": "The body is of another kind than is read.",
    "422": "A parameter is unknown, empty, repeated where it may not be, out of range, or contradicting.",
    "503": "Not now; Retry-After says when.",
}


def _error(description: str) -> Json:
    return {
        "description": description,
        "content": {_JSON: {"schema": {"$ref": "#/components/schemas/Error"}}},
    }


def _link(operation: str, parameter: str, where: str) -> Json:
    return {operation: {"operationId": operation, "parameters": {parameter: f"$response.body#/{where}"}}}


def _lang() -> Json:
    about = "Language of the answer; without it the one that Accept-Language prefers."
    return {
        "name": "lang",
        "in": "query",
        "description": about,
        "schema": {"enum": list(LANGUAGES)},
        "example": "fr",
    }
