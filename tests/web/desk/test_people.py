"""Bringing people in and letting them go: invitations, roles, and who may do it to whom."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
import sqlalchemy as sa

from service.accounts.links import make_link
from service.accounts.person import Grant
from service.accounts.store import add_account, find_account, find_by_email
from service.database.accounts import account, audit
from service.database.claims import listing
from service.database.overview import listing_zone
from service.database.session import reading, writing
from service.web.desk.door import COOKIE
from tests.conftest import FROZEN

SENTENCE = "de tram naar zee is blauw"


@pytest.fixture
def administrator(desk_client):
    return desk_client("administrator", name="Ada")


def _new_email():
    return f"{uuid4().hex[:10]}@zone.example.be"


def _asked(role="reader", zone="bxl-zuid", **more):
    return {
        "email": _new_email(),
        "name": "Bram Peeters",
        "language": "nl",
        "role": role,
        "zone": zone,
    } | more


def _account(engine, email):
    with reading(engine) as connection:
        return find_by_email(connection, email)


def _organization_in(engine, zone, but_not=None):
    """An organization with offers in a zone, and with none in another."""
    with reading(engine) as connection:
        here = sa.select(listing.c.organization_id).join(listing_zone).where(listing_zone.c.zone == zone)
        there = sa.select(listing.c.organization_id).join(listing_zone).where(listing_zone.c.zone == but_not)
        wanted = here.where(listing.c.state == "published", listing.c.organization_id.not_in(there))
        return connection.scalar(wanted.order_by(listing.c.organization_id).limit(1))


def _mail_to(settings, email):
    for _ in range(100):
        for path in (settings.home / "mailbox").glob("*.eml"):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            if letter["To"] == email:
                return letter
        time.sleep(0.05)
    raise AssertionError("no letter came")


def test_an_invitation_goes_by_letter_and_its_link_leads_to_a_password(
    administrator, settings, client, engine
):
    given = _asked("coordinator")
    assert administrator.post("/nl/desk/people/invite", given).status_code == 303
    plain = _mail_to(settings, given["email"]).get_body(("plain",)).get_content()
    link = re.search(r"http://[^/\s]+(/\S+)", plain)[1]
    assert "Bram Peeters" in client.get(link).get_data(as_text=True)
    assert client.post(link, data={"password": SENTENCE}).status_code == 303
    assert client.get("/nl/desk/me").status_code == 200
    assert _account(engine, given["email"]).state == "active"


def test_an_invitation_works_once(administrator, client, engine):
    with writing(engine) as connection:
        made = add_account(connection, _new_email(), "Els", "nl", [Grant("reader")], FROZEN)
        word = make_link(connection, made.id, "invitation", FROZEN)
    assert client.post(f"/nl/desk/welcome/{word}", data={"way": "letters"}).status_code == 303
    client.delete_cookie(COOKIE)
    assert client.post(f"/nl/desk/welcome/{word}", data={"way": "letters"}).status_code == 410


def test_a_poor_password_leaves_the_invitation_as_it_was(client, engine):
    with writing(engine) as connection:
        made = add_account(connection, _new_email(), "Els", "nl", [Grant("reader")], FROZEN)
        word = make_link(connection, made.id, "invitation", FROZEN)
    assert client.post(f"/nl/desk/welcome/{word}", data={"password": "kort"}).status_code == 422
    assert client.get(f"/nl/desk/welcome/{word}").status_code == 200


def test_an_invitation_is_no_link_to_sign_in(client, engine):
    with writing(engine) as connection:
        made = add_account(connection, _new_email(), "Els", "nl", [Grant("reader")], FROZEN)
        word = make_link(connection, made.id, "invitation", FROZEN)
    assert client.post(f"/nl/desk/arrive/{word}").status_code == 410


def test_sending_it_again_ends_the_first_link(administrator, client, engine):
    with writing(engine) as connection:
        made = add_account(connection, _new_email(), "Els", "nl", [Grant("reader")], FROZEN)
        word = make_link(connection, made.id, "invitation", FROZEN)
    assert administrator.post(f"/nl/desk/people/{made.id}", {"do": "again"}).status_code == 303
    assert client.get(f"/nl/desk/welcome/{word}").status_code == 410


def test_who_coordinates_invites_a_reader_of_their_zone(coordinator, engine):
    given = _asked()
    assert coordinator.post("/nl/desk/people/invite", given).status_code == 303
    assert _account(engine, given["email"]).person.grants == (Grant("reader", "bxl-zuid"),)


REFUSED = {
    "a reader of another zone": {"role": "reader", "zone": "bxl-noord"},
    "a reader of all zones": {"role": "reader", "zone": ""},
    "a coordinator of their own zone": {"role": "coordinator", "zone": "bxl-zuid"},
    "an administrator": {"role": "administrator", "zone": ""},
}


@pytest.mark.parametrize("asked", REFUSED.values(), ids=REFUSED)
def test_who_coordinates_makes_nobody_more_than_that(coordinator, engine, asked):
    given = _asked(**asked)
    assert coordinator.post("/nl/desk/people/invite", given).status_code == 403
    assert _account(engine, given["email"]) is None


def test_who_coordinates_invites_an_editor_of_an_organization_in_their_zone(coordinator, engine):
    theirs = _organization_in(engine, "bxl-zuid")
    given = _asked("editor", "", organization=str(theirs))
    assert coordinator.post("/nl/desk/people/invite", given).status_code == 303
    assert _account(engine, given["email"]).person.grants == (Grant("editor", None, theirs),)


def test_who_coordinates_invites_no_editor_of_an_organization_elsewhere(coordinator, engine):
    elsewhere = _organization_in(engine, "bxl-noord", but_not="bxl-zuid")
    given = _asked("editor", "", organization=str(elsewhere))
    assert coordinator.post("/nl/desk/people/invite", given).status_code == 403


def test_an_organization_is_found_by_words_of_its_name(administrator):
    answer = administrator.post("/nl/desk/people/invite", _asked("editor", "", words="buurtwinkel"))
    assert answer.status_code == 422
    assert re.search(r'name="organization" value="[0-9a-f-]{36}"', answer.get_data(as_text=True))


def test_words_that_no_organization_has_are_told(administrator):
    answer = administrator.post("/nl/desk/people/invite", _asked("editor", "", words="xqzkw"))
    assert answer.status_code == 422
    assert 'name="organization"' not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "fault", [{"email": "no mail"}, {"name": ""}, {"role": "king"}, {"zone": "atlantis"}]
)
def test_what_cannot_be_is_asked_again(administrator, engine, fault):
    given = _asked("coordinator") | fault
    answer = administrator.post("/nl/desk/people/invite", given)
    assert answer.status_code == 422
    assert 'id="fault"' in answer.get_data(as_text=True)
    assert _account(engine, given["email"]) is None


def test_somebody_with_an_account_gets_one_more_role(administrator, coordinator, engine):
    given = _asked() | {"email": coordinator.person.email}
    administrator.post("/nl/desk/people/invite", given)
    held = _account(engine, coordinator.person.email)
    assert set(held.person.grants) == {Grant("coordinator", "bxl-zuid"), Grant("reader", "bxl-zuid")}
    assert held.person.name == "Noor"


@pytest.mark.parametrize("do", ["give", "take"])
def test_another_role_ends_the_sessions(administrator, coordinator, do):
    change = {"do": do, "grant": "coordinator bxl-zuid", "role": "reader", "zone": "bxl-zuid"}
    assert administrator.post(f"/nl/desk/people/{coordinator.person.id}", change).status_code == 303
    assert coordinator.get("/nl/desk/me").headers["Location"].startswith("/nl/desk/sign-in")


def test_who_coordinates_sees_nobody_of_another_zone(coordinator, desk_client):
    other = desk_client("reader", zone="bxl-noord", name="Verborgen Vera")
    assert "Verborgen Vera" not in coordinator.get("/nl/desk/people").get_data(as_text=True)
    assert coordinator.get(f"/nl/desk/people/{other.person.id}").status_code == 403


def test_who_coordinates_does_not_take_a_role_that_is_not_theirs(coordinator, desk_client, engine):
    other = desk_client("coordinator", zone="bxl-zuid")
    change = {"do": "take", "grant": "coordinator bxl-zuid"}
    assert coordinator.post(f"/nl/desk/people/{other.person.id}", change).status_code == 403
    with reading(engine) as connection:
        assert find_account(connection, other.person.id).person.grants


def test_who_coordinates_removes_a_reader_and_no_administrator(coordinator, administrator, desk_client):
    reader = desk_client("reader", zone="bxl-zuid")
    sure = {"do": "remove", "sure": "yes"}
    assert coordinator.post(f"/nl/desk/people/{reader.person.id}", sure).status_code == 303
    assert coordinator.post(f"/nl/desk/people/{administrator.person.id}", sure).status_code == 403


def test_nobody_is_removed_by_one_press(administrator, coordinator, engine):
    administrator.post(f"/nl/desk/people/{coordinator.person.id}", {"do": "remove"})
    assert _account(engine, coordinator.person.email) is not None


def test_the_last_administrator_stays(administrator, engine):
    with writing(engine) as connection:
        others = sa.update(account).where(
            account.c.id != administrator.person.id, account.c.state == "active"
        )
        held = connection.scalars(sa.select(account.c.id).where(account.c.state == "active")).all()
        connection.execute(others.values(state="invited"))
    sure = {"do": "remove", "sure": "yes"}
    gone = administrator.post(f"/nl/desk/people/{administrator.person.id}", sure).status_code
    taken = {"do": "take", "grant": "administrator"}
    less = administrator.post(f"/nl/desk/people/{administrator.person.id}", taken).status_code
    with writing(engine) as connection:
        connection.execute(sa.update(account).where(account.c.id.in_(held)).values(state="active"))
    assert (gone, less) == (422, 422)


def test_only_administrators_help_with_a_lost_second_factor(coordinator, desk_client):
    reader = desk_client("reader", zone="bxl-zuid")
    assert coordinator.post(f"/nl/desk/people/{reader.person.id}", {"do": "second"}).status_code == 403


@pytest.mark.parametrize("where", ["not-an-id", "00000000-0000-0000-0000-000000000000"])
def test_somebody_that_there_is_not(administrator, where):
    assert administrator.get(f"/nl/desk/people/{where}").status_code == 404


def test_every_change_of_a_person_is_written_down_without_a_name(administrator, engine):
    given = _asked()
    administrator.post("/nl/desk/people/invite", given)
    with reading(engine) as connection:
        mine = sa.select(audit).where(audit.c.account_id == administrator.person.id)
        (line,) = connection.execute(mine).all()
    whom = _account(engine, given["email"]).person
    assert (line.action, line.about) == (
        "invited",
        {"account": whom.by, "role": "reader", "zone": "bxl-zuid"},
    )
