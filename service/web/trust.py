"""How old a listing is, who says so, and how sure that makes us, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.i18n import formats
from service.i18n.messages import N_, translator
from service.model.dates import PartialDate

_TITLES = {
    "ready": N_("Recent source."),
    "undated": N_("Source without a date."),
    "older": N_("Older information: call first."),
    "lead": N_("Not sure yet: call first."),
}


@dataclass(frozen=True, slots=True)
class Trust:
    """The line under every listing; ``readiness`` also chooses its sign."""

    readiness: str
    title: str
    said: str
    checked: str


def trust(
    readiness: str | None,
    said_on: PartialDate | None,
    checked_on: date | None,
    today: date,
    language: str,
    stale_on: date | None = None,
) -> Trust:
    """What a reader should know before going.

    An unknown readiness reads as a source without a date; what is stale is to be asked about before, however
    sure it once was.
    """
    t = translator(language)
    known = readiness or "undated"
    if known != "lead" and stale_on is not None and stale_on <= today:
        known = "older"
    if said_on is None:
        said = t.gettext("We do not know how old it is.")
    else:
        said = t.gettext(
            "The source is of %(date)s (%(age)s).",
            date=formats.partial_date(said_on, language),
            age=formats.age(said_on, today, language),
        )
    if checked_on is None:
        checked = t.gettext("Nobody has checked this yet.")
    else:
        checked = t.gettext("Checked %(age)s.", age=formats.age(checked_on, today, language))
    return Trust(known, t.gettext(_TITLES[known]), said, checked)
