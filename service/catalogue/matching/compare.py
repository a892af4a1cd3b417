"""Whether two records may speak of the same listing, by named rules that look at both and at nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from rapidfuzz import fuzz

from service.catalogue.matching.face import Face
from service.config import DATA
from service.geo.tables import rows_of

SAME = 92.0
"""Per cent of letters in common from which two plain names are the same but for a slip of the pen."""

ALIKE = 85.0
"""From here names are worth a look; a name that has all words of the other is wholly alike."""

SURE = 97.0
"""For what rests on names alone."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of ``data/taxonomy/matching.csv``; ``rank`` counts from the surest."""

    name: str
    rank: int
    joins: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Side:
    """A record as it is compared."""

    source_id: str
    is_live: bool
    face: Face


@dataclass(frozen=True, slots=True)
class Likeness:
    """Which rule holds for two records, from 0 to 100 how alike they are, and what they have in common."""

    rule: str
    score: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Common:
    """What two records have in common; ``other_door`` and ``other_needs`` are contradictions."""

    organization: float
    service: float
    whole: float
    door: bool
    other_door: bool
    contacts: tuple[str, ...]
    needs: bool
    other_needs: bool
    same_source: bool
    one_withdrawn: bool

    @property
    def same_names(self) -> bool:
        """Organization and service go by the same names."""
        return self.service >= SAME and (self.organization >= SAME or "enterprise_number" in self.contacts)

    @property
    def reached_alike(self) -> bool:
        """A telephone, e-mail or website is the same."""
        return not {"phone", "email", "website"}.isdisjoint(self.contacts)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its name, the surest first."""
    rows = enumerate(rows_of(DATA / "taxonomy" / "matching.csv"))
    return {row["rule"]: Rule(row["rule"], n, row["outcome"] == "join", row["reason"]) for n, row in rows}


def compare(one: Side, other: Side, *, named: bool = False) -> Likeness | None:
    """The surest rule that holds, None where none does; ``named``: one names the other's number.

    The same whichever comes first.
    """
    common = _common(one, other)
    evidence = _evidence(common)
    if named and not common.same_source:
        elsewhere = one.face.nis and other.face.nis and one.face.nis != other.face.nis
        rule = "identifier_elsewhere" if elsewhere else "identifier"
        return Likeness(rule, 100, ("identifier", *evidence))
    conditions = _WITHIN if common.same_source else _ACROSS
    rule = next((name for name, holds in conditions.items() if holds(common)), "")
    return Likeness(rule, _score(common), evidence) if rule else None


_ACROSS: Mapping[str, Callable[[_Common], bool]] = {
    "door_and_names": lambda c: c.same_names and c.door and not c.other_needs,
    "names_and_contact": lambda c: (
        c.same_names and c.reached_alike and not c.other_door and not c.other_needs
    ),
    "names_and_door_but_needs": lambda c: c.same_names and c.door,
    "moved": lambda c: c.same_names and c.reached_alike and c.other_door,
    "names_in_town": lambda c: c.same_names and not c.other_door,
    "door_and_alike": lambda c: c.door and _is_alike(c),
    "contact_and_alike": lambda c: c.reached_alike and not c.other_door and _is_alike(c),
    "alike_in_town": lambda c: c.needs and not c.other_door and c.organization >= SAME and c.whole >= SURE,
}
"""Between two sources."""

_WITHIN: Mapping[str, Callable[[_Common], bool]] = {
    "renumbered": lambda c: c.one_withdrawn and _is_twin(c) and not c.other_door and not c.other_needs,
    "twice_in_one_source": lambda c: not c.one_withdrawn and _is_twin(c) and not c.other_door,
}
"""Within one source, which as a rule knows what it has."""


def _is_alike(c: _Common) -> bool:
    """The one's words are the other's, and they help with the same or name the service much the same."""
    return c.whole >= ALIKE and (c.service >= ALIKE or (c.needs and c.whole >= SURE))


def _is_twin(c: _Common) -> bool:
    return c.service >= SURE and c.organization >= SURE and (c.door or c.reached_alike)


def _common(one: Side, other: Side) -> _Common:
    a, b = one.face, other.face
    door = _same_door(a, b)
    return _Common(
        organization=_best(a.organizations, b.organizations),
        service=_best(a.services, b.services),
        whole=fuzz.token_set_ratio(a.whole, b.whole),
        door=door,
        other_door=not door and _another_door(a, b),
        contacts=tuple(_contacts(a, b)),
        needs=not set(a.needs).isdisjoint(b.needs),
        other_needs=bool(a.needs and b.needs) and set(a.needs).isdisjoint(b.needs),
        same_source=one.source_id == other.source_id,
        one_withdrawn=one.is_live != other.is_live,
    )


def _best(some: tuple[str, ...], others: tuple[str, ...]) -> float:
    return max((fuzz.ratio(one, other) for one, other in product(some, others)), default=0.0)


def _same_door(a: Face, b: Face) -> bool:
    if not a.house_number or a.house_number != b.house_number or a.nis != b.nis or _another_code(a, b):
        return False
    return any(fuzz.ratio(one, other) >= ALIKE for (_x, one), (_y, other) in product(a.streets, b.streets))


def _another_code(a: Face, b: Face) -> bool:
    return bool(a.postal_code and b.postal_code) and a.postal_code != b.postal_code


def _another_door(a: Face, b: Face) -> bool:
    """Both say where, and it is not the same; a street in two languages may be one."""
    if a.nis != b.nis and (a.nis or b.nis):
        return True
    if _another_code(a, b) or (a.house_number and b.house_number and a.house_number != b.house_number):
        return True
    spoken = {language for language, _street in a.streets} & {language for language, _street in b.streets}
    mine, yours = dict(a.streets), dict(b.streets)
    return any(fuzz.ratio(mine[language], yours[language]) < ALIKE for language in spoken)


def _contacts(a: Face, b: Face) -> list[str]:
    found = [name for name in ("email", "website", "enterprise_number")
             if getattr(a, name) and getattr(a, name) == getattr(b, name)]  # fmt: skip
    return found if set(a.phones).isdisjoint(b.phones) else ["phone", *found]


def _evidence(c: _Common) -> tuple[str, ...]:
    has = {"organization": c.organization >= ALIKE, "service": c.service >= ALIKE, "address": c.door,
           "needs": c.needs}  # fmt: skip
    return (*(name for name, holds in has.items() if holds), *c.contacts)


def _score(c: _Common) -> int:
    """Names count for half, the door for a quarter, contacts and needs for the rest."""
    names = 0.3 * c.service + 0.2 * c.organization
    rest = 25 * c.door + 15 * bool(c.contacts) + 10 * c.needs
    return round(names + rest)
