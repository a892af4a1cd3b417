"""The form by which a provider says what changed, limited to one listing of a letter."""

from __future__ import annotations

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from service.catalogue.gaps import gaps
from service.catalogue.tasks.corrections import LONGEST_TEXT
from service.database.session import primary_of, writing
from service.desk.editing.same import read_marks, write_marks
from service.desk.letters.answers import answer_changed
from service.desk.letters.questions import Line, lines_of
from service.desk.letters.sent_form import LONGEST, marks_shown, read_sent
from service.search.index.document import facts_of
from service.web.confirm import Opened, answer_page, open_item, to_thanks
from service.web.site import Site

_MOST_ASKED = 12  # of the gaps of most worth; the form takes those that it has a field for


def change_page(site: Site, lang: str, token: str, number: int) -> BaseResponse:
    """The form with what is said now; what comes back is stated by the provider, the rest confirmed."""
    opened = open_item(site, lang, token, number)
    if not isinstance(opened, Opened):
        return opened
    lines = lines_of(opened.found, site.today(), lang, _asked_about(site, opened))
    if request.method != "POST":
        return _form(site, lang, opened, lines)
    sent = request.form.to_dict(flat=False)
    read = read_sent(opened.found, lines, sent, read_marks(request.form.get("shown", "")), site.today())
    if read.faults:
        text = request.form.get("text", "")
        return _form(site, lang, opened, list(read.lines), read.faults, text)
    with writing(primary_of(site.database)) as connection:
        answer_changed(connection, opened.link, opened.item, read.changes, site.clock())
    return to_thanks(lang, opened)


def _asked_about(site: Site, opened: Opened) -> list[str]:
    """What nobody knows of the listing and people ask about, of most worth first."""
    found = gaps([opened.found.listing], facts_of, site.clock())
    return list(dict.fromkeys(gap.path for gap in found))[:_MOST_ASKED]


def _form(
    site: Site,
    lang: str,
    opened: Opened,
    lines: list[Line],
    faults: frozenset[str] = frozenset(),
    text: str = "",
) -> Response:
    # a form that is shown again is held against what it showed first
    held = write_marks(marks_shown(opened.found, lines, site.today()))
    shown = request.form.get("shown", "") if faults else held
    return answer_page(
        site,
        lang,
        opened,
        "confirm/change.html",
        422 if faults else 200,
        lines=lines,
        faults=faults,
        text=text,
        shown=shown,
        longest=LONGEST_TEXT,
        longest_line=LONGEST,
    )
