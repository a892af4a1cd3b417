"""What nobody knows is listed by how many kinds of searches it would help."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from service.catalogue.gaps import GENERAL, Gap, gaps
from service.config import TIMEZONE
from service.model.listing import Listing, Organization, Service
from service.search.index.document import facts_of

ID = UUID("11111111-1111-1111-1111-111111111111")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=TIMEZONE)
BARE = Listing(
    ID, Organization(ID, "De Voorraadkast"), Service(ID, {"nl": "Voedselpakket"}), zones=("bxl-noord",)
)


def of(listing: Listing, **options: object) -> dict[str, Gap]:
    return {gap.path: gap for gap in gaps([listing], facts_of, NOW, **options)}  # type: ignore[arg-type]


def test_what_was_never_said_is_unknown() -> None:
    assert of(BARE)["cost_option.kind"].state == "unknown"


def test_what_is_known_is_no_gap() -> None:
    assert "cost_option.kind" not in of(replace(BARE, service=replace(BARE.service, cost="free")))


@pytest.mark.parametrize(("minutes", "expected"), [(0, "expired"), (-5, "expired"), (1, None)])
def test_what_ages_is_a_gap_from_the_minute_that_it_expires(minutes: int, expected: str | None) -> None:
    until = NOW + timedelta(minutes=minutes)
    listing = replace(BARE, facts={"service.intake": "open"}, expires={"service.intake": until})
    gap = of(listing).get("service.intake")
    assert (gap.state if gap else None) == expected


def test_what_ages_and_has_no_date_is_undated() -> None:
    assert of(replace(BARE, facts={"service.intake": "open"}))["service.intake"].state == "undated"


def test_what_more_searches_miss_comes_first() -> None:
    found = of(BARE)
    assert found["service.channels"].worth > found["location.wheelchair"].worth


def test_what_is_asked_more_often_weighs_more() -> None:
    once, often = of(BARE), of(BARE, demand={"wheelchair": 10.0})
    assert often["location.wheelchair"].worth == once["location.wheelchair"].worth + 9


def test_where_the_general_view_is_never_asked_it_counts_for_nothing() -> None:
    assert of(BARE, demand={GENERAL: 0.0})["cost_option.kind"].worth < of(BARE)["cost_option.kind"].worth


def test_only_those_of_the_zone_are_listed() -> None:
    assert (of(BARE, zone="bxl-zuid"), bool(of(BARE, zone="bxl-noord"))) == ({}, True)
