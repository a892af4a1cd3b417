"""Bekend: do the people it is for know it, under the name they use?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.says import has, known_not, wish
from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Known, Not, OneOf

_RULE = "eight_bs, bekend"
_COMPLETE = ("needs", "audience", "channels", "cost", "appointment", "described")
_PAIRS = (("nl", "fr"), ("nl", "en"), ("fr", "en"), ("nl", "de"), ("fr", "de"), ("en", "de"))


def _complete(_situation: Situation) -> Faces:
    reachable = has("contact", "phone", "email", "address")
    complete = AllOf((reachable, *(Known(column) for column in _COMPLETE)))
    return Faces(complete, Not(complete))


def _materials(_situation: Situation) -> Faces:
    pairs = tuple(AllOf((has("described", a), has("described", b))) for a, b in _PAIRS)
    several = OneOf(pairs)
    return Faces(several, known_not("described", several))


CRITERIA = (
    Criterion(
        "complete",
        "bekend",
        ("contact", *_COMPLETE),
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
        _RULE + ": materials per language",
    ),
    Criterion(
        "outreach",
        "bekend",
        ("outreach",),
        (),
        wish("outreach"),
        {
            "pass": "They go out to meet people",
            "unknown": "Nobody noted whether they go out to meet people",
        },
        _RULE + ": outreach or materials exist",
    ),
    Criterion(
        "other_names",
        "bekend",
        ("other_names",),
        (),
        lambda _situation: Faces(has("stated", "other_names")),
        {
            "pass": "Also known by other names",
            "unknown": "No other names are noted",
        },
        _RULE + ": other names and former names",
    ),
    Criterion(
        "several_sources",
        "bekend",
        ("several_sources",),
        (),
        lambda _situation: Faces(has("stated", "several_sources")),
        {
            "pass": "Several sources mention it",
            "unknown": "One source mentions it so far",
        },
        _RULE + ": listed in which other maps",
    ),
    Criterion(
        "entrance",
        "bekend",
        ("entrance_photo",),
        (),
        lambda _situation: Faces(has("stated", "entrance_photo"), applies=has("channels", "on_site")),
        {
            "pass": "There is a photo of the entrance",
            "unknown": "There is no photo of the entrance yet",
        },
        _RULE + ": recognisable, photo of the entrance (listed under begrijpbaar)",
    ),
)
