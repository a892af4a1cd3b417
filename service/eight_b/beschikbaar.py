"""Beschikbaar: can I get it without a queue, a letter or a condition I cannot meet?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Has, Known, Not

_RULE = "eight_bs, beschikbaar"


def _appointment(situation: Situation) -> Faces:
    walk_in = Has("appointment", frozenset({"no", "optional"}))
    required = Has("appointment", frozenset({"required"}))
    if "no_appointment" in situation.ticks:
        return Faces(walk_in, barrier=required, asked=True)
    return Faces(walk_in, required)


def _referral(_situation: Situation) -> Faces:
    return Faces(Has("referral", frozenset({"no"})), Has("referral", frozenset({"yes"})))


def _documents(situation: Situation) -> Faces | None:
    if "no_papers" not in situation.ticks:
        return None
    # Only the names of papers are known so far, not whether a person without them is helped all the same.
    return Faces(Has("documents", frozenset({"none"})), Has("documents", frozenset({"asked"})), asked=True)


def _area(situation: Situation) -> Faces | None:
    if not situation.zones:
        return None
    here = Has("serves", situation.zones)
    return Faces(here, AllOf((Known("serves"), Not(here))))


CRITERIA = (
    Criterion(
        "appointment",
        "beschikbaar",
        ("appointment",),
        ("ticks",),
        _appointment,
        {
            "pass": "You can come without an appointment",
            "attention": "By appointment",
            "barrier": "Only by appointment",
            "unknown": "Nobody noted whether you need an appointment",
        },
        _RULE + ": walk-in, optional or required appointment",
    ),
    Criterion(
        "referral",
        "beschikbaar",
        ("referral",),
        (),
        _referral,
        {
            "pass": "You do not need a letter",
            "attention": "Somebody has to refer you",
            "unknown": "Nobody noted whether you need a letter",
        },
        _RULE + ": no referral, any worker's letter, one organisation only",
    ),
    Criterion(
        "documents",
        "beschikbaar",
        ("documents",),
        ("ticks",),
        _documents,
        {
            "pass": "No papers are asked",
            "attention": "Papers are asked",
            "unknown": "Nobody noted which papers are asked",
        },
        _RULE + ": papers asked are ones the person has",
    ),
    Criterion(
        "area",
        "beschikbaar",
        ("serves",),
        ("zones",),
        _area,
        {
            "pass": "Also for people of this neighbourhood",
            "attention": "Meant for people of another area",
            "unknown": "Nobody noted for which area it is",
        },
        _RULE + ": residence condition met",
    ),
)
