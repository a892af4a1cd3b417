"""A table of cases that anybody can read: what is known of an offer, who asks, and the eight verdicts."""

from __future__ import annotations

import csv
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from service.eight_b.facts import Facts
from service.eight_b.screen import CRITERIA, prepare
from service.eight_b.situation import Situation
from service.model import terms
from service.search.index.fields import COLUMNS, features

TABLE = Path(__file__).parent / "data" / "eight_b_cases.csv"
CASES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
TODAY, NOW = 20_781, 3_628_020  # noon of 24 November 2026 in Brussels
HERE = (50.8567, 4.3310)  # Sint-Jans-Molenbeek
METRES_PER_DEGREE = 111_195.0
BIKE_M_PER_MINUTE = 180.0
MINUTES_PER_DAY = 1_440
LIFE_DAYS = {"intake": 30, "places": 30, "wait_first": 60, "wait_start": 60}

GOOD = Facts(
    point=(HERE[0] + 800 / METRES_PER_DEGREE, HERE[1]), channels=("on_site", "phone"),
    times=("day", "evening", "weekend", "school_hours"), wheelchair="yes", digital=("none",), door=95.0,
    intake="open", wait_first=3.0, wait_start=5.0, places=4.0, intake_until=NOW + 9_000.0,
    wait_first_until=NOW + 9_000.0, wait_start_until=NOW + 9_000.0, places_until=NOW + 9_000.0,
    appointment="no", referral_by="none", documents=("none",), residence=("none",), cost="free",
    extra_costs=("none",), needs=("food.parcel",), audience=("everyone",), exclusions=("none",),
    diet=("halal", "vegetarian"), languages=("nl", "fr", "ar"), interpreter=("phone",),
    described=("nl", "fr", "ar"), plain=("nl", "fr", "ar"), leaflets=("nl", "fr", "ar"),
    checked_on=TODAY - 30.0, said_on=TODAY - 30.0, readiness="ready", contact=("phone", "address"),
    training=("trauma",), stated=("recognised", "complaint_route", "other_names"),
    yes=(
        "round_the_clock", "toilet", "pram", "stop_step_free", "childcare", "pets", "form_help", "pictograms",
        "mediator", "anonymous", "secrecy", "companion", "warm_handover", "peer_workers", "lgbtq_welcome",
        "neutral_name", "children_welcome", "outreach",
    ),
    no=("referral", "cancellation_fee", "identity_check"),
)  # fmt: skip
"""An offer of which everything is known, and all of it good."""


def known_facts(start: str, written: str) -> Facts:
    """The facts of a case: where it starts from, changed by what is written."""
    held = {each.name: getattr(GOOD if start == "good" else Facts(), each.name) for each in fields(Facts)}
    for part in filter(None, (each.strip() for each in written.split(";"))):
        name, _, value = part.partition("=")
        word, _, feature = name.rpartition(" ")
        if feature in features():
            held["yes"] = tuple(each for each in held["yes"] if each != feature)
            held["no"] = tuple(each for each in held["no"] if each != feature)
            if value != "unknown":
                held["no" if word == "no" else "yes"] += (feature,)
        else:
            held |= column(name, value)
    return Facts(**held)


def column(name: str, value: str) -> dict[str, Any]:
    """The columns that one written fact fills."""
    if name == "distance":
        metres = re.fullmatch(r"(\d+) m", value)
        return {"point": (HERE[0] + int(metres[1]) / METRES_PER_DEGREE, HERE[1]) if metres else None}
    name = {"checked": "checked_on"}.get(name, name)
    if value == "unknown":
        return {name: () if COLUMNS[name].kind == "set" else None}
    if said := re.fullmatch(r"(\w+) said (\d+) days ago", value):
        until = NOW + (LIFE_DAYS[name] - int(said[2])) * MINUTES_PER_DAY
        return {name: float(said[1]) if said[1].isdigit() else said[1], f"{name}_until": float(until)}
    if day := re.fullmatch(r"(\d+) days (ago|ahead)", value):
        return {name: TODAY + float(day[1]) * (-1 if day[2] == "ago" else 1)}
    if COLUMNS[name].kind == "set":
        return {name: tuple(value.split("+"))}
    return {name: float(value) if COLUMNS[name].kind == "number" else value}


def person(written: str) -> Situation:
    """The situation of a case."""
    who = Situation(TODAY, NOW, radius_m=lambda minutes: minutes * BIKE_M_PER_MINUTE)
    plural = {
        "speaks": "speaks",
        "need": "needs",
        "audience": "audience",
        "tariff": "tariffs",
        "diet": "diet",
    }
    for part in filter(None, (each.strip() for each in written.split(";"))):
        name, _, value = part.partition("=")
        if part == "from here":
            who = replace(who, centre=HERE)
        elif name in plural:
            who = replace(who, **{plural[name]: frozenset(value.split("+"))})
        elif name == "papers":
            who = replace(who, papers=frozenset(value.split("+")))
        elif name in ("minutes", "budget"):
            who = replace(who, **{name: float(value)})
        elif name == "age":
            who = replace(who, age=int(value))
        elif name == "household":
            who = replace(who, household=value)
        else:
            assert name in terms.values("situation"), part
            who = replace(who, ticks=who.ticks | {name})
    return who


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['number']}: {case['about']}")
def test_case(case: dict[str, str]) -> None:
    found = prepare(person(case["situation"])).verdicts(known_facts(case["starts_from"], case["listing"]))
    assert {b: verdict.verdict for b, verdict in found.items()} == {b: case[b] for b in CRITERIA}


def test_there_are_a_hundred() -> None:
    assert len(CASES) >= 100
