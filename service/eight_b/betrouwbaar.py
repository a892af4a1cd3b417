"""Betrouwbaar: can I trust it, and can I trust this listing?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.situation import Situation
from service.eight_b.thresholds import threshold
from service.model.clauses import AllOf, Between, Has, Known, Not

_RULE = "eight_bs, betrouwbaar"
_ALWAYS = 1e9  # days; later than any date


def _verified(situation: Situation) -> Faces:
    fresh = Between("checked_on", _days_ago(situation, "verified_days"), _ALWAYS)
    old = AllOf(
        (Known("checked_on"), Not(Between("checked_on", _days_ago(situation, "verified_old_days"), _ALWAYS)))
    )
    return Faces(fresh, AllOf((Known("checked_on"), Not(fresh))), old)


def _days_ago(situation: Situation, name: str) -> float:
    return situation.today - threshold(name)


def _source(situation: Situation) -> Faces:
    recent = Between("said_on", _days_ago(situation, "source_days"), _ALWAYS)
    return Faces(recent, AllOf((Known("said_on"), Not(recent))))


def _confirmed(_situation: Situation) -> Faces:
    return Faces(
        Has("readiness", frozenset({"ready", "undated"})), Has("readiness", frozenset({"lead", "older"}))
    )


def _anonymous(situation: Situation) -> Faces | None:
    if "anonymous" not in situation.ticks:
        return None
    return Faces(
        Has("anonymous", frozenset({"yes"})), barrier=Has("anonymous", frozenset({"no"})), asked=True
    )


CRITERIA = (
    Criterion(
        "verified",
        "betrouwbaar",
        ("checked_on",),
        ("today",),
        _verified,
        {
            "pass": "Checked in the last 6 months",
            "attention": "Checked more than 6 months ago",
            "barrier": "Checked more than a year ago",
            "unknown": "Nobody has checked this yet",
        },
        _RULE + ": verified within 6 months, 12, longer",
    ),
    Criterion(
        "source",
        "betrouwbaar",
        ("said_on",),
        ("today",),
        _source,
        {
            "pass": "From a source of the last 2 years",
            "attention": "From a source of more than 2 years ago",
            "unknown": "The source has no date",
        },
        _RULE + ": source named and dated",
    ),
    Criterion(
        "confirmed",
        "betrouwbaar",
        ("readiness",),
        (),
        _confirmed,
        {
            "pass": "The contact is known",
            "attention": "Still to be confirmed",
            "unknown": "Nobody said how certain this is",
        },
        _RULE + ": readiness of the listing",
    ),
    Criterion(
        "anonymous",
        "betrouwbaar",
        ("anonymous",),
        ("ticks",),
        _anonymous,
        {
            "pass": "You can stay anonymous",
            "barrier": "You have to give your name",
            "unknown": "Nobody noted whether you can stay anonymous",
        },
        _RULE + ": anonymous possible when asked for",
    ),
)
