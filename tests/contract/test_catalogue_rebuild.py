"""Making everything again, outlines, figures and the checks, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from service.catalogue.boundaries import (
    Changes,
    Outline,
    activate,
    active_generation,
    changes_of,
    generations,
    outlines_of,
    store_generation,
)
from service.catalogue.edits import state_edit
from service.catalogue.freshness import freshness
from service.catalogue.rebuild import rebuild
from service.database import claims, hsds, hsds_terms
from service.database.check import check_database
from service.database.runs import import_run
from service.database.session import reading, writing
from service.errors import NotFound
from tests.contract.catalogue_factory import (
    CITY,
    LATER,
    NOW,
    bring,
    derived,
    found,
    listing_id,
    statement,
)

SQUARE = {"type": "Polygon", "coordinates": [[[4.3, 50.8], [4.4, 50.8], [4.4, 50.9], [4.3, 50.8]]]}
OTHER = {"type": "Polygon", "coordinates": [[[4.3, 50.8], [4.5, 50.8], [4.4, 50.9], [4.3, 50.8]]]}


def problems(engine: Engine) -> list[str]:
    return [check.name for check in check_database(engine) if not check.is_ok and check.name != "room"]


@pytest.mark.parametrize("table", [hsds.service, hsds.location, hsds_terms.attribute, claims.listing])
def test_lost_rows_come_back(engine: Engine, table: sa.Table) -> None:
    bring(engine, statement("a"), statement("b"))
    before = derived(engine)
    with writing(engine) as connection:
        connection.execute(sa.delete(table))
    rebuild(engine, LATER)
    assert derived(engine) == before


def test_spoilt_rows_are_put_right(engine: Engine) -> None:
    bring(engine, statement())
    before = derived(engine)
    with writing(engine) as connection:
        connection.execute(sa.update(hsds.service).values(name="Spoilt"))
        connection.execute(sa.update(claims.listing).values(checksum="spoilt"))
    rebuild(engine, LATER)
    assert derived(engine) == before


def test_rebuild_tells_how_many(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    told: list[int] = []
    assert (rebuild(engine, LATER, progress=told.append), told) == (2, [2])


def test_nothing_is_wrong_after_an_import(engine: Engine) -> None:
    bring(engine, statement())
    assert problems(engine) == []


def test_listing_without_its_rows_is_seen(engine: Engine) -> None:
    bring(engine, statement())
    with writing(engine) as connection:
        connection.execute(sa.delete(hsds.service))
    assert problems(engine) == ["projection"]


def test_open_import_is_seen(engine: Engine) -> None:
    bring(engine, statement())
    with writing(engine) as connection:
        connection.execute(sa.update(import_run).values(state="running"))
    assert problems(engine) == ["imports"]


def test_other_revision_is_seen(engine: Engine) -> None:
    revision = sa.text("UPDATE alembic_version SET version_num = :revision")
    with writing(engine) as connection:
        known = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        connection.execute(revision, {"revision": "0001"})
    try:
        assert problems(engine) == ["revision"]
    finally:
        with writing(engine) as connection:
            connection.execute(revision, {"revision": known})


def test_figures_of_a_source(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    bring(engine, statement("a"), now=LATER)
    with reading(engine) as connection:
        (source,) = freshness(connection).sources
    assert (source.speaking, source.withdrawn, source.heard_at) == (1, 1, LATER)


def test_figures_of_publishers(engine: Engine) -> None:
    bring(engine, statement("a", said_on="2025-11"), statement("b", said_on=None), statement("c"))
    bring(engine, statement("d"), card=CITY)
    with reading(engine) as connection:
        zone, city = freshness(connection).publishers
    assert (zone.name, zone.records, zone.oldest, zone.newest, zone.undated) == (
        "Zorgzone Noord", 3, "2025-11", "2026-08", 1,
    )  # fmt: skip
    assert (city.name, city.records) == ("Stad Brussel", 1)


def test_readiness_is_counted_over_published_listings(engine: Engine) -> None:
    ready, lead = statement("a", service__readiness="ready"), statement("b", service__readiness="lead")
    bring(engine, ready, lead, statement("c", service__readiness="lead"))
    bring(engine, ready, lead, now=LATER)
    with reading(engine) as connection:
        assert freshness(connection).readiness == {"ready": 1, "lead": 1}


def load(engine: Engine, *outlines: Outline, name: str = "2026") -> object:
    with writing(engine) as connection:
        at = NOW + timedelta(minutes=len(generations(connection)))
        return store_generation(connection, outlines, name=name, source="Statbel", now=at)


def test_loaded_outlines_are_not_in_force(engine: Engine) -> None:
    load(engine, Outline("zone", "bxl-noord", "Noord", SQUARE))
    with reading(engine) as connection:
        assert active_generation(connection) is None


def test_a_point_alone_lies_in_the_municipality_of_official_outlines(engine: Engine) -> None:
    drawn = {**SQUARE, "coordinates": [[[4.3, 50.8], [4.4, 50.8], [4.4, 50.9], [4.3, 50.9], [4.3, 50.8]]]}
    alone = dict.fromkeys(("address__street.at.nl", "address__house_number", "address__postal_code"))
    alone["address__municipality"] = None
    for key, point in (("in", [50.85, 4.33]), ("out", [51.0, 4.33])):
        bring(engine, statement(key, location__point=point, **alone), card=replace(CITY, id=key))
    generation = load(engine, Outline("municipality", "21012", "Sint-Jans-Molenbeek", drawn))
    with writing(engine) as connection:
        activate(connection, generation, NOW)  # type: ignore[arg-type]
    rebuild(engine, LATER)
    places = [found(engine, key, replace(CITY, id=key)).listing.location for key in ("in", "out")]
    assert [place and place.municipality for place in places] == ["21012", None]


def test_activated_outlines_take_the_place_of_those_before(engine: Engine) -> None:
    first, second = load(engine, name="2025"), load(engine, name="2026")
    with writing(engine) as connection:
        activate(connection, first, NOW)
        activate(connection, second, LATER)
        assert [each.name for each in generations(connection) if each.active] == ["2026"]


def test_outlines_are_read_back(engine: Engine) -> None:
    outline = Outline("zone", "bxl-noord", "Noord", SQUARE)
    generation = load(engine, outline, Outline("municipality", "21004", "Brussel", OTHER))
    with reading(engine) as connection:
        assert outlines_of(connection, generation, "zone") == {"bxl-noord": outline}


def test_differences_to_the_outlines_in_force(engine: Engine) -> None:
    kept = Outline("zone", "a", None, SQUARE)
    first = load(engine, kept, Outline("zone", "b", None, SQUARE), Outline("zone", "c", None, SQUARE))
    second = load(engine, kept, Outline("zone", "b", None, OTHER), Outline("zone", "d", None, SQUARE))
    with writing(engine) as connection:
        activate(connection, first, NOW)
        assert changes_of(connection, second, "zone") == Changes(("d",), ("c",), ("b",))


def test_unknown_outlines_cannot_be_activated(engine: Engine) -> None:
    with pytest.raises(NotFound), writing(engine) as connection:
        activate(connection, listing_id(), NOW)


def test_hsds_rows_of_a_listing(engine: Engine) -> None:
    bring(engine, statement(cost_option__kind="free", service__languages=["nl", "fr"]))
    rows = derived(engine)
    assert {name: len(each) for name, each in rows.items() if each} == {
        "listing": 1, "organization": 1, "service": 1, "location": 1, "service_at_location": 1, "address": 1,
        "phone": 1, "cost_option": 1, "language": 2, "attribute": 3,
    }  # fmt: skip


def test_service_at_location_has_the_id_of_the_listing(engine: Engine) -> None:
    bring(engine, statement())
    with reading(engine) as connection:
        assert connection.scalar(sa.select(hsds.service_at_location.c.id)) == listing_id()


def test_withdrawn_service_is_inactive(engine: Engine) -> None:
    bring(engine, statement())
    bring(engine, now=LATER)
    with reading(engine) as connection:
        assert connection.scalar(sa.select(hsds.service.c.status)) == "inactive"


def test_organization_of_two_listings_is_one_row(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"), statement("c", organization__name="Het Huis"))
    with reading(engine) as connection:
        names = connection.scalars(sa.select(hsds.organization.c.name).order_by(hsds.organization.c.name))
        assert list(names) == ["De Voorraadkast", "Het Huis"]


def test_organization_that_nobody_names_any_more_is_gone(engine: Engine) -> None:
    bring(engine, statement())
    bring(engine, statement(organization__name="Het Huis"), now=LATER)
    with reading(engine) as connection:
        assert list(connection.scalars(sa.select(hsds.organization.c.name))) == ["Het Huis"]


def test_organization_website_is_known_only_when_said(engine: Engine) -> None:
    bring(engine, statement())
    assert found(engine).listing.organization.website is None


def test_organization_keeps_its_id_when_a_person_corrects_its_name(engine: Engine) -> None:
    bring(engine, statement())
    before = found(engine).listing.organization.id
    with writing(engine) as connection:
        state_edit(
            connection, listing_id(), "organization.name", "Kast vzw", by="Amina", why="asked", now=LATER
        )
    after = found(engine).listing.organization
    assert (after.id, after.name) == (before, "Kast vzw")
