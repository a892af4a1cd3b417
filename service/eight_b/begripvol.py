"""Begripvol: will I be met with respect, without having to tell it twice?"""

from __future__ import annotations

from service.eight_b.criterion import NEVER, Criterion, Faces
from service.eight_b.says import has, known_not, no, wish, yes
from service.eight_b.situation import Situation
from service.model import terms
from service.model.clauses import AllOf, Has, Not, OneOf

_RULE = "eight_bs, begripvol"
_WISHED = _RULE + ": wished conditions met"


def _walk_in(_situation: Situation) -> Faces:
    return Faces(AllOf((has("channels", "on_site"), has("appointment", "no", "optional"))))


def _among_women(situation: Situation) -> Faces | None:
    if "women_only" not in situation.ticks:
        return None
    women = has("audience", "woman", "pregnant")
    mixed = has("audience", "everyone", "man")
    only = OneOf((yes("women_only"), AllOf((women, Not(mixed), Not(no("women_only"))))))
    men = AllOf((has("audience", "man"), Not(has("audience", "woman", "everyone")), Not(yes("women_only"))))
    other = OneOf((no("women_only"), known_not("audience", only)))
    return Faces(only, AllOf((other, Not(only))), men, asked=True)


def _children(situation: Situation) -> Faces:
    welcome = OneOf((yes("children_welcome"), has("audience", "family", "child", "single_parent")))
    if "children_along" not in situation.ticks:
        return Faces(yes("children_welcome"), applies=Not(no("children_welcome")))
    return Faces(welcome, NEVER, no("children_welcome"), asked=True)


def _handover(_situation: Situation) -> Faces:
    named = OneOf((yes("warm_handover"), has("stated", "handover_with")))
    return Faces(named, applies=OneOf((named, Not(no("warm_handover")))))


def _trained(situation: Situation) -> Faces:
    trained = Has("training", frozenset(terms.values("training")) - {"none"})
    met = OneOf((trained, yes("peer_workers")))
    if "no_judgement" in situation.ticks:
        return Faces(met, AllOf((has("training", "none"), Not(met))), asked=True)
    return Faces(trained, applies=Not(has("training", "none")))


def _discreet(situation: Situation) -> Faces:
    neutral, shown = yes("neutral_name"), no("neutral_name")
    if "discreet" in situation.ticks:
        return Faces(OneOf((neutral, yes("anonymous"))), AllOf((shown, Not(yes("anonymous")))), asked=True)
    return Faces(neutral, applies=Not(shown))


def _lgbtq(situation: Situation) -> Faces:
    welcome = OneOf((yes("lgbtq_welcome"), has("audience", "lgbtq")))
    if "lgbtq" in situation.audience:
        return Faces(welcome, AllOf((no("lgbtq_welcome"), Not(welcome))), asked=True)
    return Faces(welcome, applies=OneOf((welcome, Not(no("lgbtq_welcome")))))


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
        "companion",
        "begripvol",
        ("companion",),
        (),
        wish("companion", "companion", against="barrier"),
        {
            "pass": "Somebody can come with you",
            "barrier": "People come alone here",
            "unknown": "Nobody noted whether somebody can come with you",
        },
        _RULE + ": someone may come along",
        frozenset({"companion"}),
    ),
    Criterion(
        "handover",
        "begripvol",
        ("warm_handover", "handover_with"),
        (),
        _handover,
        {
            "pass": "Somebody can take the first step with you",
            "unknown": "Nobody noted who can take the first step with you",
        },
        _RULE + ": a named way to hand over exists",
    ),
    Criterion(
        "peers",
        "begripvol",
        ("peer_workers",),
        (),
        wish("peer_workers"),
        {
            "pass": "People work there who went through it themselves",
            "unknown": "Nobody noted whether people work there who went through it themselves",
        },
        _RULE + ": peer workers",
    ),
    Criterion(
        "trained",
        "begripvol",
        ("training", "peer_workers"),
        (),
        _trained,
        {
            "pass": "The staff have learned about situations like yours",
            "attention": "No special training of the staff",
            "unknown": "Nobody noted what the staff have learned",
        },
        _RULE + ": staff trained in trauma, poverty, intercultural work",
        frozenset({"no_judgement"}),
    ),
    Criterion(
        "women_only",
        "begripvol",
        ("women_only", "audience"),
        (),
        _among_women,
        {
            "pass": "Among women",
            "attention": "Not among women only",
            "barrier": "For men",
            "unknown": "Nobody noted for whom it is",
        },
        _WISHED + ", women only",
        frozenset({"women_only"}),
    ),
    Criterion(
        "lgbtq",
        "begripvol",
        ("lgbtq_welcome", "audience"),
        ("audience",),
        _lgbtq,
        {
            "pass": "LGBTQIA+ people are welcome",
            "attention": "They do not say that LGBTQIA+ people are welcome",
            "unknown": "Nobody noted whether LGBTQIA+ people are welcome",
        },
        _RULE + ": LGBTI+ welcome as declared",
    ),
    Criterion(
        "discreet",
        "begripvol",
        ("neutral_name", "anonymous"),
        (),
        _discreet,
        {
            "pass": "Nobody sees what you come for",
            "attention": "The name on the door says what it is",
            "unknown": "Nobody noted what stands on the door",
        },
        _RULE + ": neutral name on the door",
        frozenset({"discreet"}),
    ),
    Criterion(
        "children_along",
        "begripvol",
        ("children_welcome", "audience"),
        (),
        _children,
        {
            "pass": "Families are welcome",
            "barrier": "Children cannot come along",
            "unknown": "Nobody noted whether children can come along",
        },
        _WISHED + ", children along",
        frozenset({"children_along"}),
    ),
)
