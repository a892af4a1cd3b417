"""What the fields of the forms offer, with its words."""

from __future__ import annotations

from functools import cache

from service.geo.places import gazetteer
from service.geo.zones import Zone
from service.i18n import formats
from service.i18n.alphabet import place
from service.i18n.labels import language_name, term_label
from service.i18n.messages import N_, translator
from service.model import terms
from service.model.fields import LANGUAGES

Options = tuple[tuple[str, str], ...]

SPOKEN = (*LANGUAGES, "ru", "it", "pt", "fa", "ps", "ku", "so", "ti", "am", "sq", "bg")
"""Languages that forms offer: those of our pages and those spoken most in Brussels after them."""

REACH = ("5", "10", "15", "20", "30", "45", "60")

_MODES = {
    "walk": N_("on foot"),
    "bike": N_("by bike"),
    "transit": N_("by public transport"),
    "car": N_("by car"),
}


@cache
def options(list_name: str, language: str) -> Options:
    """The codes of a closed list with their labels."""
    return tuple((code, term_label(list_name, code, language)) for code in terms.values(list_name))


@cache
def spoken(language: str) -> Options:
    """Languages by name; those of the pages first, the others by alphabet."""
    named = [(code, language_name(code, language)) for code in SPOKEN]
    first = len(LANGUAGES)
    return (*named[:first], *sorted(named[first:], key=lambda pair: place(pair[1], language)))


def mode_name(mode: str, language: str) -> str:
    """A way of travelling."""
    return translator(language).gettext(_MODES[mode])


@cache
def audiences(language: str) -> Options:
    """Who help can be for, less everyone."""
    return tuple(pair for pair in options("audience", language) if pair[0] != "everyone")


@cache
def modes(language: str) -> Options:
    """The ways of travelling other than the usual one (by bike), which stands for no choice."""
    return tuple((mode, mode_name(mode, language)) for mode in _MODES if mode != "bike")


@cache
def reach(language: str) -> Options:
    """Minutes of travelling to choose from."""
    return tuple((count, formats.minutes(int(count), language)) for count in REACH)


@cache
def zone_groups(language: str) -> tuple[tuple[str, tuple[Zone, ...]], ...]:
    """The zones in two groups, by name."""
    t = translator(language)
    titles = {
        "brussels_care_zone": t.gettext("Care zones of Brussels"),
        "flemish_primary_care_zone": t.gettext("Primary-care zones of Flanders and Brussels"),
    }
    return tuple(
        (title, tuple(sorted(_of(kind), key=lambda zone: zone.name(language).casefold())))
        for kind, title in titles.items()
    )


def _of(kind: str) -> list[Zone]:
    return [zone for zone in gazetteer().zones.zones if zone.kind == kind]
