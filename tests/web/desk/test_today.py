"""The list of today as a coordinator meets it: enough to decide, every action in a form, and back again."""

import re

import pytest
import sqlalchemy as sa

from service.catalogue.tasks.corrections import report
from service.catalogue.tasks.questions import Question, ask
from service.catalogue.tasks.refresh import refresh_tasks
from service.database.session import connect_engine, writing
from service.database.tasks import task
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import listing_id
from tests.web.reading import elements

TODAY = "/nl/desk/"


@pytest.fixture
def database(settings):
    return connect_engine(settings)


@pytest.fixture(autouse=True)
def tasks(database):
    """The tasks of the catalogue, as they are made each time; gives a function to open one more."""
    refresh_tasks(database, FROZEN)

    def open_one(kind, **about):
        with writing(database) as connection:
            question = Question(kind, f"{kind}:test", listing_id("pantry"), urgency=1.0, **about)
            ask(connection, [question], FROZEN)
            return str(connection.scalar(sa.select(task.c.id).where(task.c.topic == f"{kind}:test")))

    yield open_one
    with writing(database) as connection:
        connection.execute(task.delete())


@pytest.fixture
def north(desk_client):
    return desk_client("coordinator", zone="bxl-noord")


def shown(desk, address=TODAY):
    answer = desk.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def ids(text):
    return re.findall(r'<article class="card task" id="task-([0-9a-f-]{36})"', text)


def do(desk, one, do, follow=False, part=False, **given):
    headers = {"X-Part": "1"} if part else {}
    return desk.post(f"/nl/desk/task/{one}", {"do": do, **given}, headers=headers, follow_redirects=follow)


def test_a_page_has_what_somebody_does_in_ten_minutes(north):
    assert len(ids(shown(north))) == 20


def test_who_is_not_signed_in_is_led_to_the_door(client):
    assert "/desk/sign-in" in client.get(TODAY).headers["Location"]


def test_a_reader_of_notes_has_no_tasks(desk_client):
    assert desk_client("reader", zone="bxl-noord").get(TODAY).status_code == 403


def test_a_coordinator_sees_the_tasks_of_their_zone_alone(desk_client, tasks):
    one = tasks("gap")
    assert one not in ids(shown(desk_client("coordinator", zone="elz-gent"), TODAY + "?kind=gap"))


def test_an_administrator_sees_every_zone(desk_client, tasks):
    one = tasks("gap")
    assert ids(shown(desk_client("administrator"), TODAY + "?kind=gap")) == [one]


def test_a_task_shows_the_listing_with_who_says_what(north, tasks):
    tasks("phone_round", about={"asked": "mail"})
    text = shown(north, TODAY + "?kind=phone_round")
    assert all(
        each in text for each in ("Voedselpakketten", "De Voorraadkast", "Zorgzone Noord", "+3222123456")
    )


def test_confirming_leads_back_to_the_same_spot_and_says_so(north):
    first, second = ids(shown(north))[:2]
    answer = do(north, first, "confirm:phone", after=second)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("#done")
    text = shown(north, answer.headers["Location"])
    assert "Bevestigd." in text
    assert text.index("Bevestigd.") < text.index(f'id="task-{second}"')
    assert first not in ids(text)


def test_what_was_done_can_be_undone_with_its_button(north):
    first = ids(shown(north))[0]
    do(north, first, "confirm:phone")
    do(north, first, "undo")
    assert first in ids(shown(north))


def test_two_people_at_one_task_are_told(north, desk_client):
    first = ids(shown(north))[0]
    do(desk_client("coordinator", zone="bxl-noord"), first, "confirm:phone")
    assert "collega" in do(north, first, "confirm:visit", follow=True).get_data(as_text=True)


def test_a_change_that_cannot_be_comes_back_with_what_was_typed(north, tasks):
    one = tasks("bounce", key="contact.email")
    answer = do(north, one, "change", key="contact.email", value="aan de deur")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="aan de deur"' in text
    assert 'role="alert"' in text


def test_the_script_gets_the_task_alone(north):
    first = ids(shown(north))[0]
    text = do(north, first, "snooze:week", part=True).get_data(as_text=True)
    assert text.lstrip().startswith("<div")
    assert "data-undo" in text


@pytest.mark.parametrize(
    ("key", "value", "right"),
    [
        ("schedule.opening_hours", "ma-vr 's morgens", "ma-vr 09:00-12:00"),
        ("schedule.opening_hours", "ma-vr 9-17 op afspraak", "ma-vr 09:00-12:00"),
        ("phone.numbers", "12", "02 512 34 56"),
    ],
)
def test_what_would_be_right_is_said_in_the_words_of_the_field(north, tasks, key, value, right):
    one = tasks("gap", key=key)
    text = do(north, one, "change", part=True, key=key, value=value).get_data(as_text=True)
    assert right in text[text.index('role="alert"') :][:400]


