"""Bekend: do the people it is for know it, under the name they use?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Has, Known, Not, OneOf

_RULE = "eight_bs, bekend"
_COMPLETE = ("needs", "audience", "channels", "cost", "appointment", "described")
_PAIRS = (("nl", "fr"), ("nl", "en"), ("fr", "en"), ("nl", "de"), ("fr", "de"), ("en", "de"))


def _complete(_situation: Situation) -> Faces:
    reachable = Has("contact", frozenset({"phone", "email", "address"}))
    complete = AllOf((reachable, *(Known(column) for column in _COMPLETE)))
    return Faces(complete, Not(complete))


def _materials(_situation: Situation) -> Faces:
    several = OneOf(
        tuple(AllOf((Has("described", frozenset({a})), Has("described", frozenset({b})))) for a, b in _PAIRS)
    )
    return Faces(several, AllOf((Known("described"), Not(several))))


CRITERIA = (
    Criterion(
        "complete",
        "bekend",
        ("contact", "needs", "audience", "cost", "appointment"),
        (),
        _complete,
        {
            "pass": "Everything you need to know is written down",
            "attention": "Some things are not written down yet",
        },
        _RULE + ": listing complete (derived)",
    ),
    Criterion(
        "materials",
        "bekend",
        ("described",),
        (),
        _materials,
        {
            "pass": "Described in several languages",
            "attention": "Described in one language",
            "unknown": "There is no description yet",
        },
        _RULE + ": outreach or materials exist",
    ),
)
