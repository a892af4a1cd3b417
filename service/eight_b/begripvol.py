"""Begripvol: will I be met with respect, without having to tell it twice?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Has, Known, Not

_RULE = "eight_bs, begripvol"


def _walk_in(_situation: Situation) -> Faces:
    on_site = Has("channels", frozenset({"on_site"}))
    return Faces(AllOf((on_site, Has("appointment", frozenset({"no", "optional"})))))


def _among_women(situation: Situation) -> Faces | None:
    if "women_only" not in situation.ticks:
        return None
    women = Has("audience", frozenset({"woman", "pregnant"}))
    mixed = Has("audience", frozenset({"everyone", "man"}))
    only = AllOf((women, Not(mixed)))
    men = AllOf((Has("audience", frozenset({"man"})), Not(Has("audience", frozenset({"woman", "everyone"})))))
    return Faces(only, AllOf((Known("audience"), Not(only))), men, asked=True)


def _children(situation: Situation) -> Faces | None:
    if "children_along" not in situation.ticks:
        return None
    return Faces(Has("audience", frozenset({"family", "child", "single_parent"})), asked=True)


CRITERIA = (
    Criterion(
        "walk_in",
        "begripvol",
        ("channels", "appointment"),
        (),
        _walk_in,
        {
            "pass": "You can simply walk in",
            "unknown": "Nobody noted how you are received",
        },
        _RULE + ": walk-in",
    ),
    Criterion(
        "women_only",
        "begripvol",
        ("audience",),
        ("ticks",),
        _among_women,
        {
            "pass": "Among women",
            "attention": "Not among women only",
            "barrier": "For men",
            "unknown": "Nobody noted for whom it is",
        },
        _RULE + ": wished conditions met",
    ),
    Criterion(
        "children_along",
        "begripvol",
        ("audience",),
        ("ticks",),
        _children,
        {
            "pass": "Families are welcome",
            "unknown": "Nobody noted whether children can come along",
        },
        _RULE + ": wished conditions met",
    ),
)
