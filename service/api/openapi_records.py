"""The records of the API v1 as JSON Schemas."""

from __future__ import annotations

from service.api.schemas import Json, list_of, or_null, record, schema_of
from service.eight_b.criterion import Outcome
from service.eight_b.verdict import Word
from service.model.listing import Location, Organization, Service
from service.search.query.result import CrisisLine, Result
from service.search.understand.understood import OF_THE_PERSON

TEXT, NUMBER, WHOLE, YES = {"type": "string"}, {"type": "number"}, {"type": "integer"}, {"type": "boolean"}
UUID_TEXT = {"type": "string", "format": "uuid"}


def result_schema() -> Json:
    """One result of a search."""
    reason = record({"criterion": TEXT, "outcome": schema_of(Outcome), "text": TEXT})
    verdict = record({"verdict": schema_of(Word), "known": WHOLE, "of": WHOLE, "reasons": list_of(reason)})
    made = schema_of(Result)
    said = record(
        {"criterion": TEXT, "outcome": schema_of(Outcome), "text": TEXT, "facts": {"type": "object"}}
    )
    made["properties"] |= {"why": or_null(said), "watch_out": or_null(said)}
    made["properties"]["eight_b"] = {"type": "object", "additionalProperties": verdict}
    return made


def answer_schema() -> Json:
    """The answer to a search."""
    reading = record({"code": TEXT, "label": TEXT, "confidence": NUMBER, "because": TEXT})
    place = record({"id": TEXT, "name": TEXT, "kind": TEXT, "lat": NUMBER, "lon": NUMBER, "because": TEXT})
    understood = record(
        {
            "language": TEXT,
            "needs": list_of(reading),
            "place": or_null(place),
            "alternatives": list_of(place),
            **{kind: list_of(TEXT) for kind in OF_THE_PERSON},
            "open_at": or_null(TEXT),
            "words": list_of(TEXT),
            "suggestions": list_of(reading),
            "because": {"type": "object"},
        }
    )
    by_code = {"type": "object", "additionalProperties": WHOLE}
    either = {"type": ["integer", "object"], "additionalProperties": WHOLE}  # of the B's: per verdict
    counts = {"type": "object", "additionalProperties": by_code | {"additionalProperties": either}}
    notice = record({"code": TEXT, "words": list_of(TEXT), "ring_m": or_null(WHOLE)})
    return record(
        {
            "understood": understood,
            "crisis": list_of(schema_of(CrisisLine)),
            "crisis_heading": or_null(TEXT),
            "general_desk": list_of({"$ref": "#/components/schemas/Result"}),
            "total": WHOLE,
            "total_is_exact": YES,
            "page": WHOLE,
            "per_page": WHOLE,
            "reachable": WHOLE,
            "results": list_of({"$ref": "#/components/schemas/Result"}),
            "facets": counts,
            "notices": list_of(notice),
            "answered_by": {"enum": ["index", "database"]},
            "took_ms": NUMBER,
            "explain": {"type": "object"},
        },
        optional=("explain",),
    )


def listing_schema() -> Json:
    """One listing with who says so."""
    who = record(
        {
            "kind": {"enum": ["source", "edit", "derived"]},
            "speaker": TEXT,
            "said_on": or_null(TEXT),
            "url": or_null(TEXT),
            "licence": or_null(TEXT),
            "checked_on": or_null(TEXT),
            "how": or_null(TEXT),
            "source": or_null(TEXT),
        }
    )
    step_free = {"enum": ["yes", "no", "unknown"]}
    stop = {"name": TEXT, "operator": TEXT, "step_free": step_free, "lat": NUMBER, "lon": NUMBER}
    return record(
        {
            "id": UUID_TEXT,
            "url": TEXT,
            "nearest_stop": or_null(record(stop | {"distance_m": WHOLE})),
            "name": TEXT,
            "summary": or_null(TEXT),
            "summary_language": or_null(TEXT),
            "organization": schema_of(Organization),
            "service": schema_of(Service),
            "location": or_null(schema_of(Location)),
            "phones": list_of(TEXT),
            "email": or_null(TEXT),
            "website": or_null(TEXT),
            "opening_hours": or_null(TEXT),
            "hours_text": or_null(TEXT),
            "zones": list_of(TEXT),
            "serves": list_of(TEXT),
            "said_on": or_null(TEXT),
            "checked_on": or_null(TEXT),
            "sources": list_of(TEXT),
            "values": {"type": "object"},
            "provenance": {"type": "object", "additionalProperties": who},
        }
    )


def zone_schema() -> Json:
    """A care zone, with its municipalities where it is asked for alone."""
    names = record({"nl": TEXT, "fr": TEXT})
    part = record({"nis": TEXT, "name": {"type": "object"}, "postal_codes": list_of(TEXT), "part": TEXT})
    outline = {"type": ["object", "null"]}
    properties = {
        "id": TEXT, "kind": TEXT, "name": names, "website": or_null(TEXT), "source": TEXT, "as_of": TEXT,
        "confidence": TEXT, "municipalities": list_of(part), "outline": outline,
    }  # fmt: skip
    return record(properties, optional=("municipalities", "outline"))


def place_schema() -> Json:
    """A place of the gazetteer."""
    names = record({"nl": TEXT, "fr": TEXT})
    nis, code = or_null(TEXT), or_null(TEXT)
    known = {"id": TEXT, "kind": TEXT, "name": names, "nis": nis, "postal_code": code}
    return record(known | {"lat": NUMBER, "lon": NUMBER})


def error_schema() -> Json:
    """Every failure."""
    error = record({"code": TEXT, "parameter": or_null(TEXT), "message": TEXT, "allowed": or_null(TEXT)})
    return record({"error": error})
