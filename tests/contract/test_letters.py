"""Asking providers: who is asked, what a link opens, what each answer does, reminder and call."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.config import Settings
from service.database.letters import confirmation, letter
from service.database.session import reading, writing
from service.database.tasks import task
from service.desk.letters.answers import Changes, answer_changed, answer_gone, answer_right
from service.desk.letters.ask import ask_about
from service.desk.letters.campaigns import go_on, progress, start_campaign
from service.desk.letters.contacts import contacts_of
from service.desk.letters.due import choose
from service.desk.letters.links import find_link
from service.desk.letters.rhythm import keep_rhythm, turn_on
from service.errors import BadValue
from service.mail.marks import mark_bounced, mark_declined
from tests.conftest import FROZEN
from tests.contract.catalogue_factory import bring, found, hidden_statement, listing_id, statement

ZONE = "bxl-noord"
EMAIL = "onthaal@voorraadkast.example.be"


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, public_url="https://nabij.example")


@pytest.fixture
def pantry(engine):
    """A pantry in Laken with an address, last heard of in 2024."""
    bring(
        engine,
        statement(said_on="2024-01", contact__email=EMAIL, schedule__opening_hours="Mo-Fr 09:00-12:00"),
    )
    return listing_id()


def ask(engine, settings, listing, now=FROZEN):
    """Asks and gives the word in the link."""
    with writing(engine) as connection:
        ask_about(connection, settings, listing, by="somebody", now=now)
    return last_token(engine)


def letters(engine):
    with reading(engine) as connection:
        return connection.execute(sa.select(letter).order_by(letter.c.written_at, letter.c.id)).all()


def last_token(engine):
    return re.search(r"/confirm/([\w-]+)", letters(engine)[-1].plain)[1]


def opened(engine, token, now=FROZEN):
    with reading(engine) as connection:
        return find_link(connection, token, now)


def answer(engine, token, give, *more, now=FROZEN):
    link = opened(engine, token, now)
    with writing(engine) as connection:
        return give(connection, link, link.items[0], *more, now)


def tasks(engine, kind):
    with reading(engine) as connection:
        return connection.execute(sa.select(task).where(task.c.kind == kind)).all()


def test_the_letter_goes_to_the_contact_of_the_listing(engine, settings, pantry):
    ask(engine, settings, pantry)
    assert [each.recipient for each in letters(engine)] == [EMAIL]


def test_the_letter_holds_the_listing_as_it_stands(engine, settings, pantry):
    ask(engine, settings, pantry)
    assert "Bockstaellaan 12, 1020" in letters(engine)[0].plain


def test_the_letter_is_in_the_language_that_the_provider_writes_in(engine, settings, pantry):
    ask(engine, settings, pantry)
    assert letters(engine)[0].language == "nl"


def test_in_brussels_the_letter_is_in_both_languages_when_nobody_knows_which(engine, settings):
    bring(engine, statement(contact__email=EMAIL, service__name__at__fr="Colis alimentaires"))
    ask(engine, settings, listing_id())
    assert {"/nl/confirm/", "/fr/confirm/"} <= set(re.findall(r"/\w\w/confirm/", letters(engine)[0].plain))


def test_the_letter_holds_no_hidden_address(engine, settings):
    bring(engine, hidden_statement(contact__email="veilig@opvang.example.be"))
    ask(engine, settings, listing_id("shelter"))
    said = letters(engine)[0]
    assert not re.search("Geheimstraat|77bis|1060|Zuidwijk", said.plain + said.html + said.subject)


def test_the_word_in_the_link_is_not_kept(engine, settings, pantry):
    token = ask(engine, settings, pantry)
    with reading(engine) as connection:
        assert token not in str(connection.execute(sa.select(confirmation)).all())


def test_a_listing_without_an_address_cannot_be_asked_about(engine, settings):
    bring(engine, statement())
    with pytest.raises(BadValue, match="no_address"):
        ask(engine, settings, listing_id())


def test_nobody_is_asked_twice_on_one_day(engine, settings, pantry):
    ask(engine, settings, pantry)
    with pytest.raises(BadValue, match="recent"):
        ask(engine, settings, pantry)


def test_who_wants_no_letters_gets_none(engine, settings, pantry):
    with writing(engine) as connection:
        mark_declined(connection, EMAIL.upper(), FROZEN)
    with pytest.raises(BadValue, match="declined"):
        ask(engine, settings, pantry)


def test_an_address_that_nobody_reads_is_no_contact(engine):
    bring(engine, statement(contact__email="noreply@voorraadkast.example.be"))
    with reading(engine) as connection:
        assert contacts_of(connection, [listing_id()]) == {}


def test_still_right_confirms_every_fact_today(engine, settings, pantry):
    answer(engine, ask(engine, settings, pantry), answer_right)
    who = found(engine).listing.provenance
    assert {(each.role, each.how, each.checked_on) for each in who.values() if each.kind != "derived"} == {
        ("provider", "mail", FROZEN.date())
    }


def test_still_right_leaves_the_list_of_what_is_due(engine, settings, pantry):
    answer(engine, ask(engine, settings, pantry), answer_right)
    assert found(engine).listing.check_on > FROZEN.date()


def test_still_right_counts_once(engine, settings, pantry):
    token = ask(engine, settings, pantry)
    assert [answer(engine, token, answer_right) for _twice in range(2)] == [True, False]


def test_an_answered_link_says_so(engine, settings, pantry):
    token = ask(engine, settings, pantry)
    answer(engine, token, answer_right)
    assert opened(engine, token).state == "answered"


def test_a_link_works_for_two_weeks(engine, settings, pantry):
    token = ask(engine, settings, pantry)
    states = [opened(engine, token, FROZEN + timedelta(days=days)).state for days in (13, 14)]
    assert states == ["open", "expired"]


def test_a_link_that_was_changed_opens_nothing(engine, settings, pantry):
    token = ask(engine, settings, pantry)
    assert opened(engine, token[:-1] + ("A" if token[-1] != "A" else "B")) is None


HOURS = Changes({"schedule.opening_hours": "Tu 13:00-17:00"})


def test_changed_hours_are_stated_by_the_provider(engine, settings, pantry):
    answer(engine, ask(engine, settings, pantry), answer_changed, HOURS)
    listing = found(engine).listing
    who = listing.provenance["schedule.opening_hours"]
    assert (listing.opening_hours, who.role, who.checked_on) == (
        "Tu 13:00-17:00", "provider", FROZEN.date(),
    )  # fmt: skip


def test_what_was_not_changed_is_confirmed(engine, settings, pantry):
    answer(engine, ask(engine, settings, pantry), answer_changed, HOURS)
    assert found(engine).listing.provenance["phone.numbers"].checked_on == FROZEN.date()


def test_a_new_name_waits_for_a_coordinator(engine, settings, pantry):
    changes = Changes(proposals={"organization.name": "De Kast"})
    answer(engine, ask(engine, settings, pantry), answer_changed, changes)
    assert found(engine).listing.organization.name == "De Voorraadkast"
    assert [each.about["proposals"] for each in tasks(engine, "correction")] == [
        {"organization.name": "De Kast"}
    ]


def test_an_address_in_question_is_not_confirmed(engine, settings, pantry):
    changes = Changes(proposals={"address.house_number": "14"})
    answer(engine, ask(engine, settings, pantry), answer_changed, changes)
    assert found(engine).listing.provenance["address.street@nl"].checked_on is None


def test_gone_is_a_question_for_a_coordinator(engine, settings, pantry):
    answer(engine, ask(engine, settings, pantry), answer_gone, "De werking is gestopt.")
    (asked,) = tasks(engine, "correction")
    assert (asked.about["what"], asked.about["text"]) == ("gone", "De werking is gestopt.")


def test_gone_says_call_first_meanwhile(engine, settings, pantry):
    answer(engine, ask(engine, settings, pantry), answer_gone, "")
    listing = found(engine).listing
    assert (listing.withdrawn, listing.service.readiness) == (False, "lead")


def test_an_answer_counts_for_every_letter_about_the_listing(engine, settings, pantry):
    first = ask(engine, settings, pantry)
    second = ask(engine, settings, pantry, FROZEN + timedelta(days=2))
    answer(engine, second, answer_right, now=FROZEN + timedelta(days=2))
    assert opened(engine, first).state == "answered"


def all_of_the_organization(engine):
    bring(
        engine,
        *(statement(key, said_on="2024-01", contact__email=EMAIL, service__name__at__nl=f"Pakket {key}")
          for key in ("a", "b")),
        statement("c", said_on="2024-01", contact__email="ander@c.example.be", organization__name="Anders"),
    )  # fmt: skip


def test_one_letter_asks_about_all_that_is_due(engine, settings):
    all_of_the_organization(engine)
    with reading(engine) as connection:
        found_ = dict(choose(connection, FROZEN, ZONE).first(100))
    assert {address: len(listings) for address, listings in found_.items()} == {
        EMAIL: 2,
        "ander@c.example.be": 1,
    }


def test_nothing_leaves_by_itself_before_somebody_wants_it(engine, settings, pantry):
    assert not keep_rhythm(engine, settings, FROZEN)


def test_a_zone_that_is_turned_on_asks_what_is_due(engine, settings, pantry):
    with writing(engine) as connection:
        turn_on(connection, ZONE, by="somebody", now=FROZEN)
    assert keep_rhythm(engine, settings, FROZEN).asked == 1


def test_nobody_gets_two_letters_in_a_week(engine, settings, pantry):
    with writing(engine) as connection:
        turn_on(connection, ZONE, by="somebody", now=FROZEN)
    keep_rhythm(engine, settings, FROZEN)
    bring(engine, statement(said_on="2024-01", contact__email=EMAIL),
          statement("new", said_on="2024-01", contact__email=EMAIL))  # fmt: skip
    later = [keep_rhythm(engine, settings, FROZEN + timedelta(days=days)).asked for days in (3, 8)]
    assert later == [0, 1]


def test_nothing_leaves_at_night_or_on_sunday(engine, settings, pantry):
    with writing(engine) as connection:
        turn_on(connection, ZONE, by="somebody", now=FROZEN)
    moments = (FROZEN.replace(hour=3), FROZEN + timedelta(days=5))
    assert [keep_rhythm(engine, settings, each).asked for each in moments] == [0, 0]


def test_silence_is_reminded_after_three_weeks(engine, settings, pantry):
    ask(engine, settings, pantry)
    reminded = [
        keep_rhythm(engine, settings, FROZEN + timedelta(days=days)).reminded for days in (20, 21, 22)
    ]
    assert (reminded, letters(engine)[-1].kind) == ([0, 1, 0], "remind")


def test_an_answer_is_not_reminded(engine, settings, pantry):
    answer(engine, ask(engine, settings, pantry), answer_right)
    assert not keep_rhythm(engine, settings, FROZEN + timedelta(days=21))


def test_silence_after_the_reminder_is_a_task_to_call(engine, settings, pantry):
    ask(engine, settings, pantry)
    keep_rhythm(engine, settings, FROZEN + timedelta(days=21))
    done = [keep_rhythm(engine, settings, FROZEN + timedelta(days=days)).to_call for days in (34, 35, 36)]
    assert (done, [each.record_id for each in tasks(engine, "phone_round")]) == ([0, 1, 0], [pantry])


def test_who_wants_no_reminder_is_called(engine, settings, pantry):
    ask(engine, settings, pantry)
    with writing(engine) as connection:
        mark_bounced(connection, EMAIL, "550", FROZEN)
    keep_rhythm(engine, settings, FROZEN + timedelta(days=21))
    assert len(tasks(engine, "phone_round")) == 1


def campaign(engine, settings, need=None, freshness="due", now=FROZEN):
    with writing(engine) as connection:
        started = start_campaign(connection, ZONE, need, freshness, by="somebody", now=now)
    go_on(engine, settings, now, started)
    return started


def test_a_campaign_asks_every_provider_once(engine, settings):
    all_of_the_organization(engine)
    campaign(engine, settings)
    assert sorted(each.recipient for each in letters(engine)) == ["ander@c.example.be", EMAIL]


def test_a_campaign_of_a_need_asks_about_that_need(engine, settings):
    all_of_the_organization(engine)
    campaign(engine, settings, need="housing")
    assert letters(engine) == []


def test_a_campaign_about_undated_listings_leaves_out_the_dated(engine, settings):
    bring(engine, statement("a", said_on=None, contact__email=EMAIL),
          statement("b", contact__email="b@b.example.be", service__name__at__nl="Ander"))  # fmt: skip
    campaign(engine, settings, freshness="undated")
    assert [each.recipient for each in letters(engine)] == [EMAIL]


def test_a_campaign_tells_how_far_it_is(engine, settings, pantry):
    started = campaign(engine, settings)
    answer(engine, last_token(engine), answer_right)
    with reading(engine) as connection:
        told = progress(connection, started)
    assert (told.letters, told.waiting, told.answered, told.answers) == (1, 1, 1, {"right": 1})


@pytest.mark.parametrize(("zone", "need", "freshness"), [
    ("bxl-nergens", None, "due"), (ZONE, "nothing.such", "due"), (ZONE, None, "rotten"),
])  # fmt: skip
def test_a_campaign_that_cannot_be_is_refused(engine, zone, need, freshness):
    with writing(engine) as connection, pytest.raises(BadValue):
        start_campaign(connection, zone, need, freshness, by="somebody", now=FROZEN)