@pytest.mark.parametrize(
    ("lang", "written"), [("nl", "ma-vr 9-17u"), ("fr", "lu-ve 9h-17h"), ("en", "Mon-Fri 9am-5pm")]
)
def test_hours_are_taken_as_people_write_them(north, tasks, lang, written):
    one = tasks("gap", key="schedule.opening_hours")
    path = f"/{lang}/desk/task/{one}"
    answer = north.post(path, {"do": "change", "key": "schedule.opening_hours", "value": written})
    assert answer.status_code == 303
    after = do(north, one, "undo", follow=True)
    assert after.status_code == 200


def test_what_a_provider_answers_is_called_an_answer(north, tasks):
    about = {"role": "provider", "what": "other", "proposals": {"phone.numbers": ["+3225123457"]}}
    tasks("correction", about=about)
    text = shown(north)
    assert "Een antwoord op onze brief" in text
    assert "Iets anders" not in text


def test_the_script_gets_the_task_with_the_fault(north, tasks):
    one = tasks("bounce", key="contact.email")
    answer = do(north, one, "change", part=True, key="contact.email", value="aan de deur")
    assert (answer.status_code, ids(answer.get_data(as_text=True))) == (422, [one])


def test_a_coordinator_of_another_zone_may_not_touch_it(desk_client, tasks):
    one = tasks("gap")
    assert do(desk_client("coordinator", zone="elz-gent"), one, "done").status_code == 403


def test_a_form_of_another_session_is_refused(north):
    first = ids(shown(north))[0]
    answer = north.client.post(f"/nl/desk/task/{first}", data={"do": "confirm:phone"})
    assert answer.status_code == 403


@pytest.mark.parametrize("wrong", ["nothing", "00000000-0000-0000-0000-000000000000"])
def test_a_task_that_there_is_not_is_not_found(north, wrong):
    assert do(north, wrong, "done").status_code == 404


def test_the_words_of_a_visitor_stand_in_the_task(north, database):
    with writing(database) as connection:
        report(connection, listing_id("pantry"), "hours", "<b>Open tot 19 uur</b>", "an@x.example.be", FROZEN)
    text = shown(north, TODAY + "?kind=correction")
    assert "&lt;b&gt;Open tot 19 uur&lt;/b&gt;" in text
    assert "mailto:an@x.example.be" in text


def test_a_provider_s_proposal_is_taken_over_in_one_go(north, tasks, page):
    proposals = {"service.name@nl": "Voedselpakketten en soep"}
    one = tasks(
        "correction", about={"what": "other", "text": "x", "role": "provider", "proposals": proposals}
    )
    do(north, one, "accept")
    try:
        assert "Voedselpakketten en soep" in page(f"/nl/l/{listing_id('pantry')}")
    finally:
        do(north, one, "undo")


def test_a_kind_and_a_need_can_be_chosen(north, tasks):
    one = tasks("gap")
    assert ids(shown(north, TODAY + "?kind=gap&need=food")) == [one]
    assert ids(shown(north, TODAY + "?kind=gap&need=housing")) == []


def test_pages_follow_each_other_without_repeating(north):
    first, second = (set(ids(shown(north, f"{TODAY}?page={page}"))) for page in (1, 2))
    assert not first & second


def test_a_page_beyond_the_last_is_the_last(north):
    assert ids(shown(north, TODAY + "?page=9999"))


def test_every_field_has_its_label(north):
    text = shown(north)
    found = elements(text)
    labels = {each["for"] for name, each in found if name == "label" and each.get("for")}
    fields = [each for name, each in found if name in ("input", "select")]
    assert {each["id"] for each in fields if each.get("type") != "hidden"} <= labels


def test_reasons_are_said_in_words(north, database):
    with writing(database) as connection:
        reasons = {"base": 4, "searches": 23, "age": "stale", "unknown": ["price", "wait"]}
        connection.execute(task.update().values(reasons=reasons, worth=99.0))
    text = shown(north)
    assert "23 zoekvragen deze maand" in text
    assert "2 feiten waar mensen naar vragen" in text


def test_a_hidden_address_is_not_shown(desk_client, database):
    with writing(database) as connection:
        ask(connection, [Question("gap", "gap:hidden", listing_id("hidden"))], FROZEN)
    text = shown(desk_client("administrator"), TODAY + "?kind=gap")
    assert "De Haven" in text
    assert "Geheimestraat" not in text
