"""Something is wrong here: a form without an account that becomes a task, and what keeps machines out."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from service.app import create_app
from service.catalogue.tasks.read import read_tasks
from service.database.accounts import attempt
from service.database.session import connect_engine, reading, writing
from service.database.tasks import task
from tests.conftest import FROZEN
from tests.web.made import path
from tests.web.reading import elements

PANTRY = path("pantry")
GIVEN = {"what": "hours", "text": "Op vrijdag tot 11 uur", "email": "", "website": ""}


@pytest.fixture
def told(settings):
    """A function to the tasks of visitors; they are taken away afterwards."""
    database = connect_engine(settings)

    def read():
        with reading(database) as connection:
            return read_tasks(connection, FROZEN.date(), kind="correction")[0]

    yield read
    with writing(database) as connection:
        connection.execute(task.delete().where(task.c.kind == "correction"))
        connection.execute(attempt.delete())


@pytest.fixture
def later(settings):
    """The pages half a minute after the form was given out."""
    return create_app(settings, lambda: FROZEN + timedelta(seconds=30)).test_client()


def stamp_of(client, where=PANTRY):
    body = client.get(f"{where}/wrong").get_data(as_text=True)
    return re.search(r'name="stamp" value="([^"]+)"', body)[1]


def test_a_listing_leads_to_the_form(page):
    assert f'href="{PANTRY}/wrong"' in page(PANTRY)


def test_the_form_says_not_to_write_about_people(page):
    assert "niet over mensen" in page(f"{PANTRY}/wrong")


def test_what_is_told_becomes_a_task(client, later, told):
    sent = later.post(f"{PANTRY}/wrong", data=GIVEN | {"stamp": stamp_of(client)})
    assert sent.status_code == 303
    assert sent.headers["Location"].endswith(f"{PANTRY}/wrong/thanks")
    (one,) = told()
    assert one.about == {"what": "hours", "text": "Op vrijdag tot 11 uur"}


def test_the_page_of_thanks_says_what_happens_next(page):
    assert "Die vraagt aan wie de hulp geeft hoe het juist is" in page(f"{PANTRY}/wrong/thanks")


def test_who_fills_in_what_nobody_sees_is_thanked_and_not_noted(client, later, told):
    sent = later.post(f"{PANTRY}/wrong", data=GIVEN | {"stamp": stamp_of(client), "website": "http://x"})
    assert sent.status_code == 303
    assert told() == []


@pytest.mark.parametrize("bad", ["", "1.2", "²", "1795500000.00000000000000000000000000000000", "x" * 5000])
def test_a_stamp_that_is_not_ours_is_given_out_again(later, told, bad):
    sent = later.post(f"{PANTRY}/wrong", data=GIVEN | {"stamp": bad})
    assert sent.status_code == 422
    assert "Op vrijdag tot 11 uur" in sent.get_data(as_text=True)
    assert told() == []


def test_a_stamp_of_another_listing_is_not_taken(client, later, told):
    sent = later.post(f"{PANTRY}/wrong", data=GIVEN | {"stamp": stamp_of(client, path("hostile"))})
    assert sent.status_code == 422
    assert told() == []


def test_a_form_that_comes_back_at_once_is_asked_again(client, told):
    sent = client.post(f"{PANTRY}/wrong", data=GIVEN | {"stamp": stamp_of(client)})
    assert sent.status_code == 422
    assert told() == []


def test_a_form_of_yesterday_is_asked_again(settings, client, told):
    tomorrow = create_app(settings, lambda: FROZEN + timedelta(days=1)).test_client()
    assert tomorrow.post(f"{PANTRY}/wrong", data=GIVEN | {"stamp": stamp_of(client)}).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "named"),
    [({"what": ""}, "fieldset"), ({"email": "amina@"}, "input"), ({"what": "other", "text": ""}, "textarea")],
)
def test_a_field_that_cannot_be_so_is_named(client, later, told, wrong, named):
    sent = later.post(f"{PANTRY}/wrong", data=GIVEN | wrong | {"stamp": stamp_of(client)})
    assert sent.status_code == 422
    pointed = [
        tag
        for tag, attrs in elements(sent.get_data(as_text=True))
        if "fault" in attrs.get("aria-describedby", "")
    ]
    assert pointed == [named]


def test_a_sixth_voice_of_the_day_is_told_kindly(client, later, told):
    stamp = stamp_of(client)
    for i in range(5):
        later.post(f"{PANTRY}/wrong", data=GIVEN | {"stamp": stamp, "text": str(i)})
    sent = later.post(f"{PANTRY}/wrong", data=GIVEN | {"stamp": stamp, "text": "6"})
    assert sent.status_code == 429
    assert "Vandaag vertelden al enkele mensen" in sent.get_data(as_text=True)
    assert len(told()) == 5


def test_the_form_is_kept_by_nobody_and_found_by_no_search(client):
    answer = client.get(f"{PANTRY}/wrong")
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'name="robots" content="noindex"' in answer.get_data(as_text=True)


def test_no_cookie_is_set(client, later, told):
    sent = later.post(f"{PANTRY}/wrong", data=GIVEN | {"stamp": stamp_of(client)})
    assert "Set-Cookie" not in sent.headers


def test_the_form_about_a_refuge_can_be_left_quickly(page):
    assert "data-leave" in page(f"{path('hidden')}/wrong")


def test_an_unknown_listing_has_no_form(client):
    assert client.get("/nl/l/00000000-0000-0000-0000-000000000000/wrong").status_code == 404


def test_a_hostile_text_comes_back_as_text(later):
    sent = later.post(f"{PANTRY}/wrong", data={"what": "x", "text": "</textarea><script>", "stamp": ""})
    assert "</textarea><script>" not in sent.get_data(as_text=True)


def test_one_address_of_the_network_tells_twenty_times_an_hour(client, later, told):
    """And loses nothing of what it typed the next time; others go on telling."""
    flood = {"X-Forwarded-For": "192.0.2.7"}
    given = GIVEN | {"stamp": stamp_of(client)}
    for _ in range(20):
        later.post(f"{PANTRY}/wrong", data=given, headers=flood)
    late = later.post(f"{PANTRY}/wrong", data=given, headers=flood)
    other = later.post(f"{PANTRY}/wrong", data=given, headers={"X-Forwarded-For": "192.0.2.8"})
    assert (late.status_code, other.status_code) == (429, 303)
    assert "Op vrijdag tot 11 uur" in late.get_data(as_text=True)


def test_without_limits_one_address_goes_on(settings, client, told):
    moment = FROZEN + timedelta(seconds=30)
    unlimited = create_app(replace(settings, limits="off"), lambda: moment).test_client()
    given = GIVEN | {"stamp": stamp_of(client)}
    headers = {"X-Forwarded-For": "192.0.2.9"}
    answers = {unlimited.post(f"{PANTRY}/wrong", data=given, headers=headers).status_code for _ in range(22)}
    assert answers == {303}
