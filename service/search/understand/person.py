"""What a question says about the person, by rules over the signs in its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from service.search.understand.age import age_signs
from service.search.understand.question import Reading
from service.search.understand.signs import SignBook, Signs
from service.search.understand.tables import rows

WHO = frozenset((
    "single_parent", "single", "couple", "separated", "woman", "man", "she", "he", "mother_self",
    "father_self", "family", "own_child", "own_children", "own_teen", "small_child", "kids_generic", "child",
    "teen", "young", "older", "parent", "partner", "relative", "husband", "student", "pupil", "pupil_one",
    "age_baby", "age_child", "age_teen", "age_young", "age_adult", "age_older",
))  # fmt: skip
"""Signs that say who somebody is, and by themselves nothing of what is asked."""

_ONE = frozenset(("household", "mode"))  # of these a question says one


@dataclass(frozen=True, slots=True)
class Rule:
    """A code that follows where one of each of ``needed`` is there and none of ``unless``."""

    kind: str
    code: str
    needed: tuple[frozenset[str], ...]
    unless: frozenset[str]
    reason: str

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Rule:
        """The rule of a row of ``person_rules.csv``: signs with ``|`` between are one or the other."""
        needed = tuple(frozenset(each.split("|")) for each in row["needed"].split())
        return cls(row["kind"], row["code"], needed, frozenset(row["unless"].split()), row["reason"])

    def words(self, signs: Signs) -> frozenset[int] | None:
        """The words behind the code; None where the rule does not hold."""
        if self.unless & signs.keys() or not all(each & signs.keys() for each in self.needed):
            return None
        chosen = (min(each & signs.keys(), key=lambda sign: min(signs[sign])) for each in self.needed)
        return frozenset().union(*(signs[sign] for sign in chosen))


def person_rules() -> tuple[Rule, ...]:
    """The rules of ``person_rules.csv``, in their order: the first that holds gives the words."""
    return tuple(map(Rule.of, rows("person_rules.csv")))


def person_stage(book: SignBook, rules: Iterable[Rule], reading: Reading) -> Reading:
    """Codes about the person that follow from the signs, each with the words that led to it."""
    languages = tuple(dict.fromkeys((reading.language, *reading.likely)))
    signs = age_signs(reading, languages) | dict(book.find(reading.question, languages, reading.named))
    found: dict[str, dict[str, tuple[frozenset[int], str]]] = {}
    for rule in rules:
        codes = found.setdefault(rule.kind, {})
        is_said = rule.code in codes or (rule.kind in _ONE and codes)
        words = None if is_said else rule.words(signs)
        if words is not None:
            codes[rule.code] = words, rule.reason
    for kind, codes in found.items():
        for code in sorted(codes, key=lambda code: min(codes[code][0])):
            words, reason = codes[code]
            reading = reading.with_codes(kind, {code: words}, kind, reason)
    return replace(reading, who=frozenset[int]().union(*(signs[sign] for sign in WHO & signs.keys())))
