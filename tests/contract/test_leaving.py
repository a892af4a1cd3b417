"""Somebody leaves: neither their name nor their e-mail stands anywhere afterwards, and their work stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import sqlalchemy as sa

from service.accounts.audit import note
from service.accounts.entering import Door, enter_by_password, set_password
from service.accounts.granting import invite, invite_again, remove
from service.accounts.leaving import BY, remove_account
from service.accounts.links import make_link
from service.accounts.person import Grant
from service.accounts.second import new_recovery_codes
from service.accounts.store import add_account, find_account, names_of
from service.catalogue.edits import edits_of, state_edit
from service.config import Settings
from service.database.accounts import account, recovery_code, session
from service.database.schema import metadata
from service.database.session import reading, writing
from service.mail.letter import Letter
from service.mail.marks import mark_bounced
from service.mail.send import deliver, post
from tests.contract.catalogue_factory import bring, listing_id, statement

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EMAIL, NAME = "roza.vermeersch@zone.example.be", "Roza Vermeersch"
SENTENCE = "de tram naar zee is blauw"


@pytest.fixture
def boss(engine):
    with writing(engine) as connection:
        return add_account(
            connection, "boss@zone.example.be", "Baas", "nl", [Grant("administrator")], NOW, active=True
        )


@pytest.fixture
def roza(engine, boss, tmp_path):
    """Somebody who did everything that one can leave traces of."""
    settings = Settings(home=tmp_path)
    bring(engine, statement("pantry"))
    with writing(engine) as connection:
        made, _word = invite(connection, boss, EMAIL, NAME, "nl", Grant("coordinator", "bxl-zuid"), NOW)
        invite_again(connection, boss, made.id, NOW)
        letter = Letter(EMAIL, "invitation", f"Dag {NAME}", f"Dag {NAME}", f"<p>{NAME}</p>", "nl")
        post(connection, letter, NOW)
        post(connection, replace(letter, id=uuid4(), to=EMAIL.upper(), kind="sign_in"), NOW)
        mark_bounced(connection, EMAIL, f"550 {EMAIL} unknown", NOW)
        connection.execute(sa.update(account).where(account.c.id == made.id).values(state="active"))
        set_password(connection, made, SENTENCE, NOW)
        make_link(connection, made.id, "sign_in", NOW)
        new_recovery_codes(connection, settings, made.id)
        note(connection, made, "edit", NOW, listing=listing_id("pantry"))
        for by, role in ((made.by, "coordinator"), (EMAIL, "coordinator"), (NAME, None)):
            state_edit(
                connection, listing_id("pantry"), "phone.numbers", ["+3222123456"], by=by, why="gebeld",
                now=NOW, role=role,
            )  # fmt: skip
    assert enter_by_password(engine, Door(settings, "192.0.2.1", NOW), EMAIL, SENTENCE)
    deliver(engine, settings, NOW)
    return made


def _everything(engine):
    """All that stands in the database, as text in small letters."""
    with reading(engine) as connection:
        rows = [
            repr(row)
            for table in metadata.sorted_tables
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').all()
        ]
    return "\n".join(rows).lower()


def test_neither_name_nor_e_mail_stands_anywhere(engine, boss, roza):
    assert EMAIL in _everything(engine)
    assert NAME.lower() in _everything(engine)
    with writing(engine) as connection:
        remove(connection, boss, roza.id, NOW)
    left = _everything(engine)
    assert [word for word in (EMAIL, "roza", "vermeersch") if word in left] == []


def test_what_they_did_stays_without_a_name(engine, roza):
    with writing(engine) as connection:
        remove_account(connection, roza.id, NOW)
        stated = {each.by for each in edits_of(connection, listing_id("pantry"))}
        assert stated == {roza.by}
        assert names_of(connection, stated) == {roza.by: ""}


def test_nothing_of_them_opens_anything(engine, roza):
    with writing(engine) as connection:
        remove_account(connection, roza.id, NOW)
        for table in (session, recovery_code):
            assert connection.execute(sa.select(table).where(table.c.account_id == roza.id)).first() is None
        closed = find_account(connection, roza.id)
    assert (closed.state, closed.password, closed.totp, closed.person.grants) == ("closed", None, None, ())


def test_the_address_can_be_invited_again(engine, boss, roza):
    with writing(engine) as connection:
        remove_account(connection, roza.id, NOW)
        again, word = invite(connection, boss, EMAIL, NAME, "nl", Grant("reader"), NOW)
    assert word is not None
    assert again.id != roza.id


def test_every_column_that_says_who_is_known():
    assert {f"{column.table.name}.{column.name}" for column in BY} >= {
        "edit.by", "edit.withdrawn_by", "link.by", "link.undone_by", "task.closed_by", "distinction.by",
    }  # fmt: skip
