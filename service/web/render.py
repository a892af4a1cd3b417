"""Templates filled in for a reader of one language."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from flask import url_for
from markupsafe import Markup, escape

from service.geo.zones import Zone
from service.i18n import formats, labels, week
from service.i18n.direction import isolated
from service.i18n.elision import with_elision
from service.i18n.locales import LOCALES, interface
from service.i18n.messages import translator
from service.model.phone import format_phone
from service.search.query.crisis import heading
from service.search.query.criteria import write
from service.web import paper
from service.web.outlines import drawn

HERE = Path(__file__).parent
STATIC = HERE / "static"
_ICON = Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>')
_IN_DUTCH = Markup('<bdi lang="nl">{}</bdi>')
_LEFT_TO_RIGHT = Markup('<bdi dir="ltr">{}</bdi>')


@cache
def environment(language: str) -> jinja2.Environment:
    """The templates with the words and forms of a language; everything that is filled in is escaped."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["ext.i18n.trimmed"] = True
    t = translator(language)
    env.install_gettext_callables(  # type: ignore[attr-defined]  # put there by the extension
        t.found,
        t.found_plural,
        newstyle=True,  # fills in and escapes the values itself
        pgettext=lambda context, message: t.found(message, context),
        npgettext=lambda context, one, many, num: t.found_plural(one, many, num, context),
    )
    if language == "fr":
        env.globals["gettext"] = _in_french
    env.globals.update(
        lang=language,
        direction=LOCALES[language].direction,
        own_name=LOCALES[language].native_name,
        offered=interface(),
        url_for=url_for,
        static=static,
        icon=icon,
        write=write,
        danger_heading=heading,
        is_indicative=lambda: drawn().is_indicative,
        term=partial(_last(labels.term_label), language),
        comma=formats.stop(",", language),
        zone_name=partial(_zone_name, language),
    )
    env.filters.update(_filters(language))
    return env


def render(template: str, language: str, values: Mapping[str, Any]) -> str:
    """A template filled in."""
    return environment(language).get_template(template).render(values)


@cache
def static(name: str) -> str:
    """The address of a file of ours with a mark of its content, so that it may be kept for a year."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return url_for("web.static_file", name=name, v=mark)


@cache
def icon(name: str, turns: bool = False) -> Markup:
    """A sign beside words, never instead of them; ``turns``: it points along the line of reading."""
    kind = "icon turns" if turns else "icon"
    return _ICON.format(kind, static("icons.svg"), name)


@jinja2.pass_eval_context
def _in_french(context: jinja2.nodes.EvalContext, message: str, **given: object) -> str:
    """A message of a template with its small words joined to the names that follow, escaped as all is."""
    text, values = with_elision(translator("fr").found(message), given)
    return (Markup(text) if context.autoescape else text) % values  # noqa: S704 (a message of ours)


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    ending: dict[str, Callable[..., Any]] = {
        "day": formats.day,
        "weekday": formats.weekday,
        "partial_date": formats.partial_date,
        "clock": formats.clock,
        "distance": formats.distance,
        "minutes": formats.minutes,
        "number": formats.number,
        "joined": formats.joined,
        "listed": formats.listed,
        "isolated": isolated,
        "language_name": labels.language_name,
        "field_label": labels.field_label,
    }
    found = {name: _in_language(each, language) for name, each in ending.items()}
    found["semicolons"] = lambda items: formats.listed(items, language, ";")
    found["age"] = lambda stated, today: formats.age(stated, today, language)
    found["when"] = lambda moment, now: week.when(moment, now, language)
    found["on_paper"] = lambda paragraphs: list(paper.split(paragraphs))
    found["phone"] = lambda number: _LEFT_TO_RIGHT.format(format_phone(number))
    return found


def _in_language(form: Callable[..., Any], language: str) -> Callable[..., Any]:
    return lambda value: form(value, language)


def _last(form: Callable[..., str]) -> Callable[..., str]:
    return lambda language, list_name, code: form(list_name, code, language)


def _zone_name(language: str, zone: Zone) -> Markup:
    """The name of a zone, marked as Dutch where the reader's language has no name for it."""
    name = zone.name(language)
    return escape(name) if language in ("nl", "fr") else _IN_DUTCH.format(name)
