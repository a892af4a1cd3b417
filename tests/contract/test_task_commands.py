"""`nabij` on tasks, matching and confirmations: what is printed, and what cannot be is said in a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import Engine

from service.cli import cli
from service.errors import BadValue, NotFound
from tests.contract.catalogue_factory import CITY, ZONE, bring, listing_id, statement
from tests.contract.conftest import empty

Nabij = Callable[..., str]


@pytest.fixture
def nabij(migrated_sqlite: Engine, monkeypatch: pytest.MonkeyPatch) -> Nabij:
    """A function from the words of a command to what it prints, over two sources in doubt about a pantry."""
    empty(migrated_sqlite)
    bring(migrated_sqlite, statement(said_on="2020-01"), card=ZONE)
    bring(migrated_sqlite, statement("4711", said_on=None, address__house_number="40"), card=CITY)
    monkeypatch.setenv("NABIJ_HOME", str(Path(str(migrated_sqlite.url.database)).parent))

    def run(*words: str) -> str:
        came = CliRunner().invoke(cli, words, catch_exceptions=False)
        assert came.exit_code == 0, came.output
        return came.stdout

    return run


@pytest.fixture
def doubt(nabij: Nabij) -> str:
    """The first signs of the id of the doubtful duplicate."""
    nabij("match")
    return nabij("tasks", "list", "--kind", "duplicate").split()[0]


def test_match_says_what_it_did(nabij: Nabij) -> None:
    told = nabij("match").split("\n")
    assert told[:5] == ["compared: 2", "joined: 0", "parted: 0", "asked: 1", "dropped: 0"]


def test_tasks_are_listed_with_their_counts(nabij: Nabij, doubt: str) -> None:
    told = nabij("tasks", "list")
    assert "shown: 3 of 3" in told
    assert "open: due_check 2, duplicate 1" in told


def test_tasks_come_as_json_a_line_each(nabij: Nabij, doubt: str) -> None:
    lines = [json.loads(line) for line in nabij("tasks", "list", "--json").splitlines()]
    assert lines[0]["kind"] == "duplicate"
    assert lines[0]["id"].startswith(doubt)


def test_both_sides_are_shown(nabij: Nabij, doubt: str) -> None:
    told = nabij("tasks", "show", doubt)
    assert "= organization.name" in told
    assert re.search(r"^  address.house_number\n    \[1\] (12|40)\n    \[2\] (12|40)$", told, re.MULTILINE)


def test_both_sides_come_as_json(nabij: Nabij, doubt: str) -> None:
    sides = json.loads(nabij("tasks", "show", doubt, "--json"))["sides"]
    assert {side["values"]["address.house_number"] for side in sides} == {"12", "40"}


def test_same_joins_and_unmerge_parts(nabij: Nabij, doubt: str) -> None:
    nabij("tasks", "close", doubt, "--same", "--by", "Amina", "--why", "was there")
    assert "was" in nabij("listing", str(listing_id("4711", CITY)))
    parted = nabij("unmerge", str(listing_id("4711", CITY)), "--by", "Amina", "--why", "two doors")
    assert parted == f"on its own: {listing_id('4711', CITY)}\n"


def test_merge_joins(nabij: Nabij) -> None:
    told = nabij("merge", str(listing_id()), str(listing_id("4711", CITY)), "--by", "A", "--why", "x")
    assert told.startswith("joined: ")


def test_a_snoozed_task_is_not_listed(nabij: Nabij, doubt: str) -> None:
    nabij("tasks", "snooze", doubt, "--until", "2999-01-01")
    assert "shown: 0 of 0" in nabij("tasks", "list", "--kind", "duplicate")


def test_closed_tasks_can_be_looked_up(nabij: Nabij, doubt: str) -> None:
    nabij("tasks", "close", doubt, "--different", "--by", "Amina", "--why", "two doors")
    assert f"{doubt} " in nabij("tasks", "list", "--closed")


def test_confirm_says_what_is_confirmed(nabij: Nabij) -> None:
    told = nabij("confirm", str(listing_id()), "phone.numbers", "--how", "phone", "--on", "2026-11-02")
    assert told.splitlines()[-1] == "confirmed: 1"
    assert "checked 2026-11-02 by phone" in nabij("listing", str(listing_id()))


def test_freshness_counts_states(nabij: Nabij) -> None:
    told = json.loads(nabij("freshness", "--json"))
    assert (told["stale"], told["undated"], told["published"]) == (1, 1, 2)


def test_freshness_of_a_zone(nabij: Nabij) -> None:
    assert json.loads(nabij("freshness", "--zone", "elz-gent", "--json"))["published"] == 0


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("tasks", "list", "--zone", "nowhere"), NotFound),
        (("freshness", "--zone", "nowhere"), NotFound),
        (("tasks", "list", "--need", "hapiness"), BadValue),
        (("tasks", "show", "ffffffff"), NotFound),
        (("tasks", "show", "what"), BadValue),
        (("unmerge", str(listing_id()), "--by", "A", "--why", "x"), NotFound),
    ],
)
def test_what_cannot_be_is_said(nabij: Nabij, words: tuple[str, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        nabij(*words)


def test_an_answer_has_to_be_given(nabij: Nabij, doubt: str) -> None:
    came = CliRunner().invoke(cli, ["tasks", "close", doubt, "--by", "A", "--why", "x"])
    assert (came.exit_code, "--same" in came.stderr) == (2, True)
