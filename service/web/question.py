"""The first page: one question, with examples that really find something, and the themes."""

from __future__ import annotations

from flask import Response

from service.i18n.messages import N_, translator
from service.search.query.criteria import Criteria
from service.web import choices
from service.web.form import person_form
from service.web.page import page
from service.web.site import Site
from service.web.situations import NOTHING

SHOWN = 3

EXAMPLES = (
    N_("I cannot pay my rent"),
    N_("food parcel in Anderlecht"),
    N_("someone to talk to, by phone"),
    N_("help with my computer in Ghent"),
    N_("I care for my mother and I am tired"),
    N_("a warm meal in Brussels"),
    N_("my energy bill is too high"),
    N_("meeting people in Antwerp"),
    N_("a place to sleep tonight"),
)
"""Said as people say it; a test searches for each, in every language, so that none leads nowhere."""


def question_page(site: Site, lang: str) -> Response:
    """Ask what somebody needs. The examples turn with the days."""
    t = translator(lang)
    first = site.today().toordinal() * SHOWN
    examples = [t.gettext(EXAMPLES[(first + i) % len(EXAMPLES)]) for i in range(SHOWN)]
    return page(
        site,
        lang,
        "question.html",
        examples=examples,
        themes=choices.options("theme", lang),
        spoken=choices.spoken(lang),
        **person_form(Criteria(), NOTHING, lang),
        zone_groups=choices.zone_groups(lang),
    )
