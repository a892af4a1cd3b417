"""The region's own sign-in: who comes in by it, and every way of lying that is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import sqlalchemy as sa
from joserfc.jwk import RSAKey

from service.accounts.links import make_link
from service.accounts.person import Grant
from service.accounts.store import add_account
from service.app import create_app
from service.database.accounts import account, session
from service.database.session import reading, writing
from service.web.desk.door import COOKIE
from tests.conftest import FROZEN
from tests.web.desk.provider import CLIENT, SECRET, serving


@pytest.fixture(scope="module")
def kept():
    with serving(FROZEN) as made:
        yield made


@pytest.fixture
def provider(kept):
    """The provider, honest again."""
    kept.says, kept.signs_with, kept.is_away, kept.email_in_token = {}, None, False, True
    kept.renames_itself, kept.tells = None, {}
    return kept


@pytest.fixture(scope="module")
def region(settings, kept):
    """The pages of a Nabij that has a provider."""
    chosen = replace(
        settings,
        openid_issuer=kept.address,
        openid_client=CLIENT,
        openid_secret=SECRET,
        openid_name="Mijn <b>",
    )
    return create_app(chosen, lambda: FROZEN)


@pytest.fixture
def an(engine):
    with writing(engine) as connection:
        email = f"an-{uuid4().hex[:8]}@zone.example.be"
        return add_account(connection, email, "An", "nl", [Grant("administrator")], FROZEN, active=True)


def _go(client, following="/nl/desk/me"):
    return client.get(f"/nl/desk/openid?next={following}").headers["Location"]


def _sign_in(client, provider, email, **how):
    return client.post("/nl/desk/back", data=provider.visit(_go(client), email, **how))


def _is_out(client):
    return client.get("/nl/desk/me").status_code == 303


def test_the_button_shows_its_name_on_the_sign_in_page(region):
    assert "Mijn &lt;b&gt;" in region.test_client().get("/nl/desk/sign-in").get_data(as_text=True)


def test_without_the_setting_there_is_no_such_page(client):
    assert client.get("/nl/desk/openid").status_code == 404
    assert "/desk/openid" not in client.get("/nl/desk/sign-in").get_data(as_text=True)


def test_what_goes_to_the_provider_is_bound_to_this_browser(region, provider):
    asked = parse_qs(urlsplit(_go(region.test_client())).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert len(asked["state"][0]) >= 32
    assert len(asked["nonce"][0]) >= 32
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/desk/back"]


def test_a_verified_address_with_an_account_comes_in(region, provider, an):
    client = region.test_client()
    answer = _sign_in(client, provider, an.email.upper())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/nl/desk/me")
    assert "An" in client.get("/nl/desk/me").get_data(as_text=True)


def test_coming_back_changes_nothing_until_the_button_is_pressed(region, provider, an, engine):
    client = region.test_client()
    given = provider.visit(_go(client), an.email)
    first = client.get("/desk/back", query_string=given, headers={"Accept-Language": "nl"})
    assert first.headers["Location"].startswith("/nl/desk/back?code=")
    body = client.get(first.headers["Location"]).get_data(as_text=True)
    with reading(engine) as connection:
        assert connection.scalar(sa.select(session.c.way).where(session.c.account_id == an.id)) is None
    fields = dict(re.findall(r'name="(code|state)" value="([^"]+)"', body))
    assert client.post("/nl/desk/back", data=fields).status_code == 303


def test_an_address_without_an_account_stays_outside_and_gets_none(region, provider, engine):
    client = region.test_client()
    answer = _sign_in(client, provider, "stranger@zone.example.be")
    assert answer.status_code == 422
    assert _is_out(client)
    with reading(engine) as connection:
        known = sa.select(account.c.id).where(account.c.email == "stranger@zone.example.be")
        assert connection.scalar(known) is None


def test_an_invitation_that_waits_is_taken_by_it(region, provider, engine):
    with writing(engine) as connection:
        email = f"els-{uuid4().hex[:8]}@zone.example.be"
        made = add_account(connection, email, "Els", "nl", [Grant("reader")], FROZEN)
        word = make_link(connection, made.id, "invitation", FROZEN)
    client = region.test_client()
    assert _sign_in(client, provider, email).status_code == 303
    assert client.get(f"/nl/desk/welcome/{word}").status_code == 410


LIES = {
    "a nonce of another sign-in": {"nonce": "other"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "somebody-else"},
    "two audiences, made for the other": {"aud": [CLIENT, "other"], "azp": "other"},
    "another issuer": {"iss": "https://evil.example"},
    "over since an hour": {"exp": int((FROZEN - timedelta(hours=1)).timestamp())},
    "no end": {"exp": None},
    "an e-mail that it did not verify": {"email_verified": False},
    "not a word of verifying": {"email_verified": None},
    "an e-mail that is none": {"email": ["an@zone.example.be"]},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_token_that_says_otherwise_is_refused(region, provider, an, lie):
    client = region.test_client()
    provider.says = lie
    assert _sign_in(client, provider, an.email).status_code == 422
    assert _is_out(client)


def test_a_token_that_another_signed_is_refused(region, provider, an):
    client = region.test_client()
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert _sign_in(client, provider, an.email).status_code == 422
    assert _is_out(client)


def test_a_state_of_another_browser_is_refused(region, provider, an):
    mine, theirs = region.test_client(), region.test_client()
    _go(mine)
    given = provider.visit(_go(theirs), an.email)
    assert mine.post("/nl/desk/back", data=given).status_code == 422
    assert _is_out(mine)


def test_a_browser_that_began_nothing_is_refused(region, provider, an):
    given = provider.visit(_go(region.test_client()), an.email)
    client = region.test_client()
    assert client.post("/nl/desk/back", data=given).status_code == 422


def test_a_cookie_that_was_changed_is_refused(region, provider, an):
    client = region.test_client()
    given = provider.visit(_go(client), an.email)
    held = client.get_cookie("nabij-openid").value
    client.set_cookie("nabij-openid", "A" + held[1:])
    assert client.post("/nl/desk/back", data=given).status_code == 422


def test_a_code_works_once(region, provider, an):
    client = region.test_client()
    given = provider.visit(_go(client), an.email)
    assert client.post("/nl/desk/back", data=given).status_code == 303
    client.delete_cookie(COOKIE)
    assert client.post("/nl/desk/back", data=given).status_code == 422


def test_an_answer_of_another_provider_is_refused(region, provider, an):
    client = region.test_client()
    given = provider.visit(_go(client), an.email) | {"iss": "https://evil.example"}
    assert client.post("/nl/desk/back", data=given).status_code == 422


def test_who_was_not_let_in_there_is_told_so(region, provider):
    answer = region.test_client().get("/nl/desk/back?error=access_denied&state=x")
    assert answer.status_code == 422


def test_who_took_an_hour_begins_again(settings, region, provider, an):
    client = region.test_client()
    given = provider.visit(_go(client), an.email)
    chosen = replace(settings, openid_issuer=provider.address, openid_client=CLIENT, openid_secret=SECRET)
    late = create_app(chosen, lambda: FROZEN + timedelta(hours=1)).test_client()
    late.set_cookie("nabij-openid", client.get_cookie("nabij-openid").value)
    assert late.post("/nl/desk/back", data=given).status_code == 422


def test_a_provider_that_tells_the_address_apart_is_asked_for_it(region, provider, an):
    client = region.test_client()
    provider.email_in_token = False
    provider.tells = {"sub": "an", "email": an.email, "email_verified": True}
    assert _sign_in(client, provider, an.email).status_code == 303


def test_an_address_of_somebody_else_there_is_refused(region, provider, an):
    client = region.test_client()
    provider.email_in_token = False
    provider.tells = {"sub": "eve", "email": an.email, "email_verified": True}
    assert _sign_in(client, provider, an.email).status_code == 422


def test_a_provider_that_is_away_leaves_the_other_ways(region, provider):
    provider.is_away = True
    answer = region.test_client().get("/nl/desk/openid")
    assert answer.status_code == 503
    assert 'name="password"' in answer.get_data(as_text=True)


def test_a_provider_with_another_name_is_not_the_one(region, provider):
    provider.renames_itself = "https://evil.example"
    assert region.test_client().get("/nl/desk/openid").status_code == 503


def test_the_way_back_stays_on_this_site(region, provider, an):
    client = region.test_client()
    given = provider.visit(_go(client, "https://evil.example/nl/desk/me"), an.email)
    assert client.post("/nl/desk/back", data=given).headers["Location"] == "/nl/desk/in"
