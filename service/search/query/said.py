"""Why a result is there and what to watch out for: one reason each, with its facts, in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from service.eight_b.criterion import Outcome
from service.i18n import formats
from service.i18n.labels import language_name
from service.i18n.messages import N_, translator

Values = tuple[tuple[str, str | float | tuple[str, ...]], ...]
"""Facts of a sentence by name, as pairs, so that equal ones are told once."""


class Said(NamedTuple):
    """One reason for a reader: the English message of the criterion's outcome and the facts behind it."""

    criterion: str
    outcome: Outcome
    sentence: str
    values: Values = ()


_WAYS = {
    "walk": N_("%(time)s on foot"),
    "bike": N_("%(time)s by bike"),
    "transit": N_("%(time)s by public transport"),
    "car": N_("%(time)s by car"),
}
_WITH_FACTS: Mapping[tuple[str, Outcome], str] = {
    ("travel", "pass"): N_("Close by: %(way)s"),
    ("travel", "attention"): N_("Further away: %(way)s"),
    ("travel", "barrier"): N_("Further away: %(way)s"),
    ("language", "pass"): N_("They speak %(languages)s"),
    ("language", "barrier"): N_("Noted languages: %(languages)s"),
    ("wait", "attention"): N_("Days until a first talk: about %(days)s"),
    ("wait", "barrier"): N_("Days until a first talk: about %(days)s"),
    ("wait_start", "attention"): N_("Days until the help starts: about %(days)s"),
    ("wait_start", "barrier"): N_("Days until the help starts: about %(days)s"),
    ("price", "attention"): N_("It costs %(amount)s"),
    ("price", "barrier"): N_("It costs %(amount)s"),
}


@lru_cache(maxsize=2_000)
def sentence(said: Said, language: str) -> str:
    """The reason in words; with its facts where there is a way to say them, else what holds for all."""
    t = translator(language)
    message = _WITH_FACTS.get((said.criterion, said.outcome))
    if message is None or not said.values or t.gettext(said.sentence) == "":
        return t.gettext(said.sentence)
    values = dict(said.values)
    return t.gettext(
        message, **{name: say(values, language) for name, say in _PARTS.items() if name in message}
    )


def _way(values: Mapping[str, object], language: str) -> str:
    time = formats.minutes(float(str(values["minutes"])), language)
    return translator(language).gettext(_WAYS[str(values["mode"])], time=time)


def _languages(values: Mapping[str, object], language: str) -> str:
    codes = values["languages"]
    names = [language_name(code, language) for code in (codes if isinstance(codes, tuple) else ())]
    return formats.joined(names, language)


_PARTS: Mapping[str, Callable[[Mapping[str, object], str], str]] = {
    "way": _way,
    "languages": _languages,
    "days": lambda values, language: formats.number(float(str(values["days"])), language),
    "amount": lambda values, language: formats.euro(float(str(values["amount"])), language),
}
