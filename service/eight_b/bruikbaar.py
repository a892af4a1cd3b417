"""Bruikbaar: does it answer this need, for someone like me?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Between, Has, Known, Not, OneOf

_RULE = "eight_bs, bruikbaar"
_OLDEST = 200.0  # years; beyond any age
_EXCLUDES = (("man", "woman"), ("woman", "man"))  # a house for women only does not admit men, and the reverse


def _need(situation: Situation) -> Faces | None:
    if not situation.needs:
        return None
    matches = Has("needs", situation.needs)
    return Faces(matches, AllOf((Known("needs"), Not(matches))))


def _audience(situation: Situation) -> Faces:
    everyone = Has("audience", frozenset({"everyone"}))
    if not situation.audience:
        return Faces(everyone, AllOf((Known("audience"), Not(everyone))))
    mine = OneOf((everyone, Has("audience", situation.audience)))
    other = AllOf((Known("audience"), Not(mine)))
    excluded = OneOf(tuple(_only(theirs) for own, theirs in _EXCLUDES if own in situation.audience))
    return Faces(mine, other, AllOf((other, excluded)))


def _only(code: str) -> AllOf:
    others = frozenset(opposite for pair in _EXCLUDES for opposite in pair) - {code}
    return AllOf((Has("audience", frozenset({code})), Not(Has("audience", others))))


def _age(situation: Situation) -> Faces | None:
    if situation.age is None:
        return None
    old_enough = Between("minimum_age", 0, situation.age)
    young_enough = Between("maximum_age", situation.age, _OLDEST)
    too_young = AllOf((Known("minimum_age"), Not(old_enough)))
    too_old = AllOf((Known("maximum_age"), Not(young_enough)))
    return Faces(OneOf((old_enough, young_enough)), barrier=OneOf((too_young, too_old)))


CRITERIA = (
    Criterion(
        "need",
        "bruikbaar",
        ("needs",),
        ("needs",),
        _need,
        {
            "pass": "Helps with what you look for",
            "attention": "Helps with something else in the first place",
            "unknown": "Nobody noted what it helps with",
        },
        _RULE + ": the need matches",
    ),
    Criterion(
        "audience",
        "bruikbaar",
        ("audience",),
        ("audience",),
        _audience,
        {
            "pass": "For people like you",
            "attention": "Meant for a certain group",
            "barrier": "Meant for others only",
            "unknown": "Nobody noted for whom it is",
        },
        _RULE + ": audience and age admit the person",
    ),
    Criterion(
        "age",
        "bruikbaar",
        ("minimum_age", "maximum_age"),
        ("age",),
        _age,
        {
            "pass": "For your age",
            "barrier": "For another age",
            "unknown": "No age limits are known",
        },
        _RULE + ": audience and age admit the person",
    ),
)
