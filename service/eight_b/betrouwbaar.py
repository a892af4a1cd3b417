"""Betrouwbaar: can I trust it, and can I trust this listing?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.says import LATEST, has, known_not, no, wish, yes
from service.eight_b.situation import Situation
from service.eight_b.thresholds import threshold
from service.model.clauses import AllOf, Between, Known, Not, OneOf

_RULE = "eight_bs, betrouwbaar"


def _verified(situation: Situation) -> Faces:
    fresh = Between("checked_on", _days_ago(situation, "verified_days"), LATEST)
    usable = Between("checked_on", _days_ago(situation, "verified_old_days"), LATEST)
    return Faces(fresh, known_not("checked_on", fresh), known_not("checked_on", usable))


def _days_ago(situation: Situation, name: str) -> float:
    return situation.today - threshold(name)


def _source(situation: Situation) -> Faces:
    recent = Between("said_on", _days_ago(situation, "source_days"), LATEST)
    return Faces(recent, known_not("said_on", recent))


def _confirmed(_situation: Situation) -> Faces:
    return Faces(has("readiness", "ready", "undated"), has("readiness", "lead", "older"))


def _anonymous(situation: Situation) -> Faces | None:
    if "anonymous" not in situation.ticks:
        return None
    named = OneOf((no("anonymous"), yes("identity_check")))
    return Faces(AllOf((yes("anonymous"), Not(yes("identity_check")))), barrier=named, asked=True)


def _recognised(situation: Situation) -> Faces:
    ended = known_not("recognised_until", Between("recognised_until", situation.today, LATEST))
    recognised = OneOf((has("stated", "recognised"), Known("recognised_until")))
    return Faces(recognised, ended)


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
        ("anonymous", "identity_check"),
        (),
        _anonymous,
        {
            "pass": "You can stay anonymous",
            "barrier": "They ask your name",
            "unknown": "Nobody noted whether you can stay anonymous",
        },
        _RULE + ": anonymous possible when asked for",
        frozenset({"anonymous"}),
    ),
    Criterion(
        "recognised",
        "betrouwbaar",
        ("recognised", "recognised_until"),
        ("today",),
        _recognised,
        {
            "pass": "Recognised by an authority",
            "attention": "The recognition has ended",
            "unknown": "Nobody noted whether it is recognised",
        },
        _RULE + ": recognised by whom until when",
    ),
    Criterion(
        "secrecy",
        "betrouwbaar",
        ("secrecy",),
        (),
        wish("secrecy", "discreet"),
        {
            "pass": "What you say stays between you",
            "attention": "No professional secrecy",
            "unknown": "Nobody noted whether there is professional secrecy",
        },
        _RULE + ": professional secrecy",
        frozenset({"discreet"}),
    ),
    Criterion(
        "complaint",
        "betrouwbaar",
        ("complaint_route",),
        (),
        lambda _situation: Faces(has("stated", "complaint_route")),
        {
            "pass": "It is clear where to go with a complaint",
            "unknown": "Nobody noted where to go with a complaint",
        },
        _RULE + ": complaint route",
    ),
)
