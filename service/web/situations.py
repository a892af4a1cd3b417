"""What matters for a person as ticks in plain words, in groups that follow how people tell it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from service.i18n.labels import term_label
from service.i18n.messages import N_, translator
from service.model import terms
from service.search.query.criteria import Criteria
from service.search.understand.understood import Understood
from service.web.addresses import PERSONAL

_GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (N_("Money and papers"), "money", ("free", "no_papers", "no_address", "paperwork", "rights")),
    (N_("Getting there"), "route", ("nearby", "wheelchair", "pram", "home_visit")),
    (
        N_("When it can be"),
        "clock",
        ("urgent", "no_wait", "evening", "weekend", "school_hours", "no_appointment", "no_referral"),
    ),
    (N_("Phone and internet"), "phone", ("no_internet", "no_itsme", "no_phone", "phone", "online")),
    (N_("Who comes along"), "people", ("children_along", "childcare", "companion", "pet")),
    (N_("Understanding each other"), "speech", ("plain_language", "sign_language")),
    (N_("Feeling at ease"), "hand", ("anonymous", "discreet", "no_judgement", "women_only")),
)
_REST = (N_("And also"), "info")


@dataclass(frozen=True, slots=True)
class Group:
    """Ticks that belong together; a code of the list that no group names stands in the last one."""

    title: str
    icon: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """What is ticked in the form: chosen by the person, or (``read``) understood from the question."""

    chosen: frozenset[str]
    read: frozenset[str]

    def __contains__(self, name: str) -> bool:
        """Whether a parameter and value, as in ``situation:free``, is ticked."""
        return name in self.chosen or name in self.read

    @property
    def names(self) -> str:
        """What was understood, as the form carries it, so that a tick taken away can be told."""
        return " ".join(sorted(self.read))

    @property
    def count(self) -> int:
        """How many ticks there are."""
        return len(self.chosen | self.read)


NOTHING = Ticked(frozenset(), frozenset())


def ticked(criteria: Criteria, read: Understood) -> Ticked:
    """What is ticked for this search."""
    return Ticked(_names(criteria), _names(read))


def ticked_in(criteria: Criteria) -> Ticked:
    """What is ticked where no question was read."""
    return Ticked(_names(criteria), frozenset())


@cache
def groups(language: str) -> tuple[Group, ...]:
    """The closed list ``situation`` in groups, with its words."""
    t = translator(language)
    known = list(terms.values("situation"))
    named = {code for _title, _icon, codes in _GROUPS for code in codes}
    rest = tuple(code for code in known if code not in named)
    made = [
        Group(
            t.gettext(title),
            icon,
            tuple((code, term_label("situation", code, language)) for code in codes if code in known),
        )
        for title, icon, codes in (*_GROUPS, (*_REST, rest))
    ]
    return tuple(group for group in made if group.options)


def _names(held: Criteria | Understood) -> frozenset[str]:
    ticked = ((kind, getattr(held, kind, ())) for kind in PERSONAL)
    return frozenset(f"{kind}:{code}" for kind, codes in ticked if isinstance(codes, tuple) for code in codes)
