"""What each figure of the state of a zone is called, and what it says and what not, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from service.i18n.messages import N_, translator


class Figure(NamedTuple):
    """A figure: its name in the snapshots, how it is written, and its words."""

    name: str
    form: str
    title: str
    says: str


FIGURES: tuple[Figure, ...] = (
    Figure(
        "verified",
        "share",
        N_("Checked in the last 12 months"),
        N_(
            "Offers of which a person checked, confirmed or stated how to get in touch, where it is "
            "and when it is open, as far as that is known. It does not say that the rest is wrong."
        ),
    ),
    Figure(
        "known",
        "share",
        N_("Known of what a reader asks"),
        N_(
            "Of the questions that a reader has about an offer, how many have an answer. It does not "
            "say that the answer is right, nor that each question weighs as much."
        ),
    ),
    Figure(
        "ready",
        "share",
        N_("With a contact and a recent source"),
        N_("Offers that can be shown without a warning. It does not say that somebody checked them."),
    ),
    Figure(
        "dated",
        "share",
        N_("Answers with a date"),
        N_(
            "Answers of which we know when they were right. One without a date is not old; its age is"
            " not known."
        ),
    ),
    Figure(
        "age",
        "days",
        N_("Age of what is known"),
        N_(
            "Half of the answers with a date were last known to be right longer ago, half more "
            "lately. Old is not wrong: a street moves less often than an hour."
        ),
    ),
    Figure(
        "days",
        "days",
        N_("Time until a correction is closed"),
        N_(
            "What visitors told us was wrong and was closed in the last 12 months: half took longer, "
            "half went faster. Few corrections say little."
        ),
    ),
)
"""The figures that are laid beside those of all zones."""

COUNTS: tuple[Figure, ...] = (
    Figure("listings", "count", N_("Offers of help"), N_("Shown to everybody and located in the zone.")),
    Figure(
        "duplicates",
        "count",
        N_("Perhaps twice"),
        N_("Offers that look like another one; nobody decided yet."),
    ),
    Figure(
        "corrections",
        "count",
        N_("Corrections open"),
        N_("Told by visitors and not closed yet, put off ones too."),
    ),
    Figure(
        "closed", "count", N_("Corrections closed"), N_("In the last 12 months, with a change or a kind no.")
    ),
    Figure("paused", "count", N_("Paused now"), N_("Not shown until a day that somebody named.")),
    Figure(
        "withdrawn",
        "count",
        N_("No longer offered"),
        N_("Ended or gone from their source in the last 12 months."),
    ),
)
"""The figures that are counts, which say more about the size of a zone than about anything else."""

UNKNOWN = N_(
    "Of the things that make help fit for a person, how many cannot be judged because a fact is not "
    "known. It does not say that the help does not fit."
)
QUESTIONS = N_(
    "How often each question of a reader has an answer. Unknown is no fault of anybody: asking once "
    "helps everybody."
)
GROUPS = N_("An offer with several needs counts in each of them, and once in each theme.")
TOWNS = N_("By where the offer is located. Offers without a place are in no municipality.")
HISTORY = N_("Each count is a day. Nothing is known of the time before the first one.")
PEOPLE = N_("Counted over where people live.")
POSTAL = N_(
    "No table of where people live was given, so each postal code counts as one, from its middle, "
    "however many people live there."
)
NEAR = N_(
    "How many have no, one, or two and more offers with a contact and a recent source within ten "
    "minutes by bike, across the borders of zones; the way is a straight line with a detour. Help by "
    "telephone or online is not in it. It does not say that there is room, nor that everybody cycles."
)
SEARCHES = N_(
    "Searches of the last 12 months that found nothing fitting, and what was most in the way. Counted"
    " without words, persons or addresses; fewer than %(fewest)s are not shown. People who do not "
    "search are not in it."
)

KEYS: Mapping[str, str] = {each.name: each.title for each in (*FIGURES, *COUNTS)}


def explained(language: str) -> list[tuple[str, str]]:
    """Every figure of a whole zone with what it says and what not."""
    t = translator(language)
    return [(t.gettext(each.title), t.gettext(each.says)) for each in (*FIGURES, *COUNTS)]
