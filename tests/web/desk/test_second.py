"""The second factor: set up with an app, asked at sign-in, each code once, and the way in without a phone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pyotp
import pytest
import sqlalchemy as sa

from service.accounts.entering import set_password
from service.accounts.person import Grant
from service.accounts.store import add_account
from service.app import create_app
from service.database.accounts import account, recovery_code
from service.database.session import reading, writing
from service.web.desk.door import COOKIE
from tests.conftest import FROZEN

pytestmark = pytest.mark.usefixtures("engine")

SENTENCE = "de tram naar zee is blauw"


def _code(secret, seconds=0):
    return pyotp.TOTP(secret).at(FROZEN + timedelta(seconds=seconds))


def _set_up(desk):
    """Set it up as somebody does; gives the secret and the recovery codes."""
    begun = desk.post("/nl/desk/me/second", {"do": "begin"}).get_data(as_text=True)
    secret = re.search(r'name="secret" value="([A-Z2-7]{32})"', begun)[1]
    given = {"do": "confirm", "secret": secret, "code": _code(secret)}
    body = desk.post("/nl/desk/me/second", given).get_data(as_text=True)
    return secret, re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", body)


@pytest.fixture
def guarded(engine, app):
    """Somebody with a password and a second factor; their secret and recovery codes."""
    with writing(engine) as connection:
        email = f"amina-{uuid4().hex[:8]}@zone.example.be"
        made = add_account(
            connection, email, "Amina", "nl", [Grant("coordinator", "bxl-zuid")], FROZEN, active=True
        )
        set_password(connection, made, SENTENCE, FROZEN)
    client = app.test_client()
    client.post("/nl/desk/sign-in", data={"email": email, "password": SENTENCE})
    page = client.get("/nl/desk/me/second").get_data(as_text=True)
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    begun = client.post("/nl/desk/me/second", data={"token": token, "do": "begin"}).get_data(as_text=True)
    secret = re.search(r'name="secret" value="([A-Z2-7]{32})"', begun)[1]
    given = {"token": token, "do": "confirm", "secret": secret, "code": _code(secret, -30)}
    body = client.post("/nl/desk/me/second", data=given).get_data(as_text=True)
    return made, secret, re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", body)


def _knock(client, person):
    """Give e-mail and password; gives the word of the form for the code."""
    client.post("/nl/desk/sign-in", data={"email": person.email, "password": SENTENCE})
    page = client.get("/nl/desk/code").get_data(as_text=True)
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def test_ten_recovery_codes_are_shown_and_only_digests_kept(coordinator, engine):
    _secret, codes = _set_up(coordinator)
    assert len(codes) == 10
    with reading(engine) as connection:
        kept = set(connection.scalars(sa.select(recovery_code.c.digest)))
    assert not any(code in digest for code in codes for digest in kept)


def test_a_wrong_code_turns_nothing_on(coordinator, engine):
    begun = coordinator.post("/nl/desk/me/second", {"do": "begin"}).get_data(as_text=True)
    secret = re.search(r'name="secret" value="([A-Z2-7]{32})"', begun)[1]
    wrong = f"{(int(_code(secret)) + 1) % 1_000_000:06d}"
    answer = coordinator.post("/nl/desk/me/second", {"do": "confirm", "secret": secret, "code": wrong})
    assert answer.status_code == 422
    with reading(engine) as connection:
        assert (
            connection.scalar(sa.select(account.c.totp).where(account.c.id == coordinator.person.id)) is None
        )


def test_a_password_alone_opens_no_page(client, guarded):
    _knock(client, guarded[0])
    answer = client.get("/nl/desk/me")
    assert answer.headers["Location"] == "/nl/desk/code?next=/nl/desk/me"


def test_the_code_opens_the_door_and_gives_the_session_another_word(client, guarded):
    person, secret, _codes = guarded
    token = _knock(client, person)
    before = client.get_cookie(COOKIE).value
    answer = client.post("/nl/desk/code", data={"token": token, "code": _code(secret)})
    assert answer.status_code == 303
    assert client.get_cookie(COOKIE).value != before
    assert client.get("/nl/desk/me").status_code == 200


def test_the_word_that_waited_opens_nothing_afterwards(client, guarded):
    person, secret, _codes = guarded
    token = _knock(client, person)
    before = client.get_cookie(COOKIE).value
    client.post("/nl/desk/code", data={"token": token, "code": _code(secret)})
    client.set_cookie(COOKIE, before)
    assert client.get("/nl/desk/me").headers["Location"].startswith("/nl/desk/sign-in")


def test_no_code_works_twice(app, guarded):
    person, secret, _codes = guarded
    answers = []
    for _ in range(2):
        client = app.test_client()
        token = _knock(client, person)
        answers.append(client.post("/nl/desk/code", data={"token": token, "code": _code(secret)}).status_code)
    assert answers == [303, 422]


def test_a_code_from_before_the_last_one_is_over(app, guarded):
    person, secret, _codes = guarded
    for at, expected in ((0, 303), (-30, 422)):
        client = app.test_client()
        token = _knock(client, person)
        given = {"token": token, "code": _code(secret, at)}
        assert client.post("/nl/desk/code", data=given).status_code == expected


def test_a_recovery_code_works_once(app, guarded):
    person, _secret, codes = guarded
    answers = []
    for _ in range(2):
        client = app.test_client()
        token = _knock(client, person)
        answers.append(client.post("/nl/desk/code", data={"token": token, "code": codes[3]}).status_code)
    assert answers == [303, 422]


def test_after_five_wrong_codes_even_the_right_one_waits(client, guarded):
    person, secret, _codes = guarded
    token = _knock(client, person)
    for _ in range(5):
        client.post("/nl/desk/code", data={"token": token, "code": "000000"})
    assert client.post("/nl/desk/code", data={"token": token, "code": _code(secret)}).status_code == 429


def test_a_form_for_a_code_that_was_forged_is_refused(client, guarded):
    person, secret, _codes = guarded
    _knock(client, person)
    answer = client.post("/nl/desk/code", data={"token": "0" * 32, "code": _code(secret)})
    assert answer.status_code == 403


def test_turning_it_off_takes_a_code(coordinator, engine):
    _secret, codes = _set_up(coordinator)
    refused = coordinator.post("/nl/desk/me/second", {"do": "off", "code": "123"})
    taken = coordinator.post("/nl/desk/me/second", {"do": "off", "code": codes[0]})
    assert (refused.status_code, taken.status_code) == (422, 303)


def test_new_recovery_codes_end_the_earlier_ones(coordinator):
    _secret, codes = _set_up(coordinator)
    body = coordinator.post("/nl/desk/me/second", {"do": "codes", "code": codes[0]}).get_data(as_text=True)
    new = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", body)
    assert len(new) == 10
    assert coordinator.post("/nl/desk/me/second", {"do": "off", "code": codes[1]}).status_code == 422


def test_setting_it_up_signs_out_the_other_browsers(app, engine, guarded):
    person, secret, codes = guarded
    first = app.test_client()
    token = _knock(first, person)
    first.post("/nl/desk/code", data={"token": token, "code": _code(secret)})
    page = first.get("/nl/desk/me/second").get_data(as_text=True)
    word = re.search(r'name="token" value="([^"]+)"', page)[1]
    first.post("/nl/desk/me/second", data={"token": word, "do": "off", "code": codes[0]})
    second = app.test_client()
    second.post("/nl/desk/sign-in", data={"email": person.email, "password": SENTENCE})
    begun = first.post("/nl/desk/me/second", data={"token": word, "do": "begin"}).get_data(as_text=True)
    other = re.search(r'name="secret" value="([A-Z2-7]{32})"', begun)[1]
    first.post(
        "/nl/desk/me/second", data={"token": word, "do": "confirm", "secret": other, "code": _code(other)}
    )
    assert first.get("/nl/desk/me").status_code == 200
    assert second.get("/nl/desk/me").status_code == 303


def test_a_role_that_needs_it_leads_to_setting_it_up(settings, coordinator):
    strict = create_app(replace(settings, second_factor_for="coordinator"), lambda: FROZEN).test_client()
    strict.set_cookie(COOKIE, coordinator.token)
    assert strict.get("/nl/desk/me").headers["Location"] == "/nl/desk/me/second"
    assert strict.get("/nl/desk/me/second").status_code == 200


def test_the_qr_code_is_drawn_without_style_and_with_a_name(coordinator):
    begun = coordinator.post("/nl/desk/me/second", {"do": "begin"}).get_data(as_text=True)
    drawn = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", begun, flags=re.S)[0]
    assert "<title>" in drawn
    assert "style=" not in drawn
