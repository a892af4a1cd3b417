"""An expression of opening hours as a short line in a language: ma-vr 09:00-12:00; feestdagen gesloten."""

from __future__ import annotations

import re
from functools import cache

from babel.dates import get_day_names, get_month_names

from service.i18n.messages import N_, translator

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PART = re.compile(r'"[^"]*"|[A-Za-z]+|\d{1,2}:\d{2}|\d+|[-+,;: ]|\|\|')
_WORDS = {"PH": N_("public holidays"), "off": N_("closed"), "closed": N_("closed")}


def hours_in_words(osm: str, language: str) -> str:
    """The expression with the days and words of a language; as it is where it says more than those can."""
    if osm == "24/7":
        return translator(language).gettext("day and night")
    parts = _PART.findall(osm)
    if "".join(parts) != osm:
        return osm
    known = _names(language)
    told = []
    for part in parts:
        word = known.get(part)
        if word is None and part.isalpha():
            return osm  # weeks of the year, the sun, school holidays: rare, and exact only as they stand
        told.append(word or part)
    return "".join(told)


@cache
def _names(language: str) -> dict[str, str]:
    days = get_day_names("abbreviated", "stand-alone", language)
    months = get_month_names("abbreviated", "format", language)
    t = translator(language)
    return {
        **{code: days[number] for number, code in enumerate(_DAYS)},
        **{code: months[number] for number, code in enumerate(_MONTHS, 1)},
        **{code: t.gettext(words) for code, words in _WORDS.items()},
    }
