"""Beschikbaar: can I get it without a queue, a letter or a condition I cannot meet?"""

from __future__ import annotations

from service.eight_b.criterion import NEVER, Criterion, Faces
from service.eight_b.says import LATEST, at_most, fresh, has, known_not, no, yes
from service.eight_b.situation import Situation
from service.eight_b.thresholds import threshold
from service.model import terms
from service.model.clauses import AllOf, Between, Clause, Has, Known, Not, OneOf

_RULE = "eight_bs, beschikbaar"
_SOON = frozenset({"no_wait", "urgent"})
_LACKS = {
    "no_papers": frozenset({"residence_permit"}),
    "no_address": frozenset({"address_proof", "household_composition"}),
    "no_referral": frozenset({"referral_letter"}),
}
_CLOSED_TO = {
    "no_papers": frozenset({"legal_stay", "registered"}),
    "no_address": frozenset({"address", "registered", "municipality", "zone"}),
}
_NEAR_HERE = ("municipality", "zone")


def _intake(situation: Situation) -> Faces:
    now = fresh("intake", situation)
    open_, limited, stopped = (AllOf((has("intake", each), now)) for each in ("open", "limited", "stopped"))
    return Faces(open_, limited, stopped, asked="no_wait" in situation.ticks)


def _wait_of(column: str, situation: Situation, *, asked: bool) -> Faces:
    now = fresh(column, situation)
    short = AllOf((at_most(column, threshold("wait_short_days")), now))
    fair = AllOf((at_most(column, threshold("wait_long_days")), now))
    return Faces(short, AllOf((fair, Not(short))), AllOf((Known(column), now, Not(fair))), asked=asked)


def _wait(situation: Situation) -> Faces:
    return _wait_of("wait_first", situation, asked=not _SOON.isdisjoint(situation.ticks))


def _wait_start(situation: Situation) -> Faces:
    return _wait_of("wait_start", situation, asked=False)


def _places(situation: Situation) -> Faces:
    now = fresh("places", situation)
    return Faces(AllOf((Between("places", 1, LATEST), now)), AllOf((Between("places", 0, 0), now)))


def _appointment(situation: Situation) -> Faces:
    walk_in = has("appointment", "no", "optional")
    required = has("appointment", "required")
    if "no_appointment" in situation.ticks:
        return Faces(walk_in, barrier=required, asked=True)
    return Faces(walk_in, required)


def _referral(situation: Situation) -> Faces:
    one = has("referral_by", "one_organization")
    some = OneOf((yes("referral"), has("referral_by", "any_worker")))
    free = OneOf((no("referral"), has("referral_by", "none")))
    if "no_referral" in situation.ticks:
        return Faces(free, NEVER, OneOf((one, some)), asked=True)
    return Faces(free, some, one)


def _documents(situation: Situation) -> Faces:
    codes = frozenset(terms.values("document")) - {"none"}
    lacked = frozenset().union(*(_LACKS.get(tick, frozenset()) for tick in situation.ticks))
    if situation.papers is not None:
        lacked |= codes - situation.papers
    shown = situation.papers or frozenset()
    nothing = known_not("documents", Has("documents", codes | {"asked"}))
    enough = known_not("documents", Has("documents", codes - shown | {"asked"}))
    asks = Has("documents", codes | {"asked"})
    asked = bool(lacked)
    if situation.papers is not None:
        met = OneOf((nothing, enough))
        return Faces(met, AllOf((asks, Not(met))), Has("documents", lacked), asked=True)
    return Faces(nothing, asks, Has("documents", lacked) if lacked else NEVER, asked=asked)


def _residence(situation: Situation) -> Faces:
    closed = frozenset().union(*(_CLOSED_TO.get(tick, frozenset()) for tick in situation.ticks))
    anywhere = has("residence", "none")
    others = Has("residence", frozenset(terms.values("residence")) - {"none"})
    met: Clause = anywhere
    if situation.zones:
        elsewhere = Has("residence", frozenset(terms.values("residence")) - {"none", *_NEAR_HERE})
        here = AllOf((has("residence", *_NEAR_HERE), Has("serves", situation.zones), Not(elsewhere)))
        met = OneOf((anywhere, here))
    asked = not situation.ticks.isdisjoint(_CLOSED_TO)
    return Faces(met, AllOf((others, Not(met))), Has("residence", closed) if closed else NEVER, asked=asked)


def _area(situation: Situation) -> Faces | None:
    if not situation.zones:
        return None
    here = Has("serves", situation.zones)
    return Faces(here, known_not("serves", here))


def _season(situation: Situation) -> Faces:
    begun = at_most("valid_from", situation.today)
    ended = at_most("valid_to", situation.today - 1)
    later: Clause = known_not("valid_from", begun)
    running = OneOf((Known("valid_from"), Known("valid_to")))
    return Faces(AllOf((running, Not(ended), Not(later))), later, ended, running)


