"""The door of the desk: who comes in, how, and who does not."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
import sqlalchemy as sa

from service.accounts.entering import set_password
from service.accounts.links import make_link
from service.accounts.person import Grant
from service.accounts.store import add_account
from service.database.accounts import audit, session
from service.database.session import reading, writing
from service.web.desk.door import COOKIE
from tests.conftest import FROZEN

SENTENCE = "de tram naar zee is blauw"


@pytest.fixture
def lotte(engine):
    """A coordinator with a password."""
    with writing(engine) as connection:
        grants = [Grant("coordinator", "bxl-zuid")]
        email = f"lotte-{uuid4().hex[:8]}@zone.example.be"
        made = add_account(connection, email, "Lotte", "nl", grants, FROZEN, active=True)
        set_password(connection, made, SENTENCE, FROZEN)
    return made


def _sign_in(client, email, password, **more):
    return client.post("/nl/desk/sign-in", data={"email": email, "password": password, **more})


def test_a_page_of_the_desk_leads_to_the_sign_in_and_back(client):
    answer = client.get("/nl/desk/me")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/nl/desk/sign-in?next=/nl/desk/me"


def test_the_right_password_opens_the_door(client, lotte):
    answer = _sign_in(client, lotte.email, SENTENCE, next="/nl/desk/me")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/nl/desk/me")
    assert "Lotte" in client.get("/nl/desk/me").get_data(as_text=True)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client, lotte):
    cookie = _sign_in(client, lotte.email, SENTENCE).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_what_is_kept_of_a_session_opens_nothing(client, lotte, engine):
    word = re.search(rf"{COOKIE}=([^;]+)", _sign_in(client, lotte.email, SENTENCE).headers["Set-Cookie"])[1]
    with reading(engine) as connection:
        assert word not in set(connection.scalars(sa.select(session.c.digest)))


@pytest.mark.parametrize("who", ["known", "unknown"])
def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(client, lotte, who):
    email = lotte.email if who == "known" else "nobody@zone.example.be"
    answer = _sign_in(client, email, "iets heel anders dan dat")
    assert answer.status_code == 422
    assert "Set-Cookie" not in answer.headers
    assert 'id="fault"' in answer.get_data(as_text=True)


def test_after_eight_wrong_passwords_even_the_right_one_waits(client, lotte):
    for _ in range(8):
        _sign_in(client, lotte.email, "iets heel anders dan dat")
    assert _sign_in(client, lotte.email, SENTENCE).status_code == 429


def test_a_form_from_another_site_is_refused(client, lotte):
    headers = {"Sec-Fetch-Site": "cross-site"}
    data = {"email": lotte.email, "password": SENTENCE}
    assert client.post("/nl/desk/sign-in", data=data, headers=headers).status_code == 403


def test_a_form_without_the_word_of_the_session_is_refused(coordinator):
    desk = coordinator
    assert desk.client.post("/nl/desk/sign-out", data={"token": "0" * 32}).status_code == 403


def test_who_signs_out_is_out(coordinator):
    desk = coordinator
    desk.post("/nl/desk/sign-out")
    desk.client.set_cookie(COOKIE, desk.token)
    assert desk.get("/nl/desk/me").status_code == 303


def test_the_way_back_never_leads_to_another_site(client, lotte):
    for address in ("https://evil.example/nl/desk/me", "//evil.example/nl/desk", "/nl/desk/..//evil.example"):
        client.delete_cookie(COOKIE)
        answer = _sign_in(client, lotte.email, SENTENCE, next=address)
        assert answer.headers["Location"] == "/nl/desk/in"


def test_a_link_in_a_letter_opens_the_door_once(client, lotte, settings):
    before = set((settings.home / "mailbox").glob("*.eml"))
    assert client.post("/nl/desk/link", data={"email": lotte.email}).status_code == 200
    link = _link_in(_new_letter(settings, before))
    assert "Lotte" in client.get(link).get_data(as_text=True)
    assert client.post(link).status_code == 303
    client.delete_cookie(COOKIE)
    assert client.post(link).status_code == 410


def test_opening_a_link_signs_nobody_in(client, lotte, engine):
    with writing(engine) as connection:
        word = make_link(connection, lotte.id, "sign_in", FROZEN)
    assert "Set-Cookie" not in client.get(f"/nl/desk/arrive/{word}").headers


def test_a_link_of_half_an_hour_ago_is_over(client, lotte, engine):
    with writing(engine) as connection:
        word = make_link(connection, lotte.id, "sign_in", FROZEN - timedelta(minutes=30))
    assert client.post(f"/nl/desk/arrive/{word}").status_code == 410


def test_nobody_learns_who_has_an_account(client, lotte):
    known = client.post("/nl/desk/link", data={"email": lotte.email}).get_data(as_text=True)
    unknown = client.post("/nl/desk/link", data={"email": "nobody@zone.example.be"}).get_data(as_text=True)
    assert known.replace(lotte.email, "") == unknown.replace("nobody@zone.example.be", "")


def test_signing_in_is_written_down_without_an_address(client, lotte, engine):
    _sign_in(client, lotte.email, SENTENCE)
    with reading(engine) as connection:
        row = connection.execute(
            sa.select(audit).where(audit.c.account_id == lotte.id, audit.c.action == "sign_in")
        ).one()
    assert row.about == {"way": "password"}


def test_a_new_password_signs_out_the_other_browser(coordinator):
    desk = coordinator
    answer = desk.post("/nl/desk/me", {"password": SENTENCE})
    assert answer.status_code == 303
    desk.client.set_cookie(COOKIE, desk.token)
    assert desk.get("/nl/desk/me").status_code == 303


def test_a_visitor_gets_no_cookie(client):
    assert "Set-Cookie" not in client.get("/nl/").headers


def test_a_page_of_the_desk_is_kept_nowhere(coordinator):
    assert coordinator.get("/nl/desk/me").headers["Cache-Control"] == "no-store"


def _new_letter(settings, before):
    for _ in range(100):
        new = set((settings.home / "mailbox").glob("*.eml")) - before
        if new:
            return message_from_bytes(new.pop().read_bytes(), policy=policy.default)
        time.sleep(0.05)
    raise AssertionError("no letter came")


def _link_in(letter):
    plain = letter.get_body(("plain",)).get_content()
    return re.search(r"http://[^/\s]+(/\S+)", plain)[1]
