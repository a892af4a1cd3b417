"""What a coordinator does with a task on the spot, carried out with its line of audit in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy.engine import Connection

from service.accounts.audit import note
from service.accounts.permissions import Action, require
from service.accounts.person import Person
from service.catalogue.confirm import confirm
from service.catalogue.edits import state_edit
from service.catalogue.listings import read_listing
from service.catalogue.tasks.answer import close_task, keep_made, reopen_task, snooze_task
from service.catalogue.tasks.fact_gaps import not_known
from service.config import TIMEZONE, Settings
from service.database.tasks import CLOSED
from service.desk.bulk.cells import value_of
from service.desk.letters.ask import ask_about
from service.desk.today.waiting import Waiting, one_task
from service.errors import BadValue, NotFound
from service.model.fields import parse_key
from service.model.task_kinds import CHECKS

Came = Literal[
    "confirmed", "noted", "changed", "known", "asked", "snoozed", "dismissed", "same", "different", "done",
    "reopened", "colleague",
]  # fmt: skip
"""What came of it: all confirmed, or some facts (the rest still waits); a field changed, or one of which the
task still waits for the rest; the provider asked; put off; not for us; the two answers about a duplicate;
settled otherwise; an answer taken back; or a colleague was there before."""

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
ANSWER_TIME = timedelta(days=21)
"""How long a task waits for the answer of a provider."""

NOT_FOR_US: tuple[str, ...] = ("other_zone", "nothing_wrong", "cannot_know", "no_help", "other")
"""Reasons why a task is not for us."""

_WHY = "today"  # where no words were given: the list that it was done from


@dataclass(frozen=True, slots=True)
class Given:
    """What was pressed and filled in: ``do`` is the action, ``keys`` the facts that were ticked,
    ``language`` that of the page."""

    do: str
    how: str | None = None
    keys: tuple[str, ...] = ()
    key: str = ""
    value: str = ""
    why: str = ""
    until: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it, with the task as it stands then."""

    came: Came
    task: Waiting


@dataclass(frozen=True, slots=True)
class _Work:
    connection: Connection
    settings: Settings
    person: Person
    task: Waiting
    given: Given
    now: datetime

    @property
    def role(self) -> str:
        return self.person.role_for(self.task.zones) or "coordinator"

    @property
    def why(self) -> str:
        return self.given.why.strip()[:500] or _WHY

    def must_be_allowed(self, action: Action) -> None:
        require(self.person, action, zones=self.task.zones)

    def close(self, outcome: str, *, how: str | None = None, made: tuple[UUID, ...] = ()) -> None:
        close_task(
            self.connection, str(self.task.id), outcome, by=self.person.by, why=self.why, now=self.now,
            how=how, role=self.role, made=made,
        )  # fmt: skip


def act(
    connection: Connection, settings: Settings, person: Person, task_id: UUID, given: Given, now: datetime
) -> Done:
    """Carry out one action on a task, in a transaction that writes.

    A task that somebody answered meanwhile is left as it is (``colleague``). Raises NotFound for the task,
    Forbidden where its zones are not theirs, BadValue for what was filled in; nothing is kept then.
    """
    found = one_task(connection, task_id)
    if found is None:
        raise NotFound("There is no such task.")
    require(person, "do_task", zones=found.zones)
    work = _ACTIONS.get(given.do)
    if work is None:
        raise BadValue("do", given.do, "is nothing that can be done", "one of " + ", ".join(_ACTIONS))
    if given.do != "undo" and found.state == CLOSED:
        return Done("colleague", found)
    came = work(_Work(connection, settings, person, found, given, now))
    about = {"task": str(task_id), "kind": found.kind, "came": came}
    note(connection, person, "task", now, listing=found.listing, about=about)
    after = one_task(connection, task_id)
    assert after is not None
    return Done(came, after)


def _confirm(work: _Work) -> Came:
    """All that the listing says, or the facts that were ticked: then the task waits for the rest."""
    work.must_be_allowed("confirm")
    task, given = work.task, work.given
    how = given.how or "phone"
    if not given.keys:
        if task.kind in CHECKS:
            work.close("done", how=how)
            return "confirmed"
        keys: tuple[str, ...] = (task.key,) if task.key else ()
    else:
        keys = given.keys
    made = confirm(
        work.connection, _listing(task), keys, by=work.person.by, why=work.why, role=work.role, how=how,
        now=work.now,
    )  # fmt: skip
    return "confirmed" if _settle(work, tuple(each.id for each in made), how) else "noted"


