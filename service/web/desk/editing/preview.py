"""What visitors would see in three languages after the changes of a form; nothing is saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response
from markupsafe import Markup

from service.catalogue.in_words import in_words
from service.catalogue.listings import Found
from service.catalogue.state import STATE
from service.database.session import reading
from service.desk.editing.current import as_it_would_be, shown_as_published, today_of
from service.desk.editing.layout import SHOWN_LANGUAGES
from service.desk.editing.save import weigh
from service.desk.editing.tone import hints
from service.i18n.locales import LOCALES
from service.model.fields import fields
from service.search.query.criteria import Criteria
from service.web.desk.door import TOKEN, Visit, desk_page
from service.web.desk.editing.filled import Filled
from service.web.desk.editing.words import label_of
from service.web.evidence import evidence_in
from service.web.facts import facts
from service.web.listing import card_values
from service.web.render import render
from service.web.screened import screened
from service.web.shown import passage
from service.web.verdicts import grouped, signs

_NOT_CARRIED = (TOKEN, "act")


def preview_page(visit: Visit, filled: Filled, now: datetime) -> Response:
    """The changes in words, hints about the new texts, and the listing as Dutch, French and English readers
    would see it."""
    changes, asked = weigh(filled.current, filled.wanted, today_of(now))
    everything = {**changes, **{key: filled.wanted.values.get(key) for key in asked if key != STATE}}
    claims = {key: value for key, value in everything.items() if key != STATE}
    listing = filled.current.listing
    with reading(visit.site.database) as connection:
        found = as_it_would_be(connection, listing.id, claims, role="coordinator", now=now)
    shown = shown_as_published(found)
    return desk_page(
        visit,
        "desk/editing/preview.html",
        listing=listing,
        name=passage(listing.service.name, visit.lang),
        changes=[_change(filled, key, value, visit.lang) for key, value in everything.items()],
        tone=_tone(everything, visit.lang),
        previews=[(code, LOCALES[code], _preview(visit, shown, code)) for code in SHOWN_LANGUAGES],
        carried=[(k, v) for k, held in (filled.sent or {}).items() if k not in _NOT_CARRIED for v in held],
    )


def _change(filled: Filled, key: str, value: Any, lang: str) -> tuple[str, str, str]:  # noqa: ANN401
    path, before = key.partition("@")[0], filled.current.value(key)
    if path == STATE:
        before, value = filled.current.state, filled.wanted.state
    return label_of(key, lang), in_words(path, before, lang), in_words(path, value, lang)


def _tone(changes: dict[str, Any], lang: str) -> list[tuple[str, Any]]:
    found = []
    for key, value in changes.items():
        path, _, language = key.partition("@")
        is_text = fields()[path].per_language and isinstance(value, str)
        if is_text and (told := hints(value, language)):
            found.append((label_of(key, lang), told))
    return found


def _preview(visit: Visit, found: Found, lang: str) -> Markup:
    """The cards of the listing page, for a reader of another language than the page's perhaps."""
    said = facts(found, visit.site.today(), lang)
    screen = signs(screened(visit.site, found.listing, Criteria(lang=lang), lang), lang, evidence_in(said))
    values = {
        **card_values(visit.site, found, said, lang),
        "groups": grouped(screen, lang),
        "pre": f"{lang}-",
        "spots": [],
        "precision": "",
        "link": "",
    }
    return Markup(render("desk/editing/shown.html", lang, values))  # noqa: S704 (a template of ours, escaped)
