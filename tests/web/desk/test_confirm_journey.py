"""From a letter to the map in a real browser, by mail over a real server, with and without JavaScript."""

import email
import re
from dataclasses import replace
from email import policy

import pytest
import sqlalchemy as sa

from service.commands.index import drain
from service.database.letters import confirmation
from service.database.session import connect_engine, writing
from service.desk.letters.ask import ask_about
from service.mail.send import deliver
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import Card, bring, listing_id, statement
from tests.contract.mail_server import mail_server

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
OWN = Card("journey", "Own list")


@pytest.fixture
def sent(settings, javascript, request):
    """A listing, and the links of the letter that its provider got: still right, changed, gone."""
    key = f"weef-{abs(hash(request.node.name))}"
    engine = connect_engine(settings)
    said = {"said_on": "2024-01", "contact__email": f"{key}@weef.example.be"}
    named = {"service.name@nl": "Weefatelier Spoelekot", "schedule__opening_hours": "Mo-Fr 09:00-12:00"}
    bring(engine, statement(key, **said, **named), card=OWN)
    with mail_server() as (post, url):
        with writing(engine) as connection:
            asked = ask_about(connection, settings, listing_id(key, OWN), by="somebody", now=FROZEN)
            own = sa.select(confirmation.c.letter_id).where(confirmation.c.id == asked)
            letter = connection.scalar(own)
        server = replace(settings, mail_url=url, mail_from="Nabij <desk@nabij.example>")
        deliver(engine, server, FROZEN, only=letter)
    message = email.message_from_bytes(post.letters[-1][2], policy=policy.default)
    plain = message.get_body(("plain",)).get_content()
    yield engine, listing_id(key, OWN), re.findall(r"/nl/confirm/\S+", plain)
    engine.dispose()


@BOTH
def test_still_right_in_one_press(visit, sent, javascript):
    _engine, listing, links = sent
    page = visit(links[0], java_script_enabled=javascript)
    page.locator("form .button.main").click()
    page.wait_for_url("**/thanks")
    page.goto(page.url.partition("/nl/")[0] + f"/nl/l/{listing}")
    assert "24 november 2026, per mail" in page.content()
    assert page.said == []


@BOTH
def test_changed_hours_are_found(visit, sent, settings, javascript):
    engine, listing, links = sent
    page = visit(links[1], java_script_enabled=javascript)
    page.locator("[name='schedule.opening_hours.Tu']").fill("9u-12u en 13u30-17u")
    page.locator("form .button.main").click()
    page.wait_for_url("**/thanks")
    drain(settings, engine)
    page.goto(page.url.partition("/nl/")[0] + "/nl/search?q=weefatelier+spoelekot&open_at=2026-11-24T15:00")
    assert page.locator(f"a[href*='{listing}']").count() > 0
    assert page.said == []
