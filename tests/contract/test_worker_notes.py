"""Tips of professionals: who writes, reads and takes them away, when they go, and what they may not hold."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.catalogue.links import link
from service.database.accounts import audit
from service.database.session import reading, writing
from service.desk.notes import LONGEST, hints, notes_of, remove_note, seen_notes, write_note
from service.errors import BadValue, Forbidden, NotFound
from tests.contract.catalogue_factory import CITY, NOW, bring, listing_id, statement
from tests.contract.desk_people import ADMINISTRATOR, COORDINATOR, ELSEWHERE, READER, person

TIP = "Bel eerst, en vraag naar de sociale dienst."


@pytest.fixture
def tips(engine):
    bring(engine, statement())
    return engine


def write(engine, text=TIP, by=READER, months=3, language="nl", **how):
    with writing(engine) as connection:
        return write_note(
            connection, by, listing_id(), text, language=language, months=months, now=NOW, **how
        )


def read(engine, by=COORDINATOR, now=NOW):
    with reading(engine) as connection:
        return [each.text for each in notes_of(connection, by, [listing_id()], now)]


def test_a_reader_leaves_a_tip_that_a_coordinator_reads(tips):
    write(tips)
    assert read(tips) == [TIP]


@pytest.mark.parametrize(
    ("who", "seen"),
    [(READER, 1), (COORDINATOR, 1), (ADMINISTRATOR, 1), (ELSEWHERE, 0), (person("editor", None), 0)],
    ids=["reader", "coordinator", "administrator", "coordinator elsewhere", "editor"],
)
def test_who_reads_tips(tips, who, seen):
    write(tips)
    assert len(read(tips, who)) == seen


def test_who_works_elsewhere_writes_none(tips):
    with pytest.raises(Forbidden):
        write(tips, by=ELSEWHERE)


@pytest.mark.parametrize(("months", "last"), [(3, 91), (6, 180), (12, 364)])
def test_a_tip_goes_by_itself(tips, months, last):
    write(tips, months=months)
    assert read(tips, now=NOW + timedelta(days=last)) == [TIP]
    assert read(tips, now=NOW + timedelta(days=last + 1)) == []


def test_a_tip_stays_with_its_listing_when_that_is_joined_to_another(tips):
    bring(tips, statement("copy"), card=CITY)
    write(tips)
    with writing(tips) as connection:
        link(connection, listing_id(), listing_id("copy", CITY), by="An", why="same", now=NOW)
    assert read(tips) == [TIP]


@pytest.mark.parametrize(
    "text", ["Vraag naar 85.07.30-033.28", "rijksregister 85073003328", "nr 85 07 30 033 28 kent de weg"]
)
def test_a_national_number_is_refused(tips, text):
    with pytest.raises(BadValue, match="national"):
        write(tips, text, is_sure=True)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Vraag naar mevrouw Peeters", ("person",)),
        ("Demandez Mme Dupont", ("person",)),
        ("Bel 0470 12 34 56", ("mobile",)),
        ("Bel +32 470/12.34.56", ("mobile",)),
        (TIP, ()),
        ("Bel 02 512 34 56 tussen 9 en 12 uur", ()),
        ("Ingang langs de zijkant, bus 46 stopt voor de deur", ()),
    ],
)
def test_what_looks_like_a_person_is_asked_about(text, hint):
    assert hints(text) == hint


def test_a_hint_is_passed_by_who_is_sure(tips):
    text = "Bel 0470 12 34 56, het nummer van de permanentie"
    with pytest.raises(BadValue, match="looked at"):
        write(tips, text)
    write(tips, text, is_sure=True)
    assert read(tips) == [text]


@pytest.mark.parametrize(
    "how", [{"text": " "}, {"text": "x" * (LONGEST + 1)}, {"months": 5}, {"language": "xx"}]
)
def test_what_is_no_tip_is_refused(tips, how):
    with pytest.raises(BadValue):
        write(tips, **how)


@pytest.mark.parametrize("who", [READER, COORDINATOR, ADMINISTRATOR], ids=["author", "coordinator", "admin"])
def test_who_takes_a_tip_away(tips, who):
    made = write(tips)
    with writing(tips) as connection:
        remove_note(connection, who, made, NOW)
    assert read(tips) == []


def test_another_reader_takes_no_tip_away(tips):
    made = write(tips)
    with pytest.raises(Forbidden), writing(tips) as connection:
        remove_note(connection, person("reader", name="Ria"), made, NOW)


def test_a_tip_is_taken_away_once(tips):
    made = write(tips)
    with writing(tips) as connection:
        remove_note(connection, READER, made, NOW)
        with pytest.raises(NotFound):
            remove_note(connection, READER, made, NOW)


def test_writing_seeing_and_taking_away_are_in_the_audit(tips):
    made = write(tips)
    with writing(tips) as connection:
        seen_notes(connection, COORDINATOR, [listing_id()], NOW)
        remove_note(connection, READER, made, NOW)
        rows = connection.execute(sa.select(audit.c.action, audit.c.about).order_by(audit.c.number)).all()
    assert [row.action for row in rows] == ["note_write", "note_seen", "note_remove"]
    assert TIP not in repr(rows)
