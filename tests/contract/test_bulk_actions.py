"""Work on a selection: a preview with numbers, then one go, then back; and the round of phone calls."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from service.catalogue.tasks.refresh import refresh_tasks
from service.config import Settings
from service.database.accounts import audit
from service.database.letters import letter
from service.database.session import reading, writing
from service.database.tasks import task
from service.desk.bulk.batches import batches_of, carry_out, undo
from service.desk.bulk.plans import (
    MOST,
    plan_ask,
    plan_confirm,
    plan_language,
    plan_snooze,
    plan_value,
)
from service.desk.bulk.previews import read_preview
from service.desk.bulk.rounds import round_of
from service.errors import BadValue
from tests.contract.catalogue_factory import (
    NOW,
    SECRETS,
    bring,
    found,
    hidden_statement,
    listing_id,
    statement,
)
from tests.contract.desk_people import ADMINISTRATOR, COORDINATOR

BOTH = [listing_id("pantry"), listing_id("shop")]


@pytest.fixture
def store(engine):
    shop = statement("shop", said_on="2020-01", service__languages=["fr"], contact__email="shop@example.be")
    bring(engine, statement(said_on="2020-01"), shop)
    return engine


def content_of(engine, preview):
    with reading(engine) as connection:
        return read_preview(connection, preview, COORDINATOR, NOW).content


def do(engine, plan, *arguments):
    with writing(engine) as connection:
        preview = plan(connection, COORDINATOR, BOTH, *arguments, NOW)
        return carry_out(connection, Settings(), preview, COORDINATOR, NOW)


def test_a_value_is_previewed_only_where_it_is_new(store):
    with writing(store) as connection:
        preview = plan_value(connection, COORDINATOR, BOTH, "service.appointment", "no", NOW)
    changes = content_of(store, preview)["changes"]
    assert [(each["old"], each["new"]) for each in changes] == [(None, "no"), (None, "no")]
    assert found(store).listing.service.appointment is None


def test_a_value_is_set_and_taken_back(store):
    made = do(store, plan_value, "service.appointment", "no")
    assert found(store, "shop").listing.service.appointment == "no"
    with writing(store) as connection:
        undo(connection, made, COORDINATOR, NOW)
    assert found(store, "shop").listing.service.appointment is None


@pytest.mark.parametrize("path", ["service.name", "address.hidden", "location.zone", "phone.numbers"])
def test_what_is_each_one_s_own_is_set_for_nobody(store, path):
    with pytest.raises(BadValue), writing(store) as connection:
        plan_value(connection, COORDINATOR, BOTH, path, "x", NOW)


def test_a_language_is_added_to_those_that_are_spoken(store):
    do(store, plan_language, "ar")
    assert found(store).listing.service.languages == ("ar",)
    assert found(store, "shop").listing.service.languages == ("fr", "ar")


def test_a_confirmation_makes_both_true_today_and_undo_makes_them_old(store):
    made = do(store, plan_confirm, "phone")
    assert found(store).listing.checked_on == NOW.date()
    with writing(store) as connection:
        undo(connection, made, COORDINATOR, NOW)
    assert found(store).listing.checked_on is None


def test_checks_are_put_off_and_wait_again_after_undo(store):
    refresh_tasks(store, NOW)
    made = do(store, plan_snooze, date(2026, 12, 24))
    states = sa.select(task.c.state, task.c.snoozed_until).where(task.c.kind == "due_check")
    with reading(store) as connection:
        assert {tuple(row) for row in connection.execute(states)} == {("snoozed", date(2026, 12, 24))}
    with writing(store) as connection:
        assert undo(connection, made, COORDINATOR, NOW) == 2
        assert {tuple(row) for row in connection.execute(states)} == {("open", None)}


def test_only_those_with_an_address_are_asked(store):
    with writing(store) as connection:
        preview = plan_ask(connection, COORDINATOR, BOTH, NOW)
    content = content_of(store, preview)
    assert (content["ids"], content["letters"], content["held_up"]) == ([BOTH[1].hex], 1, {"no_address": 1})


def test_asking_writes_one_letter_for_each_address(store):
    do(store, plan_ask)
    with reading(store) as connection:
        assert list(connection.scalars(sa.select(letter.c.recipient))) == ["shop@example.be"]


def test_too_many_at_once_are_refused(store):
    with pytest.raises(BadValue, match="too many"), writing(store) as connection:
        plan_confirm(connection, COORDINATOR, [BOTH[0]] * (MOST + 1), "phone", NOW)


def test_one_s_last_batches_are_kept(store):
    made = do(store, plan_language, "ar")
    with reading(store) as connection:
        assert [each.id for each in batches_of(connection, COORDINATOR)] == [made]
        assert batches_of(connection, ADMINISTRATOR) == []


def test_doing_and_undoing_are_in_the_audit(store):
    made = do(store, plan_language, "ar")
    with writing(store) as connection:
        undo(connection, made, COORDINATOR, NOW)
        told = connection.execute(sa.select(audit.c.action, audit.c.account_id).order_by(audit.c.number))
        assert [tuple(row) for row in told] == [("bulk", COORDINATOR.id), ("bulk_undo", COORDINATOR.id)]


def test_a_round_is_by_organization_with_what_to_ask(store):
    with reading(store) as connection:
        (call,) = round_of(connection, COORDINATOR, BOTH, NOW)
    assert (call.name, call.phones, len(call.stops)) == ("De Voorraadkast", ("+3222123456",), 2)
    assert "service.intake" in call.stops[0].ask
    assert "phone.numbers" not in call.stops[0].ask


def test_what_helps_most_is_called_first(store):
    bring(store, statement("other", organization__name="Vzw B", address__postal_code="1120"),
          statement(said_on="2020-01"))  # fmt: skip
    refresh_tasks(store, NOW + timedelta(days=1))
    with reading(store) as connection:
        calls = round_of(connection, COORDINATOR, [listing_id("other"), listing_id("pantry")], NOW)
    assert [call.name for call in calls] == ["De Voorraadkast", "Vzw B"]


@pytest.mark.parametrize("hidden_too", [False, True])
def test_a_secret_address_is_on_the_list_only_when_chosen(engine, hidden_too):
    bring(engine, hidden_statement())
    with reading(engine) as connection:
        (call,) = round_of(connection, ADMINISTRATOR, [listing_id("shelter")], NOW, hidden_too=hidden_too)
    (stop,) = call.stops
    assert stop.is_secret
    assert any(secret in repr(stop.listing.location) for secret in SECRETS) is hidden_too
