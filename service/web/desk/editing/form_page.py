"""The page of the form: every part with its fields, the opening hours, the state, and what was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response

from service.accounts.permissions import may
from service.catalogue.in_words import in_words
from service.catalogue.state import ENDS_ON, STATE
from service.config import TIMEZONE
from service.desk.editing.hours_read import read_hours
from service.desk.editing.hours_sent import BY_APPOINTMENT, MOST_PAIRS, Editor, editor_of, editor_sent
from service.desk.editing.layout import HOURS, PARTS, POINT, Part
from service.desk.editing.same import write_marks
from service.desk.editing.tone import Hint, hints
from service.i18n.labels import language_name, term_label
from service.i18n.messages import translator
from service.i18n.week import week
from service.model.fields import LANGUAGES
from service.model.provenance import PROVIDER
from service.web.cards import PRECISIONS
from service.web.desk.door import Visit, desk_page
from service.web.desk.editing.filled import Filled
from service.web.desk.editing.widgets import Shelf, Widget, needs_by_theme
from service.web.desk.editing.words import WAYS, day_names, kinds_of_days, label_of, part_title, read_back
from service.web.map import outlines_address
from service.web.shown import passage

_LOOKED_AT = ("service.name", "service.description", "service.plain_summary")


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of the form with its words; ``groups`` are its fields by B."""

    code: str
    title: str
    widgets: tuple[Widget, ...]
    groups: tuple[tuple[str, tuple[Widget, ...]], ...]


def form_page(visit: Visit, filled: Filled, status: int = 200) -> Response:
    """The form as it stands, with what was filled in kept."""
    current, lang, site = filled.current, visit.lang, visit.site
    shelf = Shelf(site, lang, current, filled.names, filled.sent, filled.faults, _hints(filled))
    parts = [_part(part, shelf) for part in PARTS]
    listing = current.listing
    t = translator(lang)
    role = visit.person.role_for((*listing.zones, *listing.serves), listing.organization.id)
    return desk_page(
        visit,
        "desk/editing/form.html",
        status,
        filled=filled,
        listing=listing,
        name=passage(listing.service.name, lang),
        parts=parts,
        shown=_shown(filled, site.today()),
        since=filled.one("since") if filled.sent and status != 409 else site.clock().isoformat(),
        summary=_summary(parts),
        asked=[_asked(key, filled, lang) for key in filled.asked],
        told={"saved": 0, "confirmed": 0, "pin": 0, "done": False} | dict(filled.told),
        meanwhile=[(label_of(key, lang), who) for key, who in filled.told.get("meanwhile", ())],
        needs_by_theme=lambda options: needs_by_theme(options, lang),
        ways=[(code, t.gettext(words)) for code, words in WAYS.items()],
        state=_state(filled, lang, is_provider=role == PROVIDER),
        other_languages=[
            (code, language_name(code, lang)) for code in LANGUAGES if not _has(current.keys, code)
        ],
        pin=_pin(filled),
        may_merge=may(visit.person, "merge", zones=listing.zones, organization=listing.organization.id),
        outlines_address=outlines_address(),
        tile_url=site.settings.tile_url,
        tile_attribution=site.settings.tile_attribution,
        **_hours(filled, visit),
    )


def _part(part: Part, shelf: Shelf) -> Shown:
    def widgets(paths: tuple[str, ...]) -> tuple[Widget, ...]:
        keys = (key for path in paths for key in shelf.current.keys if key.partition("@")[0] == path)
        return tuple(shelf.widget(key) for key in keys)

    groups = tuple((term_label("b", code, shelf.lang), widgets(paths)) for code, paths in part.groups.items())
    return Shown(part.code, part_title(part.code, shelf.lang), widgets(part.paths), groups)


def _has(keys: tuple[str, ...], language: str) -> bool:
    return any(key.endswith(f"@{language}") for key in keys)


def _shown(filled: Filled, today: Any) -> str:  # noqa: ANN401
    """The marks that the form holds: those that it began with, until what both changed is asked."""
    marks = filled.current.marks(today)
    if filled.sent is not None and not filled.asked:
        marks |= {key: mark for key, mark in filled.wanted.was.items() if key in marks}
    return write_marks(marks)


