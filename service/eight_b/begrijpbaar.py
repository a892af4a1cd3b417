"""Begrijpbaar: will we understand each other, on paper and at the desk?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Has, Known, Not

_RULE = "eight_bs, begrijpbaar"


def _language(situation: Situation) -> Faces | None:
    if not situation.speaks:
        return Faces(Known("languages"))
    shared = Has("languages", situation.speaks)
    return Faces(shared, barrier=AllOf((Known("languages"), Not(shared))), asked=True)


def _text(situation: Situation) -> Faces:
    if not situation.speaks:
        return Faces(Known("described"))
    mine = Has("described", situation.speaks)
    return Faces(mine, AllOf((Known("described"), Not(mine))))


CRITERIA = (
    Criterion(
        "language",
        "begrijpbaar",
        ("languages",),
        ("speaks",),
        _language,
        {
            "pass": "They speak your language",
            "barrier": "Your language is not among those noted",
            "unknown": "Nobody noted which languages are spoken",
        },
        _RULE + ": a shared language, interpreter, neither",
    ),
    Criterion(
        "text",
        "begrijpbaar",
        ("described",),
        ("speaks",),
        _text,
        {
            "pass": "There is a description in your language",
            "attention": "The description is in another language",
            "unknown": "There is no description yet",
        },
        _RULE + ": a summary exists in the person's language",
    ),
)
