"""Taking in what a source says, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from service.catalogue import intake
from service.catalogue.claims import Statement
from service.catalogue.intake import foresee
from service.catalogue.listings import count_published, iter_listings, published_ids, read_listing
from service.catalogue.outbox import first_position, last_position, prune_outbox, read_outbox
from service.catalogue.runs import Counts
from service.database import hsds
from service.database.claims import source_record, source_record_version
from service.database.runs import import_run, rejected_row
from service.database.session import reading, writing
from service.model.dates import PartialDate
from tests.contract.catalogue_factory import (
    CITY,
    LATER,
    NOW,
    ZONE,
    Card,
    Reject,
    bring,
    derived,
    found,
    listing_id,
    statement,
)


def outbox(engine: Engine, after: int = 0) -> list[object]:
    with reading(engine) as connection:
        return [listing for _position, listing in read_outbox(connection, after)]


def position(engine: Engine) -> int:
    with reading(engine) as connection:
        return last_position(connection)


def test_first_import_creates(engine: Engine) -> None:
    assert bring(engine, statement("a"), statement("b")) == Counts(created=2)


def test_second_import_leaves_unchanged(engine: Engine) -> None:
    bring(engine, statement())
    assert bring(engine, statement(), now=LATER) == Counts(unchanged=1)


def test_second_import_tells_the_index_nothing(engine: Engine) -> None:
    bring(engine, statement())
    before = position(engine)
    bring(engine, statement(), now=LATER)
    assert outbox(engine, before) == []


def test_changed_statement_updates(engine: Engine) -> None:
    bring(engine, statement())
    assert bring(engine, statement(contact__email="info@example.be"), now=LATER) == Counts(updated=1)


def test_changed_date_updates(engine: Engine) -> None:
    bring(engine, statement(said_on="2026-08"))
    bring(engine, statement(said_on="2026-11"), now=LATER)
    assert found(engine).listing.said_on == PartialDate(2026, 11)


def test_earlier_version_is_kept(engine: Engine) -> None:
    bring(engine, statement(phone__numbers=["+3221111111"]))
    bring(engine, statement(phone__numbers=["+3222222222"]), now=LATER)
    with reading(engine) as connection:
        kept = connection.execute(sa.select(source_record_version)).one()
    assert (kept.values["phone.numbers"], kept.replaced_at) == (["+3221111111"], LATER)


def test_raw_record_is_kept(engine: Engine) -> None:
    bring(engine, statement())
    with reading(engine) as connection:
        assert connection.scalar(sa.select(source_record.c.raw)) == {"key": "pantry"}


def test_vanished_record_is_withdrawn(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    assert bring(engine, statement("a"), now=LATER) == Counts(unchanged=1, withdrawn=1)


def test_withdrawn_listing_is_still_found(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    bring(engine, statement("a"), now=LATER)
    assert found(engine, "b").listing.withdrawn


def test_withdrawn_listing_is_not_published(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    bring(engine, statement("a"), now=LATER)
    with reading(engine) as connection:
        assert list(published_ids(connection)) == [listing_id("a")]


def test_by_place_those_of_a_municipality_come_after_one_another(engine: Engine) -> None:
    towns = {"Laken": "21004", "Gent": "44021", "Anderlecht": "21001"}
    told = [(f"{town} {number}", code) for number in range(4) for town, code in towns.items()]
    bring(engine, *(statement(key, address__municipality=code) for key, code in told))
    town_of = {listing_id(key): code for key, code in told}
    with reading(engine) as connection:
        codes = [town_of[each] for each in published_ids(connection, by_place=True)]
    assert len(codes) == len(told)
    assert sum(one != other for one, other in pairwise(codes)) == len(towns) - 1


def test_withdrawal_tells_the_index(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    before = position(engine)
    bring(engine, statement("a"), now=LATER)
    assert outbox(engine, before) == [listing_id("b")]


def test_record_that_comes_back_is_published_again(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    bring(engine, statement("a"), now=LATER)
    assert bring(engine, statement("a"), statement("b"), now=LATER) == Counts(unchanged=1, updated=1)
    assert not found(engine, "b").listing.withdrawn


def test_a_part_of_a_source_withdraws_nothing(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    assert bring(engine, statement("a"), withdraw_missing=False).withdrawn == 0


def test_one_source_does_not_withdraw_another_ones(engine: Engine) -> None:
    bring(engine, statement("a"), card=CITY)
    bring(engine, statement("b"), card=ZONE)
    with reading(engine) as connection:
        assert count_published(connection) == 2


def test_key_that_comes_twice_is_refused_the_second_time(engine: Engine) -> None:
    counts = bring(
        engine, statement(contact__email="one@example.be"), statement(contact__email="two@example.be")
    )
    assert (counts.created, counts.rejected) == (1, 1)
    assert found(engine).listing.email == "one@example.be"


def test_rejects_are_in_the_journal(engine: Engine) -> None:
    assert bring(engine, statement(), Reject()).rejected == 1
    with reading(engine) as connection:
        row = connection.execute(sa.select(rejected_row)).one()
    assert (row.file, row.row, row.column, row.value) == ("list.csv", 3, "phone", "02/")


def test_finished_import_is_in_the_journal(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    with reading(engine) as connection:
        run = connection.execute(sa.select(import_run)).one()
    assert (run.state, run.created, run.finished_at) == ("finished", 2, NOW)


def failing(statements: int) -> Iterator[Statement]:
    for number in range(statements):
        yield statement(f"k{number}")
    raise ConnectionError("the line broke")


def test_whole_batches_before_a_failure_stay(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH", 2)
    with pytest.raises(ConnectionError):
        intake.take(engine, ZONE, failing(5), NOW)
    with reading(engine) as connection:
        assert count_published(connection) == 4


def test_failed_import_withdraws_nothing_and_is_noted(engine: Engine) -> None:
    bring(engine, statement("old"))
    with pytest.raises(ConnectionError):
        intake.take(engine, ZONE, failing(1), LATER)
    with reading(engine) as connection:
        state = sa.select(import_run.c.state).where(import_run.c.started_at == LATER)
        assert (connection.scalar(state), count_published(connection)) == ("failed", 1)


class Killed(BaseException):
    """Stands for a kill -9: nothing after it runs in the transaction."""


def test_killed_batch_leaves_the_state_before_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(engine, statement("a"))
    before = derived(engine)

    def die(*_arguments: object) -> None:
        raise Killed

    monkeypatch.setattr(intake, "note", die)
    with pytest.raises(Killed):
        bring(engine, statement("a", contact__email="new@example.be"), statement("b"), now=LATER)
    assert derived(engine) == before


def test_run_after_a_kill_finishes_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH", 1)
    monkeypatch.setattr(intake, "close_run", lambda *_arguments: None)  # a killed run is never closed
    with pytest.raises(ConnectionError):
        intake.take(engine, ZONE, failing(2), NOW)
    monkeypatch.undo()
    assert bring(engine, statement("k0"), statement("k1"), statement("k2"), now=LATER) == Counts(1, 0, 2)
    with reading(engine) as connection:
        states = connection.scalars(sa.select(import_run.c.state).order_by(import_run.c.started_at))
        assert list(states) == ["broken_off", "finished"]


def test_foresight_counts_what_the_import_will(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"), statement("c"))
    coming = [statement("a"), statement("b", contact__email="b@example.be"), statement("d"), Reject()]
    with reading(engine):
        foreseen = foresee(engine, ZONE, coming)
    assert foreseen == bring(engine, *coming, now=LATER)


def test_foresight_writes_nothing(engine: Engine) -> None:
    foresee(engine, ZONE, [statement()])
    with reading(engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(source_record)) == 0


def test_publisher_of_a_statement_goes_before_that_of_the_source(engine: Engine) -> None:
    said = statement()
    bring(engine, Statement(said.key, said.values, publisher="Straatgids"))
    assert found(engine).listing.provenance["phone.numbers"].speaker == "Straatgids"


def test_source_without_a_publisher_speaks_under_its_name(engine: Engine) -> None:
    bring(engine, statement(), card=Card(publisher=None))
    assert found(engine).listing.provenance["phone.numbers"].speaker == "List of the zone"


def test_changed_card_changes_who_says_so(engine: Engine) -> None:
    bring(engine, statement())
    bring(engine, statement(), card=Card(licence="CC0"), now=LATER)
    assert found(engine).listing.provenance["phone.numbers"].licence == "CC0"


def test_progress_is_told_after_each_batch(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH", 2)
    seen: list[int] = []
    bring(
        engine, *(statement(f"k{n}") for n in range(5)), progress=lambda counts: seen.append(counts.created)
    )
    assert seen == [2, 4, 5]


def test_listings_stream_in_batches(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.catalogue.listings.IDS_AT_ONCE", 3)
    bring(engine, *(statement(f"k{n}") for n in range(8)))
    with reading(engine) as connection:
        ids = [listing.id for listing in iter_listings(connection)]
    assert ids == sorted(listing_id(f"k{n}") for n in range(8))


def test_only_the_listings_asked_for(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    with reading(engine) as connection:
        asked = [listing_id("b"), listing_id("unknown")]
        assert [listing.id for listing in iter_listings(connection, asked)] == [listing_id("b")]


def test_unknown_listing_is_not_found(engine: Engine) -> None:
    with reading(engine) as connection:
        assert read_listing(connection, listing_id("unknown")) is None


def test_outbox_keeps_its_newest_position_when_pruned(engine: Engine) -> None:
    bring(engine, statement("a"), statement("b"))
    with writing(engine) as connection:
        last = last_position(connection)
        assert prune_outbox(connection, last) == 1
        assert (first_position(connection), last_position(connection)) == (last, last)


def test_a_former_name_is_kept(engine: Engine) -> None:
    bring(engine, statement())
    bring(engine, statement(organization__name="Het Kastje"), now=LATER)
    assert found(engine).values["organization.other_names"] == ["De Voorraadkast"]


def test_former_names_add_up(engine: Engine) -> None:
    for name in ("Kast", "Kastje", "Kasteel"):
        bring(engine, statement(**{"service__name.at.nl": name}), now=LATER)
    assert found(engine).values["service.other_names"] == ["Kast", "Kastje"]


def test_a_name_that_comes_back_is_no_former_name(engine: Engine) -> None:
    for name in ("Kast", "Kastje", "Kast"):
        bring(engine, statement(**{"service__name.at.nl": name}), now=LATER)
    assert found(engine).values["service.other_names"] == ["Kastje"]


def test_former_names_stand_in_hsds_as_alternate_names(engine: Engine) -> None:
    bring(engine, statement())
    bring(engine, statement(**{"service__name.at.nl": "Brood"}), now=LATER)
    with reading(engine) as connection:
        assert connection.scalar(sa.select(hsds.service.c.alternate_name)) == "Voedselpakketten"
