"""The audit: who changed or saw what is not public, by person, listing, action and day, also as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, request
from sqlalchemy.engine import Connection
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.audit import Line, Wanted, actions_noted, read_audit
from service.accounts.permissions import Action
from service.accounts.store import all_accounts, names_of
from service.config import TIMEZONE
from service.database.session import reading
from service.errors import BadParameter
from service.web.desk.door import Visit, desk_page

PER_PAGE = 50
MOST_LINES = 20_000
"""Of one file; who needs more asks by day."""

_FIELDS = ("person", "listing", "action", "first", "last")


def audit_page(visit: Visit) -> BaseResponse:
    """The lines, the newest first, fifty on a page. Raises BadParameter for a value that is none."""
    wanted, number = _wanted(request.args), _number(request.args.get("page"))
    with reading(visit.site.database) as connection:
        lines = read_audit(connection, wanted, PER_PAGE + 1, (number - 1) * PER_PAGE)
        names = _names(connection, lines)
        people = [(each.person.by, each.person.name) for each in all_accounts(connection)]
        actions = actions_noted(connection)
    asked = {name: request.args.get(name, "") for name in _FIELDS}
    query = urlencode({name: value for name, value in asked.items() if value})
    return desk_page(
        visit, "desk/audit.html", lines=lines[:PER_PAGE], has_more=len(lines) > PER_PAGE, number=number,
        names=names, people=people, actions=actions, asked=asked, query=query, zone=TIMEZONE, told=told,
    )  # fmt: skip


def audit_file(visit: Visit) -> BaseResponse:
    """The same as CSV. Raises BadParameter for a value that is none."""
    wanted = _wanted(request.args)
    with reading(visit.site.database) as connection:
        lines = read_audit(connection, wanted, MOST_LINES)
        names = _names(connection, lines)
    answer = Response(_csv(lines, names), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="nabij-audit.csv"'
    return answer


def told(line: Line, names: Mapping[str, str]) -> str:
    """What a line is about, in one line of text; accounts by name where they have one."""
    return ", ".join(
        f"{name}: {names.get(str(value)) or value}" for name, value in sorted(line.about.items())
    )


def _csv(lines: Iterable[Line], names: Mapping[str, str]) -> str:
    file = io.StringIO()
    write = csv.writer(file).writerow
    write(("at", "account", "name", "action", "listing", "about"))
    for line in lines:
        account = str(line.account or "")
        row = (line.at.isoformat(), account, names.get(account, ""), line.action, line.listing or "",
               told(line, names))  # fmt: skip
        write(["" if each is None else _plain(str(each)) for each in row])
    return file.getvalue()


def _plain(text: str) -> str:
    """A spreadsheet takes a cell that begins like this for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


def _names(connection: Connection, lines: Iterable[Line]) -> Mapping[str, str]:
    ids = {str(line.account) for line in lines if line.account}
    ids |= {str(line.about["account"]) for line in lines if "account" in line.about}
    return names_of(connection, ids)


def _wanted(given: Mapping[str, str]) -> Wanted:
    return Wanted(
        account=_uuid("person", given.get("person")),
        listing=_uuid("listing", given.get("listing")),
        action=given.get("action") or None,
        first=_day("first", given.get("first")),
        last=_day("last", given.get("last")),
    )


def _uuid(name: str, text: str | None) -> UUID | None:
    try:
        return UUID(text.strip()) if text and text.strip() else None
    except ValueError:
        raise BadParameter(name, f"{name} is no id.", "a UUID") from None


def _day(name: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadParameter(name, f"{name} is no day.", "a day, as 2026-11-24") from None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else 1


_ACTION: Action = "audit"
ROOMS = (
    ("/audit", "audit", audit_page, ("GET",), _ACTION),
    ("/audit.csv", "audit_file", audit_file, ("GET",), _ACTION),
)
