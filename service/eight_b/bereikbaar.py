"""Bereikbaar: can I get there, in space and in time, and over the threshold?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.situation import Situation
from service.eight_b.thresholds import threshold
from service.model.clauses import AllOf, Has, Known, Not, OneOf, Within

_RULE = "eight_bs, bereikbaar"
_DIGITAL = frozenset({"email", "chat", "video", "form"})
_PRESENT = frozenset({"on_site", "phone", "home_visit"})
_WANTED = {
    "phone": frozenset({"phone"}),
    "online": _DIGITAL,
    "home_visit": frozenset({"home_visit"}),
}


def _travel(situation: Situation) -> Faces | None:
    if situation.centre is None:
        return None
    limit = situation.minutes or threshold("near_minutes")
    near = Within(*situation.centre, situation.radius_m(limit))
    far = Within(*situation.centre, situation.radius_m(limit * threshold("far_factor")))
    comes_to_you = Has("channels", frozenset({"home_visit"}))
    goes = AllOf(
        (OneOf((Has("channels", frozenset({"on_site"})), Not(Known("channels")))), Not(comes_to_you))
    )
    return Faces(near, AllOf((far, Not(near))), AllOf((Known("point"), Not(far))), goes, asked=True)


def _channel(situation: Situation) -> Faces | None:
    wanted = [codes for tick, codes in _WANTED.items() if tick in situation.ticks]
    if not wanted:
        return None
    usable = Has("channels", frozenset().union(*wanted))
    return Faces(usable, barrier=AllOf((Known("channels"), Not(usable))), asked=True)


def _non_digital(situation: Situation) -> Faces:
    present = Has("channels", _PRESENT)
    digital_only = AllOf((Known("channels"), Not(present)))
    if "no_internet" in situation.ticks:
        return Faces(present, barrier=digital_only, asked=True)
    return Faces(present, attention=digital_only)


def _hours(situation: Situation) -> Faces | None:
    wanted = frozenset({"evening", "weekend"} & situation.ticks)
    if not wanted:
        return None
    open_then = AllOf(tuple(Has("times", frozenset({each})) for each in sorted(wanted)))
    return Faces(open_then, barrier=AllOf((Known("times"), Not(open_then))), asked=True)


def _step_free(situation: Situation) -> Faces:
    asked = "wheelchair" in situation.ticks
    on_site = OneOf((Has("channels", frozenset({"on_site"})), Not(Known("channels"))))
    limited, no = Has("wheelchair", frozenset({"limited"})), Has("wheelchair", frozenset({"no"}))
    yes = Has("wheelchair", frozenset({"yes"}))
    if asked:
        return Faces(yes, limited, no, on_site, asked=True)
    return Faces(yes, OneOf((limited, no)), applies=on_site)


CRITERIA = (
    Criterion(
        "travel",
        "bereikbaar",
        ("point", "channels"),
        ("centre", "minutes", "radius_m"),
        _travel,
        {
            "pass": "Close enough to go to",
            "attention": "Some way to travel",
            "barrier": "Far away",
            "unknown": "The exact place is not known",
        },
        _RULE + ": travel minutes within the person's limit, up to twice, more",
    ),
    Criterion(
        "channel",
        "bereikbaar",
        ("channels",),
        ("ticks",),
        _channel,
        {
            "pass": "Can be reached the way you want",
            "barrier": "Cannot be reached the way you want",
            "unknown": "Nobody noted how it can be reached",
        },
        _RULE + ": at least one channel the person can use",
    ),
    Criterion(
        "non_digital",
        "bereikbaar",
        ("channels",),
        ("ticks",),
        _non_digital,
        {
            "pass": "You do not need the internet",
            "attention": "Only online",
            "barrier": "Only online",
            "unknown": "Nobody noted how it can be reached",
        },
        _RULE + ": a non-digital way in exists",
    ),
    Criterion(
        "hours",
        "bereikbaar",
        ("times",),
        ("ticks",),
        _hours,
        {
            "pass": "Open when you can come",
            "barrier": "Closed when you can come",
            "unknown": "The opening hours are not known",
        },
        _RULE + ": open at an hour the person can come",
    ),
    Criterion(
        "step_free",
        "bereikbaar",
        ("wheelchair", "channels"),
        ("ticks",),
        _step_free,
        {
            "pass": "Accessible by wheelchair",
            "attention": "Hard to enter by wheelchair",
            "barrier": "Not accessible by wheelchair",
            "unknown": "Nobody noted whether a wheelchair can enter",
        },
        _RULE + ": step-free yes, limited, no",
    ),
)
