"""Bruikbaar: does it answer this need, for someone like me?"""

from __future__ import annotations

from service.eight_b.criterion import NEVER, Criterion, Faces
from service.eight_b.says import has, known_not, wish
from service.eight_b.situation import Situation
from service.eight_b.thresholds import threshold
from service.model import terms
from service.model.clauses import AllOf, Between, Has, Not, OneOf

_RULE = "eight_bs, bruikbaar"
_OLDEST = 200.0  # years; beyond any age
_OPPOSITES = (
    ("man", "woman"),
    ("woman", "man"),
)  # a house for women only admits no men
_TICK_HITS = {
    "no_papers": "no_legal_stay",
    "no_address": "no_address",
    "children_along": "children",
    "pet": "pets",
}
_AUDIENCE_HITS = {"man": "men", "woman": "women"}


def _need(situation: Situation) -> Faces | None:
    if not situation.needs:
        return None
    matches = Has("needs", situation.needs)
    return Faces(matches, known_not("needs", matches))


def _audience(situation: Situation) -> Faces:
    everyone = has("audience", "everyone")
    if not situation.audience:
        return Faces(everyone, known_not("audience", everyone))
    mine = OneOf((everyone, Has("audience", situation.audience)))
    other = known_not("audience", mine)
    excluded = OneOf(tuple(_only(theirs) for own, theirs in _OPPOSITES if own in situation.audience))
    return Faces(mine, other, AllOf((other, excluded)))


def _only(code: str) -> AllOf:
    others = frozenset(opposite for pair in _OPPOSITES for opposite in pair) - {code}
    return AllOf((has("audience", code), Not(Has("audience", others))))


def _age(situation: Situation) -> Faces | None:
    if situation.age is None:
        return None
    old_enough = Between("minimum_age", 0, situation.age)
    young_enough = Between("maximum_age", situation.age, _OLDEST)
    too_young = known_not("minimum_age", old_enough)
    too_old = known_not("maximum_age", young_enough)
    return Faces(OneOf((old_enough, young_enough)), barrier=OneOf((too_young, too_old)))


def _exclusions(situation: Situation) -> Faces:
    hits = {code for tick, code in _TICK_HITS.items() if tick in situation.ticks}
    hits |= {code for who, code in _AUDIENCE_HITS.items() if who in situation.audience}
    if situation.age is not None and situation.age < threshold("adult_age"):
        hits.add("under_18")
    if situation.household == "couple":
        hits.add("couples")
    some = Has("exclusions", frozenset(terms.values("exclusion")) - {"none"})
    barrier = Has("exclusions", frozenset(hits)) if hits else NEVER
    return Faces(known_not("exclusions", some), some, barrier)


def _household(situation: Situation) -> Faces | None:
    if situation.household is None:
        return None
    mine = has("household", situation.household)
    return Faces(mine, barrier=known_not("household", mine))


def _diet(situation: Situation) -> Faces | None:
    if not situation.diet:
        return None
    mine = AllOf(tuple(has("diet", each) for each in sorted(situation.diet)))
    return Faces(mine, known_not("diet", mine), asked=True)


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
    Criterion(
        "exclusions",
        "bruikbaar",
        ("exclusions",),
        ("audience", "age", "household"),
        _exclusions,
        {
            "pass": "Nobody is turned away",
            "attention": "Not everybody can come here",
            "barrier": "Not for somebody in your situation",
            "unknown": "Nobody noted who cannot come",
        },
        _RULE + ": no exclusion hits",
        frozenset(_TICK_HITS),
    ),
    Criterion(
        "household",
        "bruikbaar",
        ("household",),
        ("household",),
        _household,
        {
            "pass": "For a household like yours",
            "barrier": "For other households",
            "unknown": "Nobody noted for which households it is",
        },
        _RULE + ": household",
    ),
    Criterion(
        "pets",
        "bruikbaar",
        ("pets",),
        (),
        lambda situation: wish("pets", "pet", against="barrier")(situation) if situation.ticks else None,
        {
            "pass": "Pets are welcome",
            "barrier": "Pets cannot come along",
            "unknown": "Nobody noted whether pets can come along",
        },
        _RULE + ": pets",
        frozenset({"pet"}),
    ),
    Criterion(
        "diet",
        "bruikbaar",
        ("diet",),
        ("diet",),
        _diet,
        {
            "pass": "There is food that fits how you eat",
            "attention": "Other food than you eat",
            "unknown": "Nobody noted which food there is",
        },
        _RULE + ": diet or culture fit for food",
    ),
    Criterion(
        "form_help",
        "bruikbaar",
        ("form_help",),
        (),
        wish("form_help", "paperwork", "rights"),
        {
            "pass": "They help with forms and rights",
            "attention": "No help with forms",
            "unknown": "Nobody noted whether they help with forms",
        },
        _RULE + ": help with forms",
        frozenset({"paperwork", "rights"}),
    ),
    Criterion(
        "combined_offer",
        "bruikbaar",
        ("combined_offer",),
        (),
        wish("combined_offer"),
        {
            "pass": "Several kinds of help in one place",
            "unknown": "Nobody noted whether there is other help in the same place",
        },
        _RULE + ": combined offer",
    ),
)
