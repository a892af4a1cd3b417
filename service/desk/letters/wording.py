"""The words of the letters to providers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.catalogue.listings import Found
from service.desk.letters.shown import in_brief, name_of
from service.i18n import formats
from service.i18n.messages import translator
from service.mail.body import Buttons, Facts, Heading, Part, Section, Text, html_of, plain_of
from service.mail.letter import Kind, Letter


@dataclass(frozen=True, slots=True)
class Asked:
    """What a letter asks: about these listings, until when, at which address of our pages."""

    listings: Sequence[Found]
    base: str
    token: str
    valid_until: date
    reminds: bool = False

    def page(self, language: str, ending: str = "") -> str:
        """An address of our pages that the link opens."""
        return f"{self.base}/{language}/confirm/{self.token}{ending}"


def write_letter(
    asked: Asked, to: str, languages: Sequence[str], today: date, reply_to: str | None = None
) -> Letter:
    """The letter, in one language or in two after one another."""
    sections = [Section(language, _parts(asked, today, language)) for language in languages]
    subject = " / ".join(_subject(asked, language) for language in languages)
    kind: Kind = "remind" if asked.reminds else "confirm"
    return Letter(
        to, kind, subject, plain_of(sections), html_of(subject, sections), languages[0], reply_to,
        asked.page(languages[0], "/stop"),
    )  # fmt: skip


def _subject(asked: Asked, language: str) -> str:
    t = translator(language)
    name = name_of(asked.listings[0], language)
    if len(asked.listings) > 1:
        name = asked.listings[0].listing.organization.name
    if asked.reminds:
        return t.gettext("One more time: is this still right? %(name)s", name=name)
    return t.gettext("Is this still right? %(name)s", name=name)


def _parts(asked: Asked, today: date, language: str) -> list[Part]:
    t = translator(language)
    parts: list[Part] = [Text(t.gettext("Hello,")), Text(_why(asked, language))]
    for number, found in enumerate(asked.listings, 1):
        parts += [
            Heading(name_of(found, language)),
            Facts(in_brief(found, today, language)),
            Buttons(
                (
                    (t.gettext("Yes, this is still right"), asked.page(language, f"/{number}")),
                    (t.gettext("Something changed"), asked.page(language, f"/{number}/change")),
                    (t.gettext("This no longer exists"), asked.page(language, f"/{number}/gone")),
                )
            ),
        ]
    if len(asked.listings) > 1:
        parts += [
            Buttons(((t.gettext("See everything on one page"), asked.page(language)),)),
        ]
    thanks, kind = t.gettext("Thank you!"), t.gettext("People find the way to you thanks to you.")
    until = formats.day(asked.valid_until, language)
    return [
        *parts,
        Text(t.gettext("You need no account. The links work until %(day)s.", day=until)),
        Text(f"{thanks} {kind}"),
        Buttons(((t.gettext("Not by mail please"), asked.page(language, "/stop")),)),
    ]


def _why(asked: Asked, language: str) -> str:
    t = translator(language)
    told = t.ngettext(
        "Nabij helps people find help close by. We show your offer as it stands below. Is it still "
        "right? One press is enough.",
        "Nabij helps people find help close by. We show your %(num)s offers as they stand below. Are "
        "they still right? One press each is enough.",
        len(asked.listings),
    )
    before = t.gettext("Three weeks ago we asked you this too.")
    return f"{before} {told}" if asked.reminds else told
