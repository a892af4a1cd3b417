"""Bereikbaar: can I get there, in space and in time, and over the threshold?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.says import has, known_not, wish
from service.eight_b.situation import Situation
from service.eight_b.thresholds import threshold
from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf, Within

_RULE = "eight_bs, bereikbaar"
_DIGITAL = frozenset({"email", "chat", "video", "form"})
_PRESENT = frozenset({"on_site", "phone", "home_visit"})
_WITHOUT_PHONE = _DIGITAL | {"on_site", "home_visit"}
_WANTED = {
    "phone": frozenset({"phone"}),
    "online": _DIGITAL,
    "home_visit": frozenset({"home_visit"}),
    "no_phone": _WITHOUT_PHONE,
}
_IDENTIFIED = frozenset({"itsme", "eid"})
_ONLINE = _IDENTIFIED | {"online_booking", "email_address", "smartphone"}
_WHEN = frozenset({"evening", "weekend", "school_hours"})
_WIDEST_CM = 1e6


def _travel(situation: Situation) -> Faces | None:
    if situation.centre is None:
        return None
    usual = threshold("close_minutes" if "nearby" in situation.ticks else "near_minutes")
    limit = situation.minutes or usual
    near = Within(*situation.centre, situation.radius_m(limit))
    far = Within(*situation.centre, situation.radius_m(limit * threshold("far_factor")))
    comes_to_you = has("channels", "home_visit")
    goes = AllOf((_on_site(), Not(comes_to_you)))
    return Faces(near, AllOf((far, Not(near))), AllOf((Known("point"), Not(far))), goes, asked=True)


def _on_site() -> Clause:
    return OneOf((has("channels", "on_site"), Not(Known("channels"))))


def _channel(situation: Situation) -> Faces | None:
    wanted = [codes for tick, codes in _WANTED.items() if tick in situation.ticks]
    if not wanted:
        return None
    without = frozenset() if "no_phone" not in situation.ticks else frozenset({"phone"})
    usable = Has("channels", frozenset().union(*wanted) - without)
    return Faces(usable, barrier=known_not("channels", usable), asked=True)


def _non_digital(situation: Situation) -> Faces:
    present = Has("channels", _PRESENT)
    digital_only = known_not("channels", present)
    if "no_internet" in situation.ticks:
        return Faces(present, barrier=digital_only, asked=True)
    return Faces(present, attention=digital_only)


def _digital_means(situation: Situation) -> Faces:
    needed = Has("digital", _ONLINE)
    nothing = known_not("digital", needed)
    if "no_internet" in situation.ticks:
        return Faces(nothing, barrier=needed)
    if "no_itsme" in situation.ticks:
        identified = Has("digital", _IDENTIFIED)
        return Faces(known_not("digital", identified), barrier=identified, asked=True)
    return Faces(nothing, needed)


def _hours(situation: Situation) -> Faces | None:
    wanted = _WHEN & situation.ticks
    if not wanted:
        return None
    open_then = AllOf(tuple(has("times", each) for each in sorted(wanted)))
    return Faces(open_then, barrier=known_not("times", open_then), asked=True)


def _step_free(situation: Situation) -> Faces:
    limited, no, yes = (has("wheelchair", each) for each in ("limited", "no", "yes"))
    if "wheelchair" in situation.ticks:
        return Faces(yes, limited, no, _on_site(), asked=True)
    return Faces(yes, OneOf((limited, no)), applies=_on_site())


def _door(situation: Situation) -> Faces | None:
    if "wheelchair" not in situation.ticks:
        return None
    wide = Between("door", threshold("door_cm"), _WIDEST_CM)
    enough = Between("door", threshold("door_narrow_cm"), _WIDEST_CM)
    return Faces(wide, AllOf((enough, Not(wide))), known_not("door", enough), _on_site())


def _toilet(situation: Situation) -> Faces | None:
    return wish("toilet", "wheelchair")(situation) if "wheelchair" in situation.ticks else None


def _unasked(faces: Faces | None) -> Faces | None:
    """The same, where not knowing does not matter so much that it hides what is known."""
    return None if faces is None else Faces(faces.passes, faces.attention, faces.barrier, _on_site())


def _stop(situation: Situation) -> Faces | None:
    if situation.ticks.isdisjoint(("wheelchair", "pram")):
        return None
    return _unasked(wish("stop_step_free", "wheelchair", "pram")(situation))


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
        frozenset({"nearby"}),
    ),
    Criterion(
        "channel",
        "bereikbaar",
        ("channels",),
        (),
        _channel,
        {
            "pass": "Can be reached the way you want",
            "barrier": "Cannot be reached the way you want",
            "unknown": "Nobody noted how it can be reached",
        },
        _RULE + ": at least one channel the person can use",
        frozenset(_WANTED),
    ),
    Criterion(
        "non_digital",
        "bereikbaar",
        ("channels",),
        (),
        _non_digital,
        {
            "pass": "You do not need the internet",
            "attention": "Only online",
            "barrier": "Only online",
            "unknown": "Nobody noted how it can be reached",
        },
        _RULE + ": a non-digital way in exists",
        frozenset({"no_internet"}),
    ),
    Criterion(
        "digital_means",
        "bereikbaar",
        ("digital",),
        (),
        _digital_means,
        {
            "pass": "Works without what you do not have online",
            "attention": "Something is needed online first",
            "barrier": "Something is needed online that you do not have",
            "unknown": "Nobody noted whether itsme or online booking is needed",
        },
        _RULE + ": needs itsme or online booking",
        frozenset({"no_internet", "no_itsme"}),
        {"pass": "Nothing is needed online first"},
    ),
    Criterion(
        "hours",
        "bereikbaar",
        ("times",),
        (),
        _hours,
        {
            "pass": "Open when you can come",
            "barrier": "Closed when you can come",
            "unknown": "The opening hours are not known",
        },
        _RULE + ": open at an hour the person can come",
        _WHEN,
    ),
    Criterion(
        "step_free",
        "bereikbaar",
        ("wheelchair", "channels"),
        (),
        _step_free,
        {
            "pass": "Accessible by wheelchair",
            "attention": "Hard to enter by wheelchair",
            "barrier": "Not accessible by wheelchair",
            "unknown": "Nobody noted whether a wheelchair can enter",
        },
        _RULE + ": step-free yes, limited, no",
        frozenset({"wheelchair"}),
    ),
    Criterion(
        "door",
        "bereikbaar",
        ("door", "channels"),
        (),
        _door,
        {
            "pass": "The door is wide enough for a wheelchair",
            "attention": "The door is narrow for a wheelchair",
            "barrier": "The door is too narrow for a wheelchair",
            "unknown": "The width of the door is not known",
        },
        _RULE + ": door width",
        frozenset({"wheelchair"}),
    ),
    Criterion(
        "toilet",
        "bereikbaar",
        ("toilet", "channels"),
        (),
        lambda situation: _unasked(_toilet(situation)),
        {
            "pass": "There is an accessible toilet",
            "attention": "There is no accessible toilet",
            "unknown": "Nobody noted whether there is an accessible toilet",
        },
        _RULE + ": toilet",
        frozenset({"wheelchair"}),
    ),
    Criterion(
        "stop",
        "bereikbaar",
        ("stop_step_free", "channels"),
        (),
        _stop,
        {
            "pass": "There is a stop without steps close by",
            "attention": "The stop close by has steps",
            "unknown": "Nobody noted whether the stop has steps",
        },
        _RULE + ": nearest stop with its own step-free flag",
        frozenset({"wheelchair", "pram"}),
    ),
    Criterion(
        "pram",
        "bereikbaar",
        ("pram", "channels"),
        (),
        lambda situation: (
            wish("pram", "pram", against="barrier")(situation) if "pram" in situation.ticks else None
        ),
        {
            "pass": "You can enter with a pram",
            "barrier": "You cannot enter with a pram",
            "unknown": "Nobody noted whether you can enter with a pram",
        },
        _RULE + ": pram",
        frozenset({"pram"}),
    ),
    Criterion(
        "childcare",
        "bereikbaar",
        ("childcare",),
        (),
        wish("childcare", "childcare"),
        {
            "pass": "There is childcare while you are there",
            "attention": "There is no childcare",
            "unknown": "Nobody noted whether there is childcare",
        },
        _RULE + ": childcare",
        frozenset({"childcare"}),
    ),
)
