"""Requests about a collection or one record of it, answered as HSDS has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from flask import Response, request, url_for

from service.api.answer import answer
from service.api.asked import pairs_of
from service.database.session import reading
from service.errors import BadParameter, NotFound
from service.hsds.known import Json
from service.hsds.manners import mark_of, stamped, unchanged
from service.hsds.moved import listing_of_place, listing_of_service, organization_now
from service.hsds.page import Window, envelope, window
from service.hsds.parameters import ORGANIZATIONS, PLACES, TAXONOMIES, TERMS, Asked, read_asked
from service.hsds.records import records
from service.hsds.state import Catalogue
from service.hsds.terms import by_id, term_records

NDJSON = "application/x-ndjson"
_LINES_AT_ONCE = 200


def show_collection(catalogue: Catalogue, collection: str) -> Response:
    """One page, or with ``format=ndjson`` every record. Raises BadParameter."""
    asked = read_asked(collection, pairs_of(request))
    if collection in (TAXONOMIES, TERMS):
        return _terms(collection, asked)
    with reading(catalogue.database) as connection:
        changed_at, mark = catalogue.changed_at(connection), mark_of(catalogue.mark(connection), request.url)
        if known := unchanged(mark, changed_at):
            return known
        directory = catalogue.directory(connection)
        ids = catalogue.select(connection, directory, collection, asked)
        if asked.get("format") == "ndjson":
            response = Response(_stream(catalogue, collection, asked, ids), content_type=NDJSON)
        else:
            seen = window(ids, asked)
            shown = ids[seen.start : seen.stop]
            today = catalogue.today()
            contents = list(records(connection, directory, collection, asked, today, shown))
            response = _page(seen, contents, asked, str(shown[-1]) if shown else None)
    return stamped(response, mark, changed_at)


def show_record(catalogue: Catalogue, collection: str, own_id: str) -> Response:
    """One record whole; a record that was joined to another answers as what it became.

    Raises BadParameter for what is no UUID, NotFound for an id of none.
    """
    asked = read_asked(collection, request.args.items(multi=True))
    if surplus := set(asked) - {"full_service"}:
        raise BadParameter(min(surplus), "One record takes no such parameter.", "none")
    try:
        wanted = UUID(own_id)
    except ValueError:
        raise BadParameter("id", "The id is no UUID.", "a UUID, as this API gives them") from None
    if collection in (TAXONOMIES, TERMS):
        return answer(_found(by_id(collection).get(str(wanted))))
    with reading(catalogue.database) as connection:
        changed_at, mark = catalogue.changed_at(connection), mark_of(catalogue.mark(connection), request.url)
        if known := unchanged(mark, changed_at):
            return known
        directory = catalogue.directory(connection)
        find = {ORGANIZATIONS: organization_now, PLACES: listing_of_place}.get(collection, listing_of_service)
        now_id = find(connection, directory, wanted)
        whole = {**asked, "full": True}
        ids = [now_id] if now_id else []
        record = _found(next(records(connection, directory, collection, whole, catalogue.today(), ids), None))
    response = stamped(answer(record), mark, changed_at)
    if record["id"] != str(wanted):
        response.content_location = url_for(f"hsds.{collection}_one", own_id=record["id"])
    return response


def _found(record: Json | None) -> Json:
    if record is None:
        raise NotFound("There is no record with this id.")
    return record


def _terms(collection: str, asked: Asked) -> Response:
    found = term_records(collection, asked)
    if asked.get("format") == "ndjson":
        return Response(_lines(found), content_type=NDJSON)
    seen = window(found, asked) if "after" not in asked else _after(found, asked)
    shown = found[seen.start : seen.stop]
    return _page(seen, shown, asked, shown[-1]["id"] if shown else None)


def _after(found: list[Json], asked: Asked) -> Window:
    return window([UUID(each["id"]) for each in found], asked)


def _page(seen: Window, contents: list[Json], asked: Asked, last: str | None) -> Response:
    response = answer(envelope(seen, contents, asked))
    if last and seen.stop < seen.total and request.method != "POST":
        going_on = [(k, v) for k, v in request.args.items(multi=True) if k not in ("page", "after")]
        query = urlencode([*going_on, ("after", last)])
        response.headers["Link"] = f'<{request.base_url}?{query}>; rel="next"'
    return response


def _stream(catalogue: Catalogue, collection: str, asked: Asked, ids: Iterable[UUID]) -> Iterator[bytes]:
    """Every record on a line of its own, of one state of the catalogue."""
    with reading(catalogue.database) as connection:
        directory = catalogue.directory(connection)
        today = catalogue.today()
        yield from _lines(records(connection, directory, collection, asked, today, ids))


def _lines(found: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    batch: list[bytes] = []
    for each in found:
        batch.append(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE))
        if len(batch) == _LINES_AT_ONCE:
            yield b"".join(batch)
            batch = []
    yield b"".join(batch)
