"""Betaalbaar: can I pay it, in money and in effort?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Has, Known, Not

_RULE = "eight_bs, betaalbaar"


def _price(situation: Situation) -> Faces:
    free = Has("cost", frozenset({"free"}))
    by_income = Has("cost", frozenset({"by_income"}))
    paid = Has("cost", frozenset({"fixed", "deposit"}))
    if "free" in situation.ticks:
        return Faces(free, by_income, paid, asked=True)
    return Faces(free, Has("cost", frozenset({"by_income", "fixed", "deposit"})))


def _explained(_situation: Situation) -> Faces:
    costs = AllOf((Known("cost"), Not(Has("cost", frozenset({"free"})))))
    return Faces(Known("price_note"), Not(Known("price_note")), applies=costs)


CRITERIA = (
    Criterion(
        "price",
        "betaalbaar",
        ("cost",),
        ("ticks",),
        _price,
        {
            "pass": "Free",
            "attention": "You pay something",
            "barrier": "Not free",
            "unknown": "The price is not known",
        },
        _RULE + ": free or within the person's limit, reduced tariff, neither",
    ),
    Criterion(
        "price_explained",
        "betaalbaar",
        ("cost", "price_note"),
        (),
        _explained,
        {
            "pass": "The price is explained",
            "attention": "The amount is not written down",
        },
        _RULE + ": hidden costs named",
    ),
)
