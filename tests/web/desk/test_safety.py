"""What attackers try at a door: text that runs, sessions that are handed over, ways that lead elsewhere."""

from __future__ import annotations

import time
from dataclasses import replace
from uuid import uuid4

import pytest

from service.accounts.entering import set_password
from service.accounts.person import Grant
from service.accounts.store import add_account
from service.app import create_app
from service.database.session import connect_engine, writing
from service.web.desk.door import COOKIE
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import listing_id
from tests.web.made import ATTACK
from tests.web.test_hostile import PAYLOADS, is_harmless

SENTENCE = "de tram naar zee is blauw"
HOSTILE = listing_id("hostile")


@pytest.fixture
def lotte(settings):
    engine = connect_engine(settings)
    with writing(engine) as connection:
        email = f"lotte-{uuid4().hex[:8]}@zone.example.be"
        made = add_account(connection, email, "Lotte", "nl", [Grant("administrator")], FROZEN, active=True)
        set_password(connection, made, SENTENCE, FROZEN)
    engine.dispose()
    return made


@pytest.mark.parametrize(
    "where",
    [
        "/nl/desk/",
        "/nl/desk/listings",
        "/nl/desk/listings?q=boze",
        f"/nl/desk/l/{HOSTILE}",
        f"/nl/desk/l/{HOSTILE}/history",
        f"/nl/desk/tips/{HOSTILE}",
        f"/nl/desk/zone-of/{HOSTILE}",
        f"/nl/desk/merge?one={HOSTILE}&other={listing_id('pantry')}",
        f"/nl/desk/bulk/round?ids={HOSTILE}",
        f"/nl/desk/audit?listing={HOSTILE}",
        "/nl/desk/people",
        "/nl/desk/people?q=%3Cscript%3E",
        "/nl/desk/me",
    ],
)
def test_a_listing_and_a_name_that_attack_are_text(desk_client, where):
    desk = desk_client("administrator", name=f"Eva {ATTACK}")
    answer = desk.get(where)
    assert answer.status_code < 500
    assert is_harmless(answer.get_data(as_text=True))


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_is_typed_at_the_door_comes_back_as_text(client, text):
    given = {"email": text, "password": "iets anders dan dat", "next": text}
    headers = {"X-Forwarded-For": f"198.51.100.{PAYLOADS.index(text)}"}
    for where in ("/nl/desk/sign-in", "/nl/desk/link"):
        assert is_harmless(client.post(where, data=given, headers=headers).get_data(as_text=True))


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_is_typed_about_a_person_comes_back_as_text(desk_client, text):
    desk = desk_client("administrator")
    given = {"email": text, "name": text, "role": "editor", "words": text, "zone": text, "language": text}
    assert is_harmless(desk.post("/nl/desk/people/invite", given).get_data(as_text=True))


@pytest.mark.parametrize("where", ["/nl/desk/sign-in", "/nl/desk/me", "/nl/desk/people", "/nl/desk/audit"])
def test_no_script_but_ours_runs_and_no_site_frames_us(desk_client, where):
    headers = desk_client("administrator").get(where).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


def test_a_session_that_somebody_planted_is_not_taken_over(client, lotte):
    planted = "x" * 43
    client.set_cookie(COOKIE, planted)
    client.post("/nl/desk/sign-in", data={"email": lotte.email, "password": SENTENCE})
    assert client.get_cookie(COOKIE).value != planted
    client.set_cookie(COOKIE, planted)
    assert client.get("/nl/desk/me").status_code == 303


@pytest.mark.parametrize(("address", "is_secure"), [("https://nabij.example", True), ("", False)])
def test_the_cookie_travels_encrypted_where_people_come_by_https(settings, lotte, address, is_secure):
    chosen = create_app(replace(settings, public_url=address), lambda: FROZEN).test_client()
    answer = chosen.post("/nl/desk/sign-in", data={"email": lotte.email, "password": SENTENCE})
    flags = {part.strip() for part in answer.headers["Set-Cookie"].split(";")[1:]}
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= flags
    assert ("Secure" in flags) is is_secure


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example", "//evil.example/nl/desk/me", "/\\evil.example", "/nl/desk/\\evil.example",
        "/nl/desk/../../evil", "/nl/desk//evil.example", "javascript:alert(1)", "/nl/deskevil", "/fr/desk/me",
        "/nl/desk/me\r\nSet-Cookie: x=1", "\t//evil.example",
    ],
)  # fmt: skip
def test_the_way_onward_stays_at_the_desk(client, lotte, following):
    given = {"email": lotte.email, "password": SENTENCE, "next": following}
    answer = client.post("/nl/desk/sign-in", data=given)
    where = answer.headers["Location"]
    assert where.startswith("/nl/desk/")
    assert "evil" not in where
    assert all(not value.startswith("x=1") for value in answer.headers.getlist("Set-Cookie"))


def test_a_name_does_not_write_headers_of_letters(settings, desk_client):
    desk = desk_client("administrator")
    email = f"{uuid4().hex[:9]}@zone.example.be"
    given = {"email": email, "name": "Eva\r\nBcc: all@example.be", "role": "reader", "zone": "bxl-zuid"}
    desk.post("/nl/desk/people/invite", given)
    for path in (settings.home / "mailbox").glob("*.eml"):
        assert b"\nBcc:" not in path.read_bytes().partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize("email", ["a@b.be\r\nBcc: c@d.be", "a@b.be,c@d.be", "<a@b.be>"])
def test_an_address_that_is_several_is_refused(desk_client, email):
    given = {"email": email, "name": "Eva", "role": "reader", "zone": "bxl-zuid"}
    assert desk_client("administrator").post("/nl/desk/people/invite", given).status_code == 422


def test_the_host_of_a_request_does_not_stand_in_letters(settings, client, lotte):
    """Who asks for a link under another host would else get somebody's link sent there."""
    before = set((settings.home / "mailbox").glob("*.eml"))
    client.post("/nl/desk/link", data={"email": lotte.email}, headers={"Host": "evil.example"})
    new = set()
    for _ in range(100):
        new = set((settings.home / "mailbox").glob("*.eml")) - before
        if new:
            break
        time.sleep(0.05)
    assert new
    assert not any(b"evil.example" in path.read_bytes() for path in new)
