"""The room of letters: who may write to whom, campaigns, what was sent, and the local mailbox."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.app import create_app
from service.database.letters import (
    address_mark,
    campaign,
    confirmation,
    confirmation_listing,
    letter,
    zone_letters,
)
from service.database.session import connect_engine, reading, writing
from service.mail.letter import Letter
from service.mail.send import deliver, post
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import Card, bring, listing_id, statement
from tests.web.made_letters import TO as LONG

OWN = Card("written-to", "Own list")
TO = "onthaal@zolder-noord.example.be"
NORTH = "bxl-noord"  # where Laken lies


@pytest.fixture
def engine(settings):
    """A listing in Laken, and no letters before and after."""
    made = connect_engine(settings)
    forget(made)
    said = {"said_on": "2024-01", "contact__email": TO, "service__needs": ["food.cooking"]}
    bring(made, statement("zolder", organization__name="De Zolder", **said), card=OWN)
    yield made
    forget(made)
    made.dispose()


def forget(engine):
    """Take out what the tests of this file sent; the letters of the states stay."""
    ours = sa.select(confirmation.c.id).where(confirmation.c.recipient != LONG)
    letters = sa.select(confirmation.c.letter_id).where(confirmation.c.recipient == LONG)
    with writing(engine) as connection:
        connection.execute(
            sa.delete(confirmation_listing).where(confirmation_listing.c.confirmation_id.in_(ours))
        )
        connection.execute(sa.delete(confirmation).where(confirmation.c.recipient != LONG))
        connection.execute(sa.delete(letter).where(letter.c.id.not_in(letters)))
        for table in (campaign, zone_letters, address_mark):
            connection.execute(sa.delete(table))


@pytest.fixture
def listing(engine):
    return listing_id("zolder", OWN)


def recipients(engine):
    with reading(engine) as connection:
        wanted = sa.select(letter.c.recipient).where(letter.c.recipient != LONG)
        return list(connection.scalars(wanted.order_by(letter.c.written_at)))


def test_the_coordinator_of_the_zone_asks_about_a_listing(engine, listing, desk_client):
    answer = desk_client("coordinator", zone=NORTH).post(f"/nl/desk/ask/{listing}")
    assert (answer.status_code, recipients(engine)) == (303, [TO])


@pytest.mark.parametrize(("role", "zone"), [("coordinator", "bxl-zuid"), ("reader", NORTH)])
def test_others_do_not(engine, listing, desk_client, role, zone):
    answer = desk_client(role, zone=zone).post(f"/nl/desk/ask/{listing}")
    assert (answer.status_code, recipients(engine)) == (403, [])


def test_a_form_of_another_session_sends_nothing(engine, listing, desk_client):
    answer = desk_client("coordinator", zone=NORTH).post(f"/nl/desk/ask/{listing}", {"token": "x"})
    assert (answer.status_code, recipients(engine)) == (403, [])


def test_who_was_asked_today_is_not_asked_again(engine, listing, desk_client):
    desk = desk_client("coordinator", zone=NORTH)
    answers = [desk.post(f"/en/desk/ask/{listing}") for _twice in range(2)]
    assert answers[1].status_code == 409
    assert "They had a letter from us today." in answers[1].get_data(as_text=True)


def test_the_letter_lies_in_the_mailbox_at_once(engine, listing, settings, desk_client):
    before = len(list((settings.home / "mailbox").glob("*.eml")))
    desk_client("coordinator", zone=NORTH).post(f"/nl/desk/ask/{listing}")
    assert len(list((settings.home / "mailbox").glob("*.eml"))) == before + 1


def test_the_room_shows_what_was_sent(engine, listing, desk_client):
    desk = desk_client("coordinator", zone=NORTH)
    desk.post(f"/nl/desk/ask/{listing}")
    page = desk.get("/en/desk/letters").get_data(as_text=True)
    assert TO in page
    assert "sent, no answer yet" in page


def test_the_room_of_another_zone_does_not(engine, listing, desk_client):
    desk_client("coordinator", zone=NORTH).post(f"/nl/desk/ask/{listing}")
    page = desk_client("coordinator", zone="bxl-zuid").get("/en/desk/letters").get_data(as_text=True)
    assert TO not in page


CHOICE = {"zone": NORTH, "need": "food", "freshness": "stale"}


def test_a_campaign_shows_the_letter_first(engine, desk_client):
    page = desk_client("coordinator", zone=NORTH).get("/en/desk/letters/new", query_string=CHOICE)
    assert "/nl/confirm/…/1/change" in page.get_data(as_text=True)
    assert recipients(engine) == []


def test_a_campaign_is_sent_and_told(engine, desk_client):
    desk = desk_client("coordinator", zone=NORTH)
    answer = desk.post("/en/desk/letters/new", CHOICE, follow_redirects=True)
    assert TO in recipients(engine)
    assert re.search(r"<dt>Letters</dt><dd>\d+</dd>", answer.get_data(as_text=True))


def test_a_campaign_of_another_zone_is_refused(engine, desk_client):
    answer = desk_client("coordinator", zone="bxl-zuid").post("/en/desk/letters/new", CHOICE)
    assert (answer.status_code, recipients(engine)) == (403, [])


def test_a_zone_is_turned_on_and_off(engine, desk_client):
    desk = desk_client("coordinator", zone=NORTH)
    states = []
    for form in ({"zone": NORTH, "on": "1"}, {"zone": NORTH}):
        desk.post("/nl/desk/letters/automatic", form)
        with reading(engine) as connection:
            states.append(list(connection.scalars(sa.select(zone_letters.c.zone))))
    assert states == [[NORTH], []]


def test_another_zone_is_not_turned_on(engine, desk_client):
    answer = desk_client("coordinator", zone="bxl-zuid").post(
        "/nl/desk/letters/automatic", {"zone": NORTH, "on": "1"}
    )
    assert answer.status_code == 403


@pytest.fixture
def kept(engine, settings):
    """The name of a letter in the mailbox."""
    made = Letter("noor@zone.example.be", "sign_in", "Dag <b>", "Kom: http://127.0.0.1/nl/x", "", "nl")
    with writing(engine) as connection:
        post(connection, made, FROZEN)
    deliver(engine, settings, FROZEN + timedelta(seconds=1), only=made.id)
    return made.id.hex


def test_an_administrator_reads_the_mailbox(kept, desk_client):
    desk = desk_client("administrator")
    assert kept in desk.get("/nl/desk/mailbox").get_data(as_text=True)
    assert 'href="http://127.0.0.1/nl/x"' in desk.get(f"/nl/desk/mailbox/{kept}").get_data(as_text=True)


def test_a_coordinator_does_not(kept, desk_client):
    desk = desk_client("coordinator", zone=NORTH)
    assert desk.get(f"/nl/desk/mailbox/{kept}").status_code == 404


def test_who_is_not_signed_in_is_led_to_the_door(kept, client):
    assert "/sign-in" in client.get(f"/nl/desk/mailbox/{kept}").headers["Location"]


@pytest.fixture(scope="module")
def demo(settings):
    """The pages as `make demo` serves them."""
    return create_app(replace(settings, mailbox="open"), lambda: FROZEN).test_client()


def ask_demo(demo, where, host="127.0.0.1:8000", address="127.0.0.1", **headers):
    return demo.get(where, headers={"Host": host, **headers}, environ_base={"REMOTE_ADDR": address})


def test_in_the_demo_whoever_sits_there_reads_it(kept, demo):
    assert ask_demo(demo, f"/nl/desk/mailbox/{kept}").status_code == 200


@pytest.mark.parametrize("other", [
    {"host": "evil.example"}, {"address": "192.168.1.7"}, {"X-Forwarded-For": "192.168.1.7"},
])  # fmt: skip
def test_in_the_demo_nobody_else_does(kept, demo, other):
    assert ask_demo(demo, f"/nl/desk/mailbox/{kept}", **other).status_code == 303


def test_a_demo_that_others_reach_keeps_its_mailbox_shut(kept, settings):
    app = create_app(replace(settings, mailbox="open", host="0.0.0.0"), lambda: FROZEN).test_client()
    assert ask_demo(app, f"/nl/desk/mailbox/{kept}").status_code == 303


@pytest.mark.parametrize("name", ["..%2F..%2Fsecret", "x", "0" * 32])
def test_nothing_but_letters_is_read(kept, demo, name):
    assert ask_demo(demo, f"/nl/desk/mailbox/{name}").status_code == 404
