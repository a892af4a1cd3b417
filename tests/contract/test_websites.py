"""Websites are looked at monthly; twice broken with a week between is a task, until they answer again."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from importers.http.probe import Probe
from service.catalogue.tasks.read import read_tasks
from service.catalogue.websites import (
    AGAIN,
    SURE,
    due_websites,
    follow_websites,
    keep_dead_links,
    note_websites,
    websites_of,
)
from service.commands.websites import look_at_websites
from service.config import TIMEZONE, Settings
from service.database.session import reading, writing
from service.errors import SourceError
from tests.contract.catalogue_factory import LATER, bring, listing_id, statement

PANTRY = "https://voorraadkast.example.be"
DAY = timedelta(days=1)


def followed(engine: Engine, *addresses: str) -> None:
    with writing(engine) as connection:
        follow_websites(connection, addresses)


def due(engine: Engine, now: Any = LATER, most: int = 10) -> list[str]:
    with reading(engine) as connection:
        return due_websites(connection, now, most)


def found(engine: Engine, now: Any, reason: str | None, address: str = PANTRY) -> None:
    with writing(engine) as connection:
        note_websites(connection, {address: reason}, now)


def tasks(engine: Engine, now: Any = LATER) -> list[Any]:
    with writing(engine) as connection:
        keep_dead_links(connection, websites_of(connection), now)
        return read_tasks(connection, now.astimezone(TIMEZONE).date(), kind="dead_link")[0]


@pytest.fixture
def pantry(engine: Engine) -> Engine:
    bring(engine, statement())
    followed(engine, PANTRY)
    return engine


def test_the_websites_of_published_listings_are_known(pantry: Engine) -> None:
    with reading(pantry) as connection:
        assert websites_of(connection) == {PANTRY: [listing_id()]}


def test_a_new_website_is_due_at_once(pantry: Engine) -> None:
    assert due(pantry) == [PANTRY]


def test_a_website_that_answers_is_due_after_a_month(pantry: Engine) -> None:
    found(pantry, LATER, None)
    assert (due(pantry, LATER + AGAIN - DAY), due(pantry, LATER + AGAIN)) == ([], [PANTRY])


def test_one_that_does_not_is_due_after_a_week(pantry: Engine) -> None:
    found(pantry, LATER, "status 404")
    assert (due(pantry, LATER + SURE - DAY), due(pantry, LATER + SURE)) == ([], [PANTRY])


def test_at_most_so_many_and_one_of_a_host(engine: Engine) -> None:
    followed(engine, "https://a.be/1", "https://a.be/2", "https://b.be", "https://c.be")
    assert due(engine, most=2) == ["https://a.be/1", "https://b.be"]


def test_what_no_listing_names_any_more_is_forgotten(pantry: Engine) -> None:
    followed(pantry, "https://elsewhere.be")
    assert due(pantry) == ["https://elsewhere.be"]


def test_once_broken_is_no_task(pantry: Engine) -> None:
    found(pantry, LATER, "status 404")
    assert tasks(pantry) == []


def test_twice_broken_with_a_week_between_is_a_task(pantry: Engine) -> None:
    found(pantry, LATER, "status 404")
    found(pantry, LATER + SURE, "status 404")
    (one,) = tasks(pantry, LATER + SURE)
    assert (one.listing, one.about["address"], one.about["reason"]) == (listing_id(), PANTRY, "status 404")


def test_twice_broken_within_a_week_is_no_task(pantry: Engine) -> None:
    found(pantry, LATER, "status 404")
    found(pantry, LATER + DAY, "status 404")
    assert tasks(pantry) == []


def test_a_website_that_answers_again_is_no_task_any_more(pantry: Engine) -> None:
    found(pantry, LATER, "status 404")
    found(pantry, LATER + SURE, "status 404")
    tasks(pantry, LATER + SURE)
    found(pantry, LATER + 2 * SURE, None)
    assert tasks(pantry, LATER + 2 * SURE) == []


class Listening(Probe):
    """A probe that notes what it is asked and finds nobody; what is inside is refused."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def look(self, url: str) -> str | None:
        self.asked.append(url)
        if "inside" in url:
            raise SourceError("no public address")
        return "status 404"


def test_the_worker_looks_once_an_hour(pantry: Engine, tmp_path: Any) -> None:
    settings, probe = Settings(home=tmp_path), Listening()
    told = look_at_websites(settings, pantry, LATER, Event(), probe)
    assert told.startswith("websites: 1 looked at, 1 do not answer")
    followed(pantry, PANTRY, "https://new.example.be")
    look_at_websites(settings, pantry, LATER + timedelta(minutes=59), Event(), probe)
    assert probe.asked == [PANTRY]


def test_the_worker_looks_at_none_where_that_is_off(pantry: Engine, tmp_path: Any) -> None:
    probe = Listening()
    look_at_websites(Settings(home=tmp_path, websites_an_hour=0), pantry, LATER, Event(), probe)
    assert probe.asked == []


def test_an_address_that_is_not_public_is_not_said_to_be_broken(engine: Engine, tmp_path: Any) -> None:
    bring(engine, statement(contact__website="https://inside.example.be"))
    told = look_at_websites(Settings(home=tmp_path), engine, LATER, Event(), Listening())
    assert told.startswith("websites: 1 looked at, 0 do not answer")
