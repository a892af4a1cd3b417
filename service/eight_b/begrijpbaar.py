"""Begrijpbaar: will we understand each other, on paper and at the desk?"""

from __future__ import annotations

from service.eight_b.criterion import Criterion, Faces
from service.eight_b.says import has, known_not, wish
from service.eight_b.situation import Situation
from service.model.clauses import AllOf, Has, Known, Not, OneOf

_RULE = "eight_bs, begrijpbaar"
_SPOKEN_INTERPRETER = frozenset({"phone", "video", "on_site"})


def _language(situation: Situation) -> Faces:
    if not situation.speaks:
        return Faces(Known("languages"))
    shared = Has("languages", situation.speaks)
    interpreter = Has("interpreter", _SPOKEN_INTERPRETER)
    neither = AllOf((Known("languages"), Not(OneOf((shared, interpreter)))))
    return Faces(shared, AllOf((interpreter, Not(shared))), neither, asked=True)


def _signs(situation: Situation) -> Faces | None:
    if "sign_language" not in situation.ticks:
        return None
    signed = has("languages", "vgt", "sfb")
    interpreter = has("interpreter", "sign")
    return Faces(signed, OneOf((interpreter, known_not("languages", signed))), asked=True)


def _text(situation: Situation) -> Faces:
    if not situation.speaks:
        return Faces(Known("described"))
    mine = Has("described", situation.speaks)
    return Faces(mine, known_not("described", mine))


def _plain(situation: Situation) -> Faces:
    asked = "plain_language" in situation.ticks
    if not situation.speaks:
        return Faces(Known("plain"), asked=asked)
    mine = Has("plain", situation.speaks)
    return Faces(mine, known_not("plain", mine), asked=asked)


def _leaflet(situation: Situation) -> Faces:
    if not situation.speaks:
        return Faces(Known("leaflets"))
    mine = Has("leaflets", situation.speaks)
    return Faces(mine, known_not("leaflets", mine))


CRITERIA = (
    Criterion(
        "language",
        "begrijpbaar",
        ("languages", "interpreter"),
        ("speaks",),
        _language,
        {
            "pass": "They speak your language",
            "attention": "There is an interpreter",
            "barrier": "Your language is not among those noted",
            "unknown": "Nobody noted which languages are spoken",
        },
        _RULE + ": a shared language, interpreter, neither",
        general={"pass": "The languages are noted"},
    ),
    Criterion(
        "sign_language",
        "begrijpbaar",
        ("languages", "interpreter"),
        (),
        _signs,
        {
            "pass": "They use sign language",
            "attention": "Sign language through an interpreter, or not noted among the languages",
            "unknown": "Nobody noted whether sign language is used",
        },
        _RULE + ": sign languages",
        frozenset({"sign_language"}),
    ),
    Criterion(
        "text",
        "begrijpbaar",
        ("described",),
        ("speaks",),
        _text,
        {
            "pass": "There is a description to read",
            "attention": "The description is in another language",
            "unknown": "There is no description yet",
        },
        _RULE + ": a summary exists in the person's language",
    ),
    Criterion(
        "plain_text",
        "begrijpbaar",
        ("plain",),
        ("speaks",),
        _plain,
        {
            "pass": "There is a text in plain words",
            "attention": "The text in plain words is in another language",
            "unknown": "There is no text in plain words yet",
        },
        _RULE + ": plain-language summary per language",
        frozenset({"plain_language"}),
    ),
    Criterion(
        "leaflet",
        "begrijpbaar",
        ("leaflets",),
        ("speaks",),
        _leaflet,
        {
            "pass": "There is a leaflet to read",
            "attention": "The leaflet is in another language",
            "unknown": "Nobody noted in which languages there is a leaflet",
        },
        _RULE + ": languages of the leaflet",
    ),
    Criterion(
        "pictograms",
        "begrijpbaar",
        ("pictograms",),
        (),
        wish("pictograms"),
        {
            "pass": "Explained with pictures",
            "unknown": "Nobody noted whether there are pictures",
        },
        _RULE + ": pictograms",
    ),
    Criterion(
        "mediator",
        "begrijpbaar",
        ("mediator",),
        (),
        wish("mediator"),
        {
            "pass": "Somebody helps to bridge language and culture",
            "unknown": "Nobody noted whether somebody bridges language and culture",
        },
        _RULE + ": mediator",
    ),
)
