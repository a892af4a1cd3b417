"""Taking a zone out as a spreadsheet and bringing it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flask import Response, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as BaseResponse

from service.accounts.audit import note
from service.accounts.permissions import may, may_somewhere, require
from service.database.session import reading, writing
from service.desk.bulk.batches import batches_of
from service.desk.bulk.compare import compare
from service.desk.bulk.plans import plan_import
from service.desk.bulk.selection import Filters, count_lines, ids_of
from service.desk.bulk.sheet import MOST_ROWS, RULES, csv_lines
from service.desk.bulk.taken import Taken, take
from service.errors import BadParameter, BadValue, Forbidden, SourceError
from service.i18n.messages import N_, translator
from service.web.desk.bulk.chosen import asked_filters, own_zones
from service.web.desk.bulk.words import ACTIONS
from service.web.desk.door import Visit, desk_page

if TYPE_CHECKING:
    from service.readers.csv import CsvTable
    from service.readers.xlsx import XlsxTable

MOST_BYTES = 20 << 20
"""Of a file that comes back: five times a workbook of 5,000 listings; more comes in parts."""

_KINDS = (".xlsx", ".csv")
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_FILE = N_("Choose a file: .xlsx or .csv, at most 20 MB.")
NOT_READ = N_("This file cannot be read here. Begin with a spreadsheet from this page and keep its columns.")


def spreadsheet_page(visit: Visit) -> BaseResponse:
    """Both ways, and what came of earlier ones; a file that comes leads to what it would change."""
    if request.method != "POST":
        return _page(visit)
    try:
        preview = _bring_back(visit, request.files.get("file"))
    except BadValue:
        return _page(visit, 422, translator(visit.lang).gettext(NO_FILE))
    except SourceError:
        return _page(visit, 422, translator(visit.lang).gettext(NOT_READ))
    return redirect(url_for("desk.bulk_preview", lang=visit.lang, preview=preview), 303)


def workbook_file(visit: Visit) -> BaseResponse:
    """The workbook of what is asked for. Raises BadParameter where it is too much for one."""
    from service.desk.bulk.workbook import write_workbook  # takes 0.3 s and 20 MB, and serves only here

    filters, now = _allowed_filters(visit), visit.site.clock()
    with TemporaryDirectory() as folder, reading(visit.site.database) as connection:
        ids = ids_of(connection, filters, visit.site.today(), MOST_ROWS + 1)
        if len(ids) > MOST_ROWS:
            raise BadParameter("zone", "This is too much for one workbook.", f"at most {MOST_ROWS} offers")
        path = Path(folder) / "listings.xlsx"
        write_workbook(path, _theirs(visit, take(connection, ids)), visit.lang, now)
        body = path.read_bytes()
    return _download(visit, Response(body, mimetype=_WORKBOOK), filters, "xlsx")


def csv_file(visit: Visit) -> BaseResponse:
    """The same as CSV, however much it is; it is sent while it is read."""
    filters, now = _allowed_filters(visit), visit.site.clock()
    today, lang = visit.site.today(), visit.lang

    def lines() -> Iterator[str]:
        with reading(visit.site.database) as connection:
            ids = ids_of(connection, filters, today)
            yield from csv_lines(_theirs(visit, take(connection, ids)), lang, now)

    return _download(visit, Response(lines(), mimetype="text/csv"), filters, "csv")


def _bring_back(visit: Visit, sent: FileStorage | None) -> str:
    name = (sent.filename or "") if sent else ""
    kind = Path(name).suffix.lower()
    if sent is None or kind not in _KINDS:
        raise BadValue("file", name, "is neither .xlsx nor .csv")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"sent{kind}"
        sent.save(path)
        with _reader(kind)(path, "file") as table, reading(visit.site.database) as connection:
            compared = compare(connection, table, visit.person)
    with writing(visit.site.database) as connection:
        return str(plan_import(connection, visit.person, name[:100], compared, visit.site.clock()))


def _reader(kind: str) -> type[CsvTable] | type[XlsxTable]:
    from service.readers.csv import CsvTable
    from service.readers.xlsx import XlsxTable  # takes 0.3 s and 20 MB, and serves only here

    return XlsxTable if kind == ".xlsx" else CsvTable


def _page(visit: Visit, http_status: int = 200, fault: str = "") -> Response:
    filters = asked_filters(visit, request.args)
    t = translator(visit.lang)
    with reading(visit.site.database) as connection:
        total = count_lines(connection, filters, visit.site.today())
        made = batches_of(connection, visit.person)
    return desk_page(
        visit,
        "desk/bulk/spreadsheet.html",
        http_status,
        fault=fault,
        filters=filters,
        query=filters.as_query(),
        zones=own_zones(visit),
        has_all=visit.person.zones is None,
        total=total,
        is_too_much=total > MOST_ROWS,
        most_rows=MOST_ROWS,
        batches=[(each, t.gettext(ACTIONS[each.kind])) for each in made],
        rules=[t.gettext(rule) for rule in RULES],
    )


def _allowed_filters(visit: Visit) -> Filters:
    filters = asked_filters(visit, request.args)
    if filters.zone:
        require(visit.person, "bulk", zones=[filters.zone])
    elif not may_somewhere(visit.person, "bulk") or visit.person.zones is not None:
        raise Forbidden("A spreadsheet is of a zone that one coordinates.")
    return filters


def _theirs(visit: Visit, listings: Iterator[Taken]) -> Iterator[Taken]:
    return (each for each in listings if may(visit.person, "bulk", zones={*each.zones, *each.serves}))


def _download(visit: Visit, response: Response, filters: Filters, kind: str) -> Response:
    name = f"nabij-{filters.zone or 'all'}-{visit.site.today().isoformat()}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    with writing(visit.site.database) as connection:
        about = {"zone": filters.zone or "", "kind": kind}
        note(connection, visit.person, "bulk_export", visit.site.clock(), about=about)
    return response
