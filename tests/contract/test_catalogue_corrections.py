"""What a visitor says is wrong: a task with the words, without who said it, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from service.catalogue.tasks import corrections
from service.catalogue.tasks.answer import close_task
from service.catalogue.tasks.corrections import MOST_A_DAY, report
from service.catalogue.tasks.read import Task, read_tasks
from service.catalogue.tasks.refresh import refresh_tasks
from service.config import TIMEZONE
from service.database.session import reading, writing
from service.errors import BadValue, NotFound
from tests.contract.catalogue_factory import NOW, bring, listing_id, statement

TODAY = NOW.astimezone(TIMEZONE).date()


@pytest.fixture
def pantry(engine: Engine) -> Engine:
    bring(engine, statement())
    return engine


def tell(
    engine: Engine, what: str = "hours", text: str = "", email: str | None = None, days: int = 0
) -> bool:
    with writing(engine) as connection:
        return report(connection, listing_id(), what, text, email, NOW + timedelta(days=days))


def told(engine: Engine, closed: bool = False) -> list[Task]:
    with reading(engine) as connection:
        return read_tasks(connection, TODAY, kind="correction", closed=closed)[0]


def test_it_is_a_task_about_the_listing_with_its_words(pantry: Engine) -> None:
    assert tell(pantry, "hours", "On Friday they close at noon")
    (one,) = told(pantry)
    assert one.listing == listing_id()
    assert one.title == "Voedselpakketten · De Voorraadkast: hours: On Friday they close at noon"


def test_it_carries_the_needs_of_the_listing(pantry: Engine) -> None:
    tell(pantry)
    assert told(pantry)[0].needs == ("food.parcel",)


def test_what_is_no_longer_there_comes_before_wrong_hours(pantry: Engine) -> None:
    tell(pantry, "hours")
    tell(pantry, "gone")
    assert [one.about["what"] for one in told(pantry)] == ["gone", "hours"]


def test_the_same_words_of_one_day_are_one_task(pantry: Engine) -> None:
    assert tell(pantry, "hours", "Closed on Friday")
    assert tell(pantry, "hours", "closed on  friday")
    assert len(told(pantry)) == 1


def test_the_same_words_of_a_later_day_are_told_again(pantry: Engine) -> None:
    tell(pantry, "closed")
    tell(pantry, "closed", days=1)
    assert len(told(pantry)) == 2


def test_a_listing_is_spoken_of_a_few_times_a_day(pantry: Engine) -> None:
    assert [tell(pantry, text=str(i)) for i in range(MOST_A_DAY + 1)] == [True] * MOST_A_DAY + [False]
    assert len(told(pantry)) == MOST_A_DAY


def test_tomorrow_it_can_be_spoken_of_again(pantry: Engine) -> None:
    for i in range(MOST_A_DAY + 1):
        tell(pantry, text=str(i))
    assert tell(pantry, days=1)


def test_the_whole_catalogue_is_spoken_of_so_often_a_day(
    pantry: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "MOST_IN_ALL", 1)
    assert tell(pantry, text="first")
    assert not tell(pantry, text="second")


def test_an_e_mail_is_kept_until_the_task_is_closed(pantry: Engine) -> None:
    tell(pantry, "moved", "To number 14", "amina@example.be")
    (one,) = told(pantry)
    assert one.about == {"what": "moved", "text": "To number 14", "email": "amina@example.be"}
    with writing(pantry) as connection:
        close_task(connection, str(one.id), "done", by="Bo", why="called", now=NOW)
    assert told(pantry, closed=True)[0].about == {"what": "moved", "text": "To number 14"}


def test_a_national_register_number_is_not_kept(pantry: Engine) -> None:
    tell(pantry, "other", "ask 85.07.30-033.28 about it")
    assert told(pantry)[0].about["text"] == "ask … about it"


def test_a_phone_number_is_kept(pantry: Engine) -> None:
    tell(pantry, "contact", "now 02 512 34 56")
    assert told(pantry)[0].about["text"] == "now 02 512 34 56"


def test_signs_that_steer_a_terminal_are_not_kept(pantry: Engine) -> None:
    tell(pantry, "other", "one\x1b[31m\r\ntwo\u202e")
    assert told(pantry)[0].about["text"] == "one [31m two"


def test_it_stays_when_the_tasks_are_brought_in_step(pantry: Engine) -> None:
    tell(pantry)
    refresh_tasks(pantry, NOW + timedelta(days=1))
    assert len(told(pantry)) == 1


@pytest.mark.parametrize(
    ("what", "text", "email", "field"),
    [
        ("", "", None, "what"),
        ("weather", "", None, "what"),
        ("other", " ", None, "text"),
        ("hours", "x" * 501, None, "text"),
        ("hours", "", "amina at example", "contact.email"),
    ],
)
def test_what_cannot_be_is_refused(
    pantry: Engine, what: str, text: str, email: str | None, field: str
) -> None:
    with pytest.raises(BadValue) as refused:
        tell(pantry, what, text, email)
    assert refused.value.field == field
    assert told(pantry) == []


def test_a_listing_that_there_is_not_is_not_spoken_of(engine: Engine) -> None:
    with pytest.raises(NotFound):
        tell(engine)
