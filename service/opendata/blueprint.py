"""The open data under /open-data: an index, a file per form, a description, and a feed of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from flask import Blueprint, Response, request
from sqlalchemy import Engine
from werkzeug.exceptions import NotFound

from service.api.answer import answer
from service.api.asked import refuse_unknown
from service.api.errors import error_response
from service.api.manners import open_to_all
from service.api.methods import refuse_method, say_methods
from service.database.session import reading
from service.errors import BadParameter
from service.hsds.licences import PARTS
from service.hsds.manners import mark_of, stamped, unchanged
from service.hsds.parameters import PARAMETERS
from service.hsds.state import Catalogue
from service.opendata.changes import MOST, atom, read_changes
from service.opendata.formats import FORMATS, Format
from service.opendata.shelf import ABOUT_PART, Shelf, sources_of
from service.web.compress import compress

_METHODS = ("GET", "HEAD", "OPTIONS")
_OTHERS = ("POST", "PUT", "PATCH", "DELETE")


def create_blueprint(database: Engine, clock: Callable[[], datetime]) -> Blueprint:
    """The open data of the ``database``; ``clock`` is aware."""
    shop = Blueprint("opendata", __name__, url_prefix="/open-data")
    catalogue = Catalogue(database, clock)
    rules: list[tuple[str, str, Callable[..., Response]]] = [
        ("/", "index", partial(_index, catalogue)),
        ("/catalog.ttl", "dataset", partial(_dataset, catalogue)),
        ("/changes", "changes", partial(_changes, catalogue)),
        ("/changes.atom", "feed", partial(_feed, catalogue)),
    ]
    rules += [(f"/{each.file}", name, partial(_file, catalogue, each)) for name, each in FORMATS.items()]
    for rule, name, view in rules:
        for own, answering, methods in (
            (name, view, ["GET"]),
            (f"{name}_refused", partial(refuse_method, _METHODS), list(_OTHERS)),
            (f"{name}_options", partial(say_methods, _METHODS), ["OPTIONS"]),
        ):
            shop.add_url_rule(rule, own, answering, methods=methods, provide_automatic_options=False)
    shop.add_url_rule("/<path:_rest>", "nothing", _nothing)
    shop.register_error_handler(Exception, error_response)
    shop.after_request(compress)
    shop.after_request(open_to_all)
    return shop


def _nothing(_rest: str) -> Response:
    raise NotFound


def _base() -> str:
    return request.url_root.rstrip("/")


def _index(catalogue: Catalogue) -> Response:
    """What there is, in which parts, from whom."""
    refuse_unknown(request)
    with reading(catalogue.database) as connection:
        sources, total = sources_of(connection), len(catalogue.directory(connection).listings)
    files = [
        {"format": name, "url": f"{_base()}/open-data/{form.file}", "title": form.title}
        for name, form in FORMATS.items()
    ]
    links = {name: f"{_base()}/open-data/{name}" for name in ("catalog.ttl", "changes", "changes.atom")}
    return answer({"listings": total, "files": files, **links, "parts": ABOUT_PART, "sources": sources})


def _file(catalogue: Catalogue, form: Format) -> Response:
    """One form of all that is open, of one part, or of what changed. Raises BadParameter."""
    asked = refuse_unknown(request, "part", "modified_after")
    part = asked.get("part")
    if part is not None and part not in PARTS:
        raise BadParameter("part", "There is no such part.", ", ".join(PARTS))
    since = None
    if "modified_after" in asked:
        parsed = PARAMETERS["modified_after"].parse("modified_after", asked["modified_after"])
        since = parsed if isinstance(parsed, datetime) else None
    with reading(catalogue.database) as connection:
        changed_at, mark = catalogue.changed_at(connection), mark_of(catalogue.mark(connection), request.url)
    if known := unchanged(mark, changed_at):
        return known
    shelf = Shelf(catalogue.today(), part, since)
    response = Response(_bytes(catalogue, form, shelf, _base()), content_type=form.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="nabij-{form.file}"'
    return stamped(response, mark, changed_at)


def _bytes(catalogue: Catalogue, form: Format, shelf: Shelf, base: str) -> Iterator[bytes]:
    with reading(catalogue.database) as connection:
        yield from form.write(shelf.entries(connection, catalogue.directory(connection)), shelf, base)


def _dataset(catalogue: Catalogue) -> Response:
    refuse_unknown(request)
    from service.opendata.dataset import describe  # what it stands on takes a while to import

    with reading(catalogue.database) as connection:
        changed_at = catalogue.changed_at(connection)
        described = describe(_base(), sources_of(connection), changed_at)
    return stamped(
        Response(described, content_type="text/turtle; charset=utf-8"), mark_of(described), changed_at
    )


def _changes(catalogue: Catalogue) -> Response:
    """Changes from the oldest on; ``next`` is where to go on, also when there is nothing more yet."""
    asked = refuse_unknown(request, "after")
    after = _cursor(asked["after"]) if "after" in asked else None
    with reading(catalogue.database) as connection:
        found = read_changes(connection, catalogue.directory(connection), after, newest_first=False)
    cursor = f"{found[-1]['changed_at']}_{found[-1]['listing']}" if found else asked.get("after", "")
    following = f"{request.base_url}?after={cursor.replace('+', '%2B')}" if cursor else request.base_url
    response = answer({"changes": found, "more": len(found) == MOST, "next": following})
    response.headers["Cache-Control"] = "no-cache"
    return response


def _cursor(text: str) -> tuple[datetime, UUID]:
    moment, _, own = text.partition("_")
    try:
        return datetime.fromisoformat(moment.replace(" ", "+")).astimezone(UTC), UUID(own)
    except (ValueError, OverflowError):
        raise BadParameter("after", "after is no position in the feed.", "what next says") from None


def _feed(catalogue: Catalogue) -> Response:
    refuse_unknown(request)
    with reading(catalogue.database) as connection:
        changed_at = catalogue.changed_at(connection)
        found = read_changes(connection, catalogue.directory(connection), None, newest_first=True)
    text = atom(found, _base(), changed_at)
    return stamped(
        Response(text, content_type="application/atom+xml; charset=utf-8"), mark_of(text), changed_at
    )
