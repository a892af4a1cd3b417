"""How far a fact is to be trusted and how old it is, on both databases."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine

from service.catalogue.claims import Edit
from service.catalogue.confirm import confirm
from service.catalogue.due import ages_of
from service.catalogue.edits import edits_of, state_edit, withdraw_edit
from service.catalogue.history import history_of
from service.catalogue.rebuild import rebuild
from service.config import TIMEZONE
from service.database.session import reading, writing
from service.errors import BadValue, NotFound
from service.model.provenance import Provenance
from tests.contract.catalogue_factory import (
    CITY,
    LATER,
    NOW,
    ZONE,
    Card,
    bring,
    derived,
    found,
    listing_id,
    statement,
)
from tests.contract.test_catalogue_links import join

PHONE = "phone.numbers"
TODAY = LATER.astimezone(TIMEZONE).date()
PROVIDER = Card("own-site", "De Voorraadkast", "De Voorraadkast", role="provider")


def say_right(engine: Engine, *keys: str, now: Any = LATER, **options: Any) -> list[Edit]:
    said = {"by": "Amina", "why": "rang", "role": "coordinator", "how": "phone", **options}
    with writing(engine) as connection:
        return confirm(connection, listing_id(), keys, now=now, **said)


def who(engine: Engine, key: str = PHONE) -> Provenance:
    return found(engine).listing.provenance[key]


def ages(engine: Engine, today: date = TODAY, zone: str | None = None) -> dict[str, int]:
    with reading(engine) as connection:
        return {state: count for state, count in ages_of(connection, today, zone).states.items() if count}


def test_what_a_source_says_stands_on_its_rung(engine: Engine) -> None:
    bring(engine, statement())
    assert who(engine).trust == "source"


def test_what_a_provider_says_of_itself_is_self_declared(engine: Engine) -> None:
    bring(engine, statement(), card=PROVIDER)
    assert found(engine, card=PROVIDER).listing.provenance[PHONE].trust == "self_declared"


def test_what_a_zone_says_is_confirmed_by_the_zone(engine: Engine) -> None:
    bring(engine, statement(), card=Card(role="zone"))
    assert who(engine).trust == "zone"


def test_what_somebody_checked_stands_highest(engine: Engine) -> None:
    bring(engine, statement())
    say_right(engine, PHONE)
    checked = who(engine)
    assert (checked.trust, checked.how, checked.role, checked.checked_on) == (
        "checked", "phone", "coordinator", TODAY,
    )  # fmt: skip


def test_what_the_zone_knows_without_checking_is_confirmed(engine: Engine) -> None:
    bring(engine, statement())
    say_right(engine, PHONE, how=None)
    confirmed = who(engine)
    assert (confirmed.trust, confirmed.confirmed_on, confirmed.checked_on) == ("zone", TODAY, None)


def test_a_confirmation_changes_no_value_and_no_speaker(engine: Engine) -> None:
    bring(engine, statement())
    before = found(engine)
    say_right(engine)
    after = found(engine)
    assert (after.values, who(engine).speaker, who(engine).kind) == (
        before.values,
        "Zorgzone Noord",
        "source",
    )


def test_one_field_alone_is_confirmed(engine: Engine) -> None:
    bring(engine, statement())
    say_right(engine, PHONE)
    assert who(engine, "contact.website").trust == "source"


def test_a_text_is_confirmed_in_every_language(engine: Engine) -> None:
    bring(engine, statement(**{"service__name.at.fr": "Colis alimentaires"}))
    edits = say_right(engine, "service.name")
    assert {edit.key for edit in edits} == {"service.name@nl", "service.name@fr"}


def test_the_day_of_checking_can_be_earlier(engine: Engine) -> None:
    bring(engine, statement())
    say_right(engine, on=date(2026, 10, 2))
    assert found(engine).listing.checked_on == date(2026, 10, 2)


def test_the_newest_confirmation_counts(engine: Engine) -> None:
    bring(engine, statement())
    say_right(engine, PHONE, on=date(2026, 11, 2), how="visit")
    say_right(engine, PHONE, on=date(2026, 10, 2), how="mail")
    assert who(engine).how == "visit"


def test_a_provider_takes_no_trust_away(engine: Engine) -> None:
    bring(engine, statement())
    say_right(engine, PHONE, role="provider", how=None)
    assert (who(engine).trust, who(engine).confirmed_on) == ("source", TODAY)


def test_a_new_value_is_not_confirmed_by_what_was_said_of_the_old(engine: Engine) -> None:
    bring(engine, statement())
    say_right(engine, PHONE, now=NOW)
    bring(engine, statement(phone__numbers=["+3225551234"]), now=LATER)
    assert (who(engine).trust, found(engine).contradictions) == ("source", (PHONE,))


def test_the_old_value_is_confirmed_again_when_it_comes_back(engine: Engine) -> None:
    bring(engine, statement())
    say_right(engine, PHONE, now=NOW)
    for number in ("+3225551234", "+3222123456"):
        bring(engine, statement(phone__numbers=[number]), now=LATER)
    assert who(engine).trust == "checked"


def test_a_confirmation_follows_the_value_through_a_merge(engine: Engine) -> None:
    bring(engine, statement(), card=ZONE)
    bring(engine, statement("4711"), card=CITY)
    say_right(engine, PHONE)
    join(engine)
    assert found(engine, "4711", CITY).listing.provenance[PHONE].trust == "checked"


def test_a_confirmation_can_be_taken_back(engine: Engine) -> None:
    bring(engine, statement())
    before = found(engine).listing
    (edit,) = say_right(engine, PHONE)
    with writing(engine) as connection:
        withdraw_edit(connection, edit.id, by="Amina", why="wrong number", now=LATER)
    assert found(engine).listing == before


def test_an_edit_says_when_it_was_checked(engine: Engine) -> None:
    bring(engine, statement())
    day = date(2026, 11, 3)
    with writing(engine) as connection:
        state_edit(
            connection, listing_id(), "cost_option.kind", "free", by="Amina", why="asked", now=LATER,
            how="visit", checked_on=day,
        )  # fmt: skip
    assert who(engine, "cost_option.kind").checked_on == day


@pytest.mark.parametrize(
    ("keys", "options", "told"),
    [
        (("cost_option.kind",), {}, "nothing to confirm"),
        (("location.point",), {}, "nothing to confirm"),
        (("cost",), {}, "not a field"),
        ((), {"how": "dream"}, "no way of checking"),
        ((), {"role": "neighbour"}, "role"),
        ((), {"on": date(2027, 1, 1)}, "future"),
        ((), {"by": " "}, "empty"),
    ],
)
def test_a_confirmation_that_cannot_be_is_refused(
    engine: Engine, keys: tuple[str, ...], options: dict[str, Any], told: str
) -> None:
    bring(engine, statement())
    with pytest.raises(BadValue, match=told):
        say_right(engine, *keys, **options)


def test_a_confirmation_of_nothing_is_refused(engine: Engine) -> None:
    with writing(engine) as connection, pytest.raises(NotFound):
        confirm(connection, UUID(int=7), by="A", why="x", role="coordinator", now=NOW)


def test_confirmations_stand_in_the_history(engine: Engine) -> None:
    bring(engine, statement())
    say_right(engine, PHONE)
    with reading(engine) as connection:
        last = history_of(connection, listing_id())[-1]
        assert [edit.confirms for edit in edits_of(connection, listing_id())] == [True]
    assert (last.kind, last.who) == ("confirmed", "coordinator")


def test_a_rebuild_keeps_confirmations_and_days(engine: Engine) -> None:
    bring(engine, statement())
    say_right(engine)
    before = derived(engine)
    rebuild(engine, LATER)
    assert derived(engine) == before


@pytest.mark.parametrize(
    ("said_on", "state"),
    [
        ("2026-08-01", "fresh"),
        ("2026-05-23", "due"),
        ("2026-03-24", "due"),
        ("2026-03-23", "overdue"),
        ("2025-05-23", "stale"),
        (None, "undated"),
    ],
)
def test_a_telephone_number_is_checked_after_six_months(
    engine: Engine, said_on: str | None, state: str
) -> None:
    bring(engine, statement(said_on=said_on))
    assert ages(engine) == {state: 1}


def test_help_at_night_is_checked_after_three_months(engine: Engine) -> None:
    bring(engine, statement(said_on="2026-08-01", service__needs=["housing.shelter"]))
    assert ages(engine) == {"due": 1}


def test_what_changes_slowly_is_checked_after_a_year(engine: Engine) -> None:
    bring(engine, statement(said_on="2025-12-01", phone__numbers=None))
    assert ages(engine) == {"fresh": 1}


def test_a_month_counts_from_its_first_day(engine: Engine) -> None:
    bring(engine, statement(said_on="2026-05"))
    assert ages(engine, date(2026, 11, 1)) == {"due": 1}


def test_what_is_confirmed_is_fresh(engine: Engine) -> None:
    bring(engine, statement(said_on="2020"))
    say_right(engine)
    assert ages(engine) == {"fresh": 1}


def test_what_nobody_dated_is_fresh_once_it_is_checked(engine: Engine) -> None:
    bring(engine, statement(said_on=None))
    say_right(engine)
    assert ages(engine) == {"fresh": 1}


def test_what_is_withdrawn_has_no_age(engine: Engine) -> None:
    bring(engine, statement(), statement("other"))
    bring(engine, statement("other"), now=LATER)
    with reading(engine) as connection:
        counted = ages_of(connection, TODAY)
    assert (counted.published, counted.withdrawn) == (1, 1)


def test_the_ages_of_a_zone(engine: Engine) -> None:
    bring(engine, statement())
    zone = found(engine).listing.zones[0]
    assert (ages(engine, zone=zone), ages(engine, zone="elz-gent")) == ({"fresh": 1}, {})
