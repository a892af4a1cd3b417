"""Nothing in reach, said plainly, with the desks that help to find who can help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.i18n import formats
from service.i18n.labels import term_label
from service.i18n.messages import translator
from service.search.query.result import Results
from service.web.cards import Card, card


@dataclass(frozen=True, slots=True)
class Desks:
    """What is lacking near the place, in a sentence, and the desks to ask."""

    text: str
    cards: tuple[Card, ...]


def desks(results: Results, today: date, language: str) -> Desks | None:
    """The desks where an answer says that nothing is in reach; None where it does not."""
    notice = next((each for each in results.notices if each.code == "none_in_reach"), None)
    if notice is None:
        return None
    t = translator(language)
    needs = formats.joined([term_label("need", code, language) for code in notice.needs], language, "or")
    if notice.words:
        text = t.gettext(
            "Near %(place)s we know nobody yet for: %(needs)s.", place=notice.words[0], needs=needs
        )
    else:
        text = t.gettext("Near you we know nobody yet for: %(needs)s.", needs=needs)
    mode = results.criteria.mode
    cards = [
        card(number, each, frozenset(), mode, today, language)
        for number, each in enumerate(results.general_desk, 1)
    ]
    return Desks(text, tuple(cards))
