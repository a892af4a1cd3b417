"""What the list of today says about a task: why it stands there, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.desk.today.actions import Came
from service.desk.today.waiting import Waiting
from service.i18n import formats
from service.i18n.messages import N_, translator
from service.model.task_kinds import task_kinds
from service.web.facts import CHECKED_BY

WAYS: Mapping[str, tuple[str, str]] = {code: (words, code[0]) for code, words in CHECKED_BY.items()}
"""How somebody checked, in words, with the key that stands for it."""

NOT_FOR_US: Mapping[str, str] = {
    "other_zone": N_("It belongs to another zone"),
    "nothing_wrong": N_("Nothing is wrong with it"),
    "cannot_know": N_("We cannot find this out"),
    "no_help": N_("It is no offer of help"),
}
"""Reasons why a task is not for us, to choose from."""

_CAME: Mapping[Came, str] = {
    "confirmed": N_("Confirmed."),
    "noted": N_("Noted. The rest can still be checked."),
    "changed": N_("Changed. It is on the map in a moment."),
    "known": N_("Changed. The rest can still be checked."),
    "asked": N_("The letter is on its way. This comes back in three weeks, if nobody answers."),
    "snoozed": N_("Put off until %(day)s."),
    "dismissed": N_("Put aside. Nobody is asked this again."),
    "same": N_("They are one offer now."),
    "different": N_("They stay two offers."),
    "done": N_("Settled."),
    "reopened": N_("It waits again, as before."),
    "colleague": N_("A colleague was here before you. Nothing has changed."),
}

_AGES: Mapping[str, str] = {
    "undated": N_("age not known"),
    "due": N_("to be checked"),
    "overdue": N_("to be checked for over two months"),
    "stale": N_("too old to build on"),
}


def came_in_words(came: str, task: Waiting, lang: str) -> str:
    """What came of an action, in one or two sentences; empty for a word that there is not."""
    t = translator(lang)
    if came not in _CAME:
        return ""
    day = formats.day(task.snoozed_until, lang) if task.snoozed_until else "–"
    return t.gettext(_CAME[came], day=day)  # type: ignore[index]


def reasons_in_words(reasons: Mapping[str, Any], lang: str) -> list[str]:
    """Why a task stands where it stands, each in a few words."""
    t = translator(lang)
    told = []
    searches = int(reasons.get("searches") or 0)
    if searches:
        told.append(
            t.ngettext(
                "%(num)s search this month needed this", "%(num)s searches this month needed this", searches
            )
        )
    if words := _AGES.get(str(reasons.get("age"))):
        told.append(t.gettext(words))
    unknown = len(reasons.get("unknown") or ())
    if unknown:
        told.append(
            t.ngettext(
                "%(num)s fact that people ask about is not known",
                "%(num)s facts that people ask about are not known",
                unknown,
            )
        )
    return told


def kind_name(kind: str, lang: str) -> str:
    """The label of a kind of task."""
    labels = task_kinds()[kind].labels
    return labels.get(lang) or labels["en"]
