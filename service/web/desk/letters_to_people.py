"""The letters to those who work at the desk: a link to sign in, an invitation."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from sqlalchemy.engine import Connection

from service.accounts.person import Person
from service.i18n.messages import N_, translator
from service.mail.letter import Kind, Letter
from service.mail.send import post
from service.web.render import render
from service.web.site import Site

_SUBJECTS: dict[Kind, str] = {
    "sign_in": N_("Your link to the desk of Nabij"),
    "invitation": N_("You are invited to the desk of Nabij"),
}
_TEXTS: dict[Kind, str] = {
    "sign_in": N_("With this link you sign in. It works once, for twenty minutes."),
    "invitation": N_("With this link you choose how you sign in. It works once, for a week."),
}
_IGNORE = N_("You did not ask for this? Then you need not do anything.")


def sign_in_letter(site: Site, person: Person, token: str, following: str) -> Letter:
    """A link with which somebody signs in; ``following`` is where they wanted to be."""
    path = url_for("desk.arrive", lang=person.language, token=token, next=following)
    return _letter(site, person, "sign_in", path)


def invitation(site: Site, person: Person, token: str) -> Letter:
    """A link with which somebody takes up their account."""
    return _letter(site, person, "invitation", url_for("desk.welcome", lang=person.language, token=token))


def send_invitation(site: Site, connection: Connection, person: Person, token: str, now: datetime) -> Letter:
    """Write the letter with an invitation into the outbox."""
    letter = invitation(site, person, token)
    post(connection, letter, now)
    return letter


def send_link(
    site: Site, connection: Connection, person: Person, token: str, following: str, now: datetime
) -> Letter:
    """Write the letter with a link to sign in into the outbox."""
    letter = sign_in_letter(site, person, token, following)
    post(connection, letter, now)
    return letter


def _letter(site: Site, person: Person, kind: Kind, path: str) -> Letter:
    t = translator(person.language)
    link = site.settings.address + path
    said = {
        "greeting": t.gettext(N_("Hello %(name)s,"), name=person.name),
        "text": t.gettext(_TEXTS[kind]),
        "link": link,
        "ignore": t.gettext(_IGNORE),
    }
    plain = "\n\n".join((said["greeting"], said["text"], link, said["ignore"], "Nabij")) + "\n"
    html = render("desk/letter.html", person.language, said | {"subject": t.gettext(_SUBJECTS[kind])})
    return Letter(person.email, kind, t.gettext(_SUBJECTS[kind]), plain, html, person.language)