def _frequency(_situation: Situation) -> Faces:
    limited = has("frequency", "once", "per_day", "per_week", "per_month", "per_year")
    return Faces(has("frequency", "unlimited"), limited, applies=Known("frequency"))


def _round_the_clock(situation: Situation) -> Faces | None:
    if "urgent" not in situation.ticks:
        return None
    soon = AllOf((has("intake", "open"), fresh("intake", situation), has("appointment", "no", "optional")))
    return Faces(OneOf((yes("round_the_clock"), soon)), no("round_the_clock"))


CRITERIA = (
    Criterion(
        "intake",
        "beschikbaar",
        ("intake",),
        ("minute",),
        _intake,
        {
            "pass": "There is room for new people",
            "attention": "There is little room for new people",
            "barrier": "No new people for now",
            "unknown": "Nobody noted lately whether there is room",
        },
        _RULE + ": intake open, limited, stopped; expires in 30 days",
        frozenset({"no_wait"}),
    ),
    Criterion(
        "wait",
        "beschikbaar",
        ("wait_first",),
        ("minute",),
        _wait,
        {
            "pass": "A first talk within a week",
            "attention": "A first talk within a month",
            "barrier": "More than a month until a first talk",
            "unknown": "Nobody noted lately how long you wait for a first talk",
        },
        _RULE + ": wait up to 7 days, 30, longer; expires in 60 days",
        _SOON,
    ),
    Criterion(
        "wait_start",
        "beschikbaar",
        ("wait_start",),
        ("minute",),
        _wait_start,
        {
            "pass": "The help starts within a week",
            "attention": "The help starts within a month",
            "barrier": "More than a month until the help starts",
            "unknown": "Nobody noted lately how long you wait for the help to start",
        },
        _RULE + ": two waits, to a first talk and to the start; expires in 60 days",
    ),
    Criterion(
        "places",
        "beschikbaar",
        ("places",),
        ("minute",),
        _places,
        {
            "pass": "There are free places",
            "attention": "All places are taken",
            "unknown": "Nobody noted lately whether there are free places",
        },
        _RULE + ": capacity; expires in 30 days",
    ),
    Criterion(
        "appointment",
        "beschikbaar",
        ("appointment",),
        (),
        _appointment,
        {
            "pass": "You can come without an appointment",
            "attention": "By appointment",
            "barrier": "Only by appointment",
            "unknown": "Nobody noted whether you need an appointment",
        },
        _RULE + ": walk-in, optional or required appointment",
        frozenset({"no_appointment"}),
    ),
    Criterion(
        "referral",
        "beschikbaar",
        ("referral", "referral_by"),
        (),
        _referral,
        {
            "pass": "You do not need a letter",
            "attention": "Somebody has to refer you",
            "barrier": "Only through another organization",
            "unknown": "Nobody noted whether you need a letter",
        },
        _RULE + ": no referral, any worker's letter, one organisation only",
        frozenset({"no_referral"}),
    ),
    Criterion(
        "documents",
        "beschikbaar",
        ("documents",),
        ("papers",),
        _documents,
        {
            "pass": "You have the papers that are asked, or none are asked",
            "attention": "Papers are asked",
            "barrier": "A paper is asked that you do not have",
            "unknown": "Nobody noted which papers are asked",
        },
        _RULE + ": papers asked are ones the person has",
        frozenset(_LACKS),
        {"pass": "No papers are asked"},
    ),
    Criterion(
        "residence",
        "beschikbaar",
        ("residence", "serves"),
        ("zones",),
        _residence,
        {
            "pass": "Where you live is no problem",
            "attention": "There is a condition on where you live",
            "barrier": "There is a condition on where you live that you do not meet",
            "unknown": "Nobody noted whether it matters where you live",
        },
        _RULE + ": residence condition met",
        frozenset(_CLOSED_TO),
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
        _RULE + ": area served",
    ),
    Criterion(
        "season",
        "beschikbaar",
        ("valid_from", "valid_to"),
        ("today",),
        _season,
        {
            "pass": "It is offered now",
            "attention": "It starts later",
            "barrier": "It has ended",
        },
        _RULE + ": from-to of temporary offers",
    ),
    Criterion(
        "frequency",
        "beschikbaar",
        ("frequency",),
        (),
        _frequency,
        {
            "pass": "You can come as often as you need",
            "attention": "You can come a limited number of times",
        },
        _RULE + ": frequency limit",
    ),
    Criterion(
        "at_once",
        "beschikbaar",
        ("round_the_clock", "intake", "appointment"),
        ("minute",),
        _round_the_clock,
        {
            "pass": "You can get help at once",
            "attention": "Not at every hour",
            "unknown": "Nobody noted whether you get help at once",
        },
        _RULE + ": crisis help day and night",
        frozenset({"urgent"}),
    ),
)
