"""What the API says of itself: its version, its profile, its OpenAPI description and how it is."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Response, request, url_for

from service.api.answer import answer
from service.api.asked import refuse_unknown
from service.database.session import reading
from service.hsds.attributes import INTERNAL, list_of_field
from service.hsds.known import Json, known
from service.hsds.parameters import COLLECTIONS, ORGANIZATIONS, TAXONOMIES, TERMS, Parameter, taken_by
from service.hsds.state import Catalogue
from service.hsds.taxonomies import SITUATION, B, taxonomies
from service.model.fields import fields

VERSION = "3.1"
_SPECIFICATION = "https://docs.openreferral.org/en/3.1/"
_SINGULAR = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


def show_root() -> Response:
    """Which version this speaks, and where the rest is said."""
    refuse_unknown(request)
    return answer(
        {
            "version": VERSION,
            "profile": url_for("hsds.profile", _external=True),
            "openapi_url": url_for("hsds.openapi", _external=True),
        }
    )


def show_profile() -> Response:
    """The profile: what is said beyond the standard, and in which attributes and taxonomies."""
    refuse_unknown(request)
    return answer(profile() | {"openapi_url": url_for("hsds.openapi", _external=True)})


def show_openapi() -> Response:
    """The OpenAPI 3.1 description of this API."""
    refuse_unknown(request)
    server = request.url_root.rstrip("/") + url_for("hsds.root").rstrip("/")
    return answer(openapi() | {"servers": [{"url": server}]})


def show_status(catalogue: Catalogue) -> Response:
    """Whether the catalogue can be read, how much of it is open, and when it changed last."""
    refuse_unknown(request)
    with reading(catalogue.database) as connection:
        directory, changed_at = catalogue.directory(connection), catalogue.changed_at(connection)
    content = known(
        status="ok",
        version=VERSION,
        services=len(directory.listings),
        service_at_locations=len(directory.places),
        organizations=len(directory.organizations),
        last_modified=changed_at.isoformat() if changed_at else None,
    )
    response = answer(content)
    response.headers["Cache-Control"] = "no-store"
    return response


@cache
def profile() -> Json:
    """What a reader of the standard must know besides: attributes by field, taxonomies, rules."""
    return {
        "name": "Nabij",
        "extends": [f"HSDS {VERSION}", "Open Referral UK 3.0 (parameters)"],
        "specification": _SPECIFICATION,
        "rules": [
            "Nothing is null: what is not known is left out; texts that the standard requires are empty.",
            "A record has its text in Dutch or the language it has; other languages are attributes whose "
            "label is the language.",
            "A hidden address has no street, postal code or point; the attribute address.hidden says so.",
            "The attributes source and licence say whose facts a service holds and under which licence.",
            "Ids never change. An id that was joined to another answers with what it became, and "
            "Content-Location says so.",
            "Verdicts of the 8 B's (taxonomy b) are for a person of whom nothing is known.",
        ],
        "attributes": _attributes(),
        "taxonomies": list(taxonomies().values()),
    }


def _attributes() -> list[Json]:
    judged: list[Json] = [
        {"link_type": name, "link_entity": "service", "type": f"code:{name}", "taxonomy_id": _taxonomy(name)}
        for name in (B, SITUATION)
    ]
    stated = [
        known(
            link_type=field.path,
            link_entity="location"
            if field.path.startswith(("address.", "location."))
            else field.path.split(".")[0],
            type=field.type,
            many=field.many,
            hsds=field.hsds,
            label=field.labels.get("en"),
            taxonomy_id=_taxonomy(list_of_field(field.path)),
        )
        for field in fields().values()
        if field.path not in INTERNAL
    ]
    return judged + stated


def _taxonomy(list_name: str | None) -> str | None:
    found = taxonomies().get(list_name or "")
    return str(found["id"]) if found else None


@cache
def openapi() -> Json:
    """The description, made from the table of parameters; records are described by the standard itself."""
    paths: dict[str, Any] = {
        "/": {"get": _operation("root", "Which version this API speaks", {"type": "object"})}
    }
    for collection in COLLECTIONS:
        listed = {
            "parameters": [_parameter(each) for each in taken_by(collection)],
            **_operation(collection, f"A page of {collection}", {"$ref": "#/components/schemas/Page"}),
        }
        twin = {**listed, "operationId": f"post_{collection}", "requestBody": _body(collection)}
        twin.pop("parameters")
        paths[f"/{collection}"] = {"get": listed, "post": twin}
        own = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
        whole = [_parameter(each) for each in taken_by(collection) if each.name == "full_service"]
        one = _operation(f"{collection}_one", f"One of the {collection}, whole", _record(collection))
        one["parameters"] = [own, *(whole if collection == ORGANIZATIONS else [])]
        one["responses"]["404"] = _error("There is no record with this id.")
        paths[f"/{collection}/{{id}}"] = {"get": one}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Nabij, HSDS API", "version": VERSION, "description": profile()["rules"][0]},
        "paths": paths,
        "components": {"schemas": {"Page": _page_schema(), "Error": _error_schema()}},
    }


def _operation(name: str, summary: str, schema: Json) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "responses": {
            "200": {"description": summary, "content": {"application/json": {"schema": schema}}},
            "400": _error("A parameter is unknown, repeated or not what it may be."),
        },
    }


def _parameter(each: Parameter) -> Json:
    return {
        "name": each.name,
        "in": "query",
        "description": each.doc + (f" Also written {each.alias}." if each.alias else ""),
        "schema": each.schema,
        "example": each.example,
    }


def _body(collection: str) -> Json:
    properties = {each.name: each.schema for each in taken_by(collection)}
    return {
        "content": {
            "application/json": {
                "schema": {"type": "object", "properties": properties, "additionalProperties": False}
            }
        }
    }


def _record(collection: str) -> Json:
    required = ["id"] if collection not in (TAXONOMIES, TERMS) else ["id", "name", "description"]
    return {
        "type": "object",
        "description": f"{_SPECIFICATION} ({_SINGULAR[collection]})",
        "required": required,
    }


def _error(description: str) -> Json:
    schema = {"$ref": "#/components/schemas/Error"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _page_schema() -> Json:
    whole = {name: {"type": "integer"} for name in ("total_items", "total_pages", "page_number", "size")}
    flags = {name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")}
    contents = {"type": "array", "items": {"type": "object", "required": ["id"]}}
    return {
        "type": "object",
        "properties": {**whole, **flags, "contents": contents},
        "required": ["contents"],
    }


def _error_schema() -> Json:
    text = {"type": ["string", "null"]}
    properties = {
        "code": {"type": "string"},
        "parameter": text,
        "message": {"type": "string"},
        "allowed": text,
    }
    error = {"type": "object", "properties": properties, "required": ["code", "message"]}
    return {"type": "object", "properties": {"error": error}, "required": ["error"]}