def _settle(work: _Work, made: tuple[UUID, ...], how: str | None) -> bool:
    """Close the task, unless it is about a whole listing of which more has to be looked at."""
    task = work.task
    waits = not (how and _is_settled(work)) if task.kind in CHECKS else task.kind == "gap" and _lacks(work)
    if waits:
        keep_made(work.connection, task.id, made)
        return False
    work.close("done", how=how, made=made)
    return True


def _lacks(work: _Work) -> bool:
    """Whether people asked for more than is known now."""
    found = read_listing(work.connection, _listing(work.task))
    stated = {key.partition("@")[0] for key in found.values} if found else set()
    return bool(not_known(work.task.reasons.get("unknown") or (), stated))


def _is_settled(work: _Work) -> bool:
    """Whether of nothing that the listing says the age is unknown, or the day to check it has come."""
    found = read_listing(work.connection, _listing(work.task))
    if found is None or found.listing.check_on is None or found.listing.check_on <= _day(work.now):
        return False
    said = (who for who in found.listing.provenance.values() if who.kind != "derived")
    return all(who.known_on is not None for who in said)


def _change(work: _Work) -> Came:
    """State a field, as it was found out; a task about that field is settled by it."""
    work.must_be_allowed("edit")
    task, given = work.task, work.given
    key = parse_key(given.key or task.key or "")
    value = value_of(key.path, given.value, given.language) if given.value.strip() else None
    made = state_edit(
        work.connection, _listing(task), str(key), value, by=work.person.by, why=work.why, now=work.now,
        role=work.role, how=given.how or None,
    )  # fmt: skip
    return "changed" if _settle(work, (made.id,), given.how or None) else "known"


def _accept(work: _Work) -> Came:
    """State all that somebody proposed, as they wrote it."""
    work.must_be_allowed("edit")
    proposals = work.task.about.get("proposals") or {}
    if not proposals:
        raise BadValue("do", "accept", "has nothing that was proposed", "change")
    made = [
        state_edit(
            work.connection, _listing(work.task), key, value, by=work.person.by, why=work.why, now=work.now,
            role=work.role, how="mail",
        )
        for key, value in proposals.items()
    ]  # fmt: skip
    work.close("done", made=tuple(each.id for each in made))
    return "changed"


def _ask(work: _Work) -> Came:
    """Write to the provider; the task comes back when the time for an answer is over."""
    work.must_be_allowed("write_to_provider")
    ask_about(work.connection, work.settings, _listing(work.task), by=work.person.by, now=work.now)
    snooze_task(work.connection, str(work.task.id), _day(work.now) + ANSWER_TIME, work.now)
    return "asked"


def _snooze(work: _Work) -> Came:
    text = work.given.until
    if text in ("week", "month"):
        until = _day(work.now) + (WEEK if text == "week" else MONTH)
    else:
        try:
            until = date.fromisoformat(text)
        except ValueError:
            raise BadValue("until", text, "is no day", "a day to come") from None
    snooze_task(work.connection, str(work.task.id), until, work.now)
    return "snoozed"


def _dismiss(work: _Work) -> Came:
    if not work.given.why.strip():
        raise BadValue("why", "", "is empty", "why it is not for us")
    work.close("dismissed")
    return "dismissed"


def _same(work: _Work) -> Came:
    work.must_be_allowed("merge")
    work.close("same")
    return "same"


def _different(work: _Work) -> Came:
    work.must_be_allowed("merge")
    work.close("different")
    return "different"


def _done(work: _Work) -> Came:
    """Settled by other means, or noted."""
    if work.task.kind in CHECKS:
        raise BadValue("do", "done", "does not answer a check", "confirm")
    work.close("done")
    return "done"


def _undo(work: _Work) -> Came:
    reopen_task(work.connection, str(work.task.id), by=work.person.by, why=work.why, now=work.now)
    return "reopened"


def _listing(task: Waiting) -> UUID:
    if task.listing is None:
        raise BadValue("task", str(task.id), "is about no listing", "another answer")
    return task.listing


def _day(now: datetime) -> date:
    return now.astimezone(TIMEZONE).date()


_ACTIONS: Mapping[str, Callable[[_Work], Came]] = {
    "confirm": _confirm,
    "change": _change,
    "accept": _accept,
    "ask": _ask,
    "snooze": _snooze,
    "dismiss": _dismiss,
    "same": _same,
    "different": _different,
    "done": _done,
    "undo": _undo,
}
