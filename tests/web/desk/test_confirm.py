"""The pages of a provider: from the link in a letter to the fact, without an account."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.app import create_app
from service.catalogue.listings import read_listing
from service.database.claims import edit
from service.database.letters import address_mark, confirmation, letter
from service.database.session import reading, writing
from service.database.tasks import task
from service.desk.letters.ask import ask_provider
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import Card, bring, listing_id, statement

OWN = Card("letters", "Own list")
TO = "onthaal@zolder.example.be"


@pytest.fixture
def made(engine, request):
    """Two listings of this test alone, and the word of a link to each."""
    key = request.node.name
    said = {
        "said_on": "2024-01", "contact__email": TO, "schedule__opening_hours": "Mo-Fr 09:00-12:00",
        "organization__name": f"Zolder {key}",
    }  # fmt: skip
    keys = (f"{key}-1", f"{key}-2")
    bring(engine, *(statement(each, **said, **{"service.name@nl": f"Zolder {each}"}) for each in keys),
          card=OWN)  # fmt: skip
    return [listing_id(each, OWN) for each in keys]


def ask(engine, settings, listings, now=FROZEN):
    with writing(engine) as connection:
        asked = ask_provider(connection, settings, TO, listings, by="somebody", now=now)
        wanted = sa.select(letter.c.plain).join(confirmation, confirmation.c.letter_id == letter.c.id)
        plain = connection.scalar(wanted.where(confirmation.c.id == asked))
    return re.search(r"/confirm/([\w-]+)", plain)[1]


@pytest.fixture
def link(engine, settings, made):
    return ask(engine, settings, made[:1])


@pytest.fixture
def both(engine, settings, made):
    return ask(engine, settings, made)


def listing(engine, which):
    with reading(engine) as connection:
        return read_listing(connection, which).listing


def edits(engine, which):
    with reading(engine) as connection:
        return connection.execute(sa.select(edit).where(edit.c.listing_id == which)).all()


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def press_right(client, token):
    page = client.get(f"/nl/confirm/{token}").get_data(as_text=True)
    return client.post(f"/nl/confirm/{token}/1", data={"mark": hidden(page, "mark")}, follow_redirects=True)


def form(client, token, number=1):
    """Every field of the form as it is shown."""
    page = client.get(f"/nl/confirm/{token}/{number}/change").get_data(as_text=True)
    sent = dict(re.findall(r'<input type="(?:text|hidden)"[^>]*? name="([^"]+)" value="([^"]*)"', page))
    sent |= dict(re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>([^<]*)<', page))
    boxes = re.findall(r'<input type="checkbox"[^>]*? name="([^"]+)" value="([^"]+)" checked', page)
    for name, value in boxes:
        sent.setdefault(name, []).append(value)
    for name, inside in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page, re.S):
        sent[name] = "".join(re.findall(r'value="([^"]*)" selected', inside))
    return sent


def change(client, token, **changed):
    sent = form(client, token) | {name.replace("__", "."): text for name, text in changed.items()}
    return client.post(f"/nl/confirm/{token}/1/change", data=sent, follow_redirects=True)


def test_opening_a_link_changes_nothing(client, engine, made, link):
    for ending in ("", "/1", "/1/change", "/1/gone", "/stop"):
        assert client.get(f"/nl/confirm/{link}{ending}").status_code == 200
    assert edits(engine, made[0]) == []


def test_a_page_of_a_link_is_kept_nowhere_and_sets_no_cookie(client, link):
    answer = client.get(f"/nl/confirm/{link}")
    assert (answer.headers["Cache-Control"], answer.headers.get("Set-Cookie")) == ("no-store", None)


def test_still_right_confirms_it(client, engine, made, link):
    answer = press_right(client, link)
    who = listing(engine, made[0]).provenance["phone.numbers"]
    assert (answer.status_code, who.role, who.how, who.checked_on) == (200, "provider", "mail", FROZEN.date())


def test_the_listing_says_who_confirmed_it(client, made, link):
    press_right(client, link)
    assert "24 november 2026, per mail" in client.get(f"/nl/l/{made[0]}").get_data(as_text=True)


def test_a_link_is_used_once(client, engine, made, link):
    press_right(client, link)
    before = len(edits(engine, made[0]))
    again = client.post(f"/nl/confirm/{link}/1", data={"mark": "x"})
    assert (again.status_code, len(edits(engine, made[0]))) == (200, before)


def test_a_used_link_says_what_was_answered(client, link):
    press_right(client, link)
    assert "You answered already" in client.get(f"/en/confirm/{link}").get_data(as_text=True)


def test_a_listing_that_changed_meanwhile_is_shown_again(client, engine, made, link):
    assert client.post(f"/nl/confirm/{link}/1", data={"mark": "older"}).status_code == 409
    assert edits(engine, made[0]) == []


def test_changed_hours_are_stated(client, engine, made, link):
    change(client, link, **{"schedule.opening_hours.Sa": "10u-12u30"})
    assert listing(engine, made[0]).opening_hours == "Mo-Fr 09:00-12:00; Sa 10:00-12:30"


def test_only_what_was_changed_is_stated(client, engine, made, link):
    change(client, link, phone__numbers="02 512 34 56")
    stated = {each.key: each.value for each in edits(engine, made[0]) if not each.confirms}
    assert stated == {"phone.numbers": ["+3225123456"]}


def test_what_was_left_is_confirmed(client, engine, made, link):
    change(client, link, phone__numbers="02 512 34 56")
    assert listing(engine, made[0]).provenance["contact.email"].checked_on == FROZEN.date()


def test_a_field_that_is_emptied_is_not_known(client, engine, made, link):
    change(client, link, contact__website="")
    assert listing(engine, made[0]).website is None


def test_a_question_that_people_ask_can_be_answered(client, engine, made, link):
    change(client, link, **{"cost_option.kind": "free"})
    assert listing(engine, made[0]).service.cost == "free"


def test_a_new_name_goes_to_a_coordinator(client, engine, made, link):
    change(client, link, organization__name="Kelder")
    with reading(engine) as connection:
        asked = connection.execute(
            sa.select(task).where(task.c.record_id == made[0], task.c.kind == "correction")
        )
        told = [row.about["proposals"] for row in asked]
    assert (listing(engine, made[0]).organization.name[:6], told) == (
        "Zolder",
        [{"organization.name": "Kelder"}],
    )


@pytest.mark.parametrize(("name", "text"), [
    ("schedule.opening_hours.Mo", "ochtend"), ("schedule.opening_hours.Mo", "25:00-26:00"),
    ("phone.numbers", "12"), ("contact.email", "geen adres"), ("contact.website", "java script:x"),
])  # fmt: skip
def test_what_cannot_be_read_is_marked_and_nothing_is_lost(client, engine, made, link, name, text):
    answer = change(client, link, **{name: text})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, 'aria-invalid="true"' in page, text in page) == (422, True, True)
    assert edits(engine, made[0]) == []


def test_what_others_changed_meanwhile_stays(client, engine, made, link):
    sent = form(client, link) | {"phone.numbers": "02 512 34 56"}
    key = "test_what_others_changed_meanwhile_stays"
    told = {"schedule__opening_hours": "Su 10:00-11:00", "contact__email": TO, "said_on": "2026-11"}
    bring(engine, statement(f"{key}-1", **told), card=OWN, now=FROZEN)
    client.post(f"/nl/confirm/{link}/1/change", data=sent)
    assert listing(engine, made[0]).opening_hours == "Su 10:00-11:00"


def test_gone_becomes_a_question(client, engine, made, link):
    answer = client.post(
        f"/nl/confirm/{link}/1/gone", data={"text": "Gestopt in juni."}, follow_redirects=True
    )
    with reading(engine) as connection:
        asked = sa.select(task.c.about).where(task.c.record_id == made[0], task.c.kind == "correction")
        assert connection.scalar(asked)["what"] == "gone"
    assert answer.status_code == 200


def test_several_listings_stand_on_one_page(client, both):
    assert client.get(f"/nl/confirm/{both}").get_data(as_text=True).count('class="card"') == 2


def test_all_of_it_is_right_at_once(client, engine, made, both):
    page = client.get(f"/nl/confirm/{both}").get_data(as_text=True)
    marks = {f"mark-{n}": hidden(page, f"mark-{n}") for n in (1, 2)}
    client.post(f"/nl/confirm/{both}", data=marks)
    assert [listing(engine, each).checked_on for each in made] == [FROZEN.date()] * 2


def test_a_link_opens_its_own_listings_alone(client, link):
    assert client.get(f"/nl/confirm/{link}/2").status_code == 404


@pytest.mark.parametrize("ending", ["", "/1", "/1/change", "/1/gone", "/stop", "/new"])
def test_a_link_that_nobody_gave_out_opens_nothing(client, link, ending):
    changed = link[:-2] + ("AA" if link[-2:] != "AA" else "BB")
    answers = [client.get(f"/nl/confirm/{changed}{ending}"), client.post(f"/nl/confirm/{changed}{ending}")]
    assert [each.status_code for each in answers] == [404, 404]


@pytest.fixture
def later(settings):
    """The pages two weeks on."""
    return create_app(settings, lambda: FROZEN + timedelta(days=14)).test_client()


def test_a_link_that_is_over_says_so(later, engine, made, link):
    assert later.get(f"/nl/confirm/{link}").status_code == 410
    assert later.post(f"/nl/confirm/{link}/1", data={"mark": "x"}).status_code == 410
    assert edits(engine, made[0]) == []


def test_a_new_link_goes_to_the_same_address_alone(later, engine, link):
    with writing(engine) as connection:
        connection.execute(sa.delete(address_mark))
    answer = later.post(f"/nl/confirm/{link}/new", data={"email": "x@y.be"})
    with reading(engine) as connection:
        sent = sa.select(letter).where(letter.c.written_at == FROZEN + timedelta(days=14))
        assert [row.recipient for row in connection.execute(sent)] == [TO]
    assert TO not in answer.get_data(as_text=True)


def test_a_mail_program_can_stop_the_letters(client, engine, link):
    client.post(f"/nl/confirm/{link}/stop", data={"List-Unsubscribe": "One-Click"})
    with writing(engine) as connection:
        assert connection.scalar(sa.select(address_mark.c.declined_at)) is not None
        connection.execute(sa.delete(address_mark))


@pytest.mark.parametrize("lang", ["nl", "fr", "de", "en", "ar", "tr", "uk", "es", "pl", "ro"])
def test_every_page_is_there_in_every_language(client, link, lang):
    for ending in ("", "/1/change", "/1/gone", "/stop"):
        assert client.get(f"/{lang}/confirm/{link}{ending}").status_code == 200
