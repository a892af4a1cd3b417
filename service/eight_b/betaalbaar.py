"""Betaalbaar: can I pay it, in money and in effort?"""

from __future__ import annotations

from service.eight_b.criterion import NEVER, Criterion, Faces
from service.eight_b.says import LATEST, at_most, has, known_not, no, yes
from service.eight_b.situation import Situation
from service.model import terms
from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf

_RULE = "eight_bs, betaalbaar"
_CENT = 0.01


def _price(situation: Situation) -> Faces:
    free = OneOf((has("cost", "free"), Between("amount", 0, 0)))
    priced = OneOf((has("cost", "fixed", "deposit"), Between("amount", _CENT, LATEST)))
    paid = AllOf((priced, Not(free)))
    by_income = has("cost", "by_income")
    if situation.budget is None and "free" not in situation.ticks:
        return Faces(free, AllOf((OneOf((by_income, paid)), Not(free))))
    budget = 0.0 if "free" in situation.ticks else situation.budget or 0.0
    within = OneOf((free, at_most("amount", budget)))
    eased = OneOf((by_income, _reduced_for(situation, budget), yes("ocmw_pays")))
    beyond = paid if budget == 0 else Between("amount", budget + _CENT / 2, LATEST)
    return Faces(within, AllOf((eased, Not(within))), AllOf((beyond, Not(within), Not(eased))), asked=True)


def _reduced_for(situation: Situation, budget: float) -> Clause:
    """A reduced price that the person has a right to, as far as anybody knows within the limit."""
    if not situation.tariffs:
        return NEVER
    fitting = OneOf((at_most("reduced_amount", budget), Not(Known("reduced_amount"))))
    mine = Has("reduced", situation.tariffs)
    return mine if budget == 0 else AllOf((mine, fitting))


def _reduced(situation: Situation) -> Faces:
    paying = Not(OneOf((has("cost", "free"), Between("amount", 0, 0))))
    if situation.tariffs:
        mine = Has("reduced", situation.tariffs)
        return Faces(mine, known_not("reduced", mine), applies=paying)
    some = Has("reduced", frozenset(terms.values("reduced_tariff")) - {"none"})
    return Faces(some, applies=AllOf((paying, Not(has("reduced", "none")))))


def _extra_costs(_situation: Situation) -> Faces:
    some = Has("extra_costs", frozenset(terms.values("extra_cost")) - {"none"})
    return Faces(known_not("extra_costs", some), some)


def _explained(_situation: Situation) -> Faces:
    costs = AllOf((Known("cost"), Not(has("cost", "free"))))
    explained = OneOf((has("stated", "price_note"), Known("amount")))
    return Faces(explained, Not(explained), applies=costs)


def _cancellation(_situation: Situation) -> Faces:
    return Faces(no("cancellation_fee"), yes("cancellation_fee"))


def _ocmw(situation: Situation) -> Faces | None:
    if "free" not in situation.ticks and situation.budget is None:
        return None
    paying = Not(OneOf((has("cost", "free"), Between("amount", 0, 0))))
    return Faces(yes("ocmw_pays"), no("ocmw_pays"), applies=paying)


CRITERIA = (
    Criterion(
        "price",
        "betaalbaar",
        ("cost", "amount", "reduced", "reduced_amount", "ocmw_pays"),
        ("budget", "tariffs"),
        _price,
        {
            "pass": "Free, or no more than you can pay",
            "attention": "You pay something",
            "barrier": "Costs more than you can pay",
            "unknown": "The price is not known",
        },
        _RULE + ": free or within the person's limit, reduced tariff, neither",
        frozenset({"free"}),
        {"pass": "Free"},
    ),
    Criterion(
        "reduced",
        "betaalbaar",
        ("cost", "amount", "reduced"),
        ("tariffs",),
        _reduced,
        {
            "pass": "There is a reduced price",
            "attention": "No reduced price for the card or right you have",
            "unknown": "Nobody noted whether there is a reduced price",
        },
        _RULE + ": reduced tariff the person can get",
    ),
    Criterion(
        "extra_costs",
        "betaalbaar",
        ("extra_costs",),
        (),
        _extra_costs,
        {
            "pass": "No extra costs",
            "attention": "There are extra costs",
            "unknown": "Nobody noted whether there are extra costs",
        },
        _RULE + ": hidden costs named",
    ),
    Criterion(
        "price_explained",
        "betaalbaar",
        ("cost", "price_note", "amount"),
        (),
        _explained,
        {
            "pass": "The price is explained",
            "attention": "The amount is not written down",
        },
        _RULE + ": amount and per what",
    ),
    Criterion(
        "cancellation",
        "betaalbaar",
        ("cancellation_fee",),
        (),
        _cancellation,
        {
            "pass": "Cancelling costs nothing",
            "attention": "Cancelling late costs money",
            "unknown": "Nobody noted whether cancelling costs money",
        },
        _RULE + ": cancellation fee",
    ),
    Criterion(
        "ocmw_pays",
        "betaalbaar",
        ("ocmw_pays", "cost", "amount"),
        ("budget",),
        _ocmw,
        {
            "pass": "The OCMW or CPAS can pay",
            "attention": "The OCMW or CPAS does not pay this",
            "unknown": "Nobody noted whether the OCMW or CPAS can pay",
        },
        _RULE + ": payment by OCMW or CPAS",
        frozenset({"free"}),
    ),
)