def _hints(filled: Filled) -> dict[str, tuple[Hint, ...]]:
    """Hints about texts as they stand in the form."""
    found = {}
    for key in filled.current.keys:
        path, _, language = key.partition("@")
        if path in _LOOKED_AT and language:
            text = filled.wanted.values.get(key) if filled.sent else filled.current.value(key)
            if isinstance(text, str) and (told := hints(text, language)):
                found[key] = told
    return found


def _summary(parts: list[Shown]) -> list[tuple[str, str, str]]:
    """What is wrong: the id of the field, its label and what would be right, in the order of the form."""
    widgets = [w for part in parts for held in (part.widgets, *(g for _b, g in part.groups)) for w in held]
    return [(w.id, w.label, w.fault) for w in widgets if w.fault]


def _asked(key: str, filled: Filled, lang: str) -> dict[str, Any]:
    """A field that both changed: what stands there now and by whom, what I wrote."""
    last = filled.current.last_word(key)
    path = key.partition("@")[0]
    theirs, mine = filled.current.value(key), filled.wanted.values.get(key)
    if key == STATE:
        mine = filled.wanted.state
        theirs = filled.current.state
    return {
        "key": key,
        "label": label_of(key, lang),
        "who": filled.names.get(last.by, last.by) if last else "",
        "when": last.stated_at.astimezone(TIMEZONE) if last else None,
        "why": last.why if last else "",
        "theirs": in_words(path, theirs, lang),
        "mine": in_words(path, mine, lang),
    }


def _state(filled: Filled, lang: str, *, is_provider: bool) -> dict[str, Any]:
    current = filled.current
    listing = current.listing
    until = listing.state_until.isoformat() if listing.state_until else ""
    first = filled.sent is None
    codes = ["published", "paused", "ended", "draft"]
    if is_provider and current.state == "draft":
        codes = ["draft"]
    return {
        "now": listing.state,
        "stated": current.state if first else filled.one(STATE) or current.state,
        "options": [(code, term_label("state", code, lang)) for code in codes],
        "until": until if first else filled.one("pause_until"),
        "ends_on": (current.value(ENDS_ON) or "") if first else filled.one(ENDS_ON),
        "ends_label": label_of(ENDS_ON, lang),
        "is_wrong": {name for name in ("pause_until", ENDS_ON, "until", "why") if name in filled.faults},
    }


def _pin(filled: Filled) -> dict[str, Any]:
    """Where the pin is and how closely that is known."""
    place = filled.current.listing.location
    if place is None or place.lat is None:
        return {"lat": None, "lon": None, "precision": "", "is_derived": False}
    who = filled.current.listing.provenance.get(POINT)
    derived = who is not None and who.kind == "derived"
    precision = PRECISIONS.get(place.precision or "", "")
    return {"lat": place.lat, "lon": place.lon, "precision": precision, "is_derived": derived}


def _hours(filled: Filled, visit: Visit) -> dict[str, Any]:
    lang, today = visit.lang, visit.site.today()
    editor, osm = _editor(filled, today)
    held = read_hours(osm, today) if osm else None
    return {
        "editor": editor,
        "editor_days": day_names(lang),
        "editor_kinds": kinds_of_days(lang),
        "most_pairs": MOST_PAIRS,
        "by_appointment": BY_APPOINTMENT,
        "read_back": read_back(held, lang) if held else [],
        "hours_week": week(osm, today, lang) if osm else [],
    }


def _editor(filled: Filled, today: Any) -> tuple[Editor, str | None]:  # noqa: ANN401
    stated = filled.current.value(HOURS)
    osm = str(stated) if stated else None
    if filled.sent is None:
        return editor_of(osm, today), osm
    given = filled.wanted.values.get(HOURS)
    kept = filled.one("h.kept")
    return editor_sent(filled.sent, kept, filled.wrong_rows), str(given) if given else None
